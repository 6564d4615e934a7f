"""The forms of contacts, complaints, requests and emergencies (F-3, F-4, F-10 to F-16).

One record is printed under whichever title a site uses for it (X-15, X-28). Printed forms are Chinese.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.words import N_, in_language
from desk import cases, complaints, emergencies, followups, intake, requests, site
from desk.act import Desk
from desk.calendar import Calendar
from desk.complaints.terms import CATEGORIES, CONFIRMATIONS, GRADES, NATURES, REASONS
from desk.document import Document
from desk.operators import Posts
from desk.refusals import Invalid, StateChanged
from desk.roles import DEPARTMENTS

SLIP, REPLY, LETTER = "slip", "reply", "letter"
FORMS: dict[str, dict[str, str]] = {
    "complaints": {
        "opinion": "投诉处理意见表",
        "register": "客户投诉登记表",
        "record": "客户投诉记录表",
        "matters": "客户投诉、意见记录表",
        "acceptance": "业主意见受理表",
        SLIP: "工作联系单",
        REPLY: "客户建议/意见受理回复表",
        LETTER: "书面答复",
    },
    "requests": {"request": "客户需求、建议受理表"},
    "emergencies": {"emergency": "突发事件报告"},
    "contacts": {"contact": "客户来电来访记录表", "owner": "业主来访来电咨询投诉记录表"},
}


class At:
    """How a paper says when and who: local times, people by name and post."""

    def __init__(self, session: Session, calendar: Calendar) -> None:
        self.calendar, self.who = calendar, Posts(session, "zh")

    def __call__(self, moment: datetime | None) -> str:
        return self.calendar.local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def document(desk: Desk, system: str, number: str, form: str = "") -> Document:
    """One record as the form that was asked for, the system's first when none was named.

    Raises:
        Invalid: the system has no such form; StateChanged: what the form says was not done yet.
    """
    titles = FORMS.get(system, {})
    form = form or next(iter(titles), "")
    if form not in titles:
        raise Invalid(N_("There is no such form: use {names}."), field="form", names=", ".join(titles))
    calendar = desk.calendar()
    with desk.read() as session:
        at = At(session, calendar)
        name = site.setting(session, "site.name")
        if system == "contacts":
            return _contact(session, number, titles[form], name, at)
        case = cases.get(session, system, number)
        return _MAKERS.get(form, _record)(session, system, case, titles[form], name, at)


def _zh(words: Mapping[str, str], key: str) -> str:
    return in_language("zh", words[key]) if key in words else key


def _contact(session: Session, number: str, title: str, name: str, at: At) -> Document:
    contact = intake.get(session, number)
    fields = [
        ("时间", at(contact.at)), ("方式", _zh(intake.CHANNELS, contact.channel)), ("来电显示", contact.caller_number),
        ("客户", intake.who(session, contact)), ("类别", _zh(intake.KINDS, contact.kind)), ("首问责任人", at.who[contact.first_asked]),
        ("转交", contact.handed_to), ("转为", contact.became), ("工程签收", ""),
    ]  # fmt: skip
    texts = [("内容", contact.what), *([("答复", contact.answer)] if contact.answer else [])]
    return Document(title, name, contact.number, fields, texts)


def _head(session: Session, case: Any, at: At) -> list[tuple[str, str]]:
    """What every form of a case begins with; its number stands in the contact register too (OUT-4)."""
    return [
        ("登记号", case.contact), ("受理时间", at(case.received_at)), ("方式", _zh(intake.CHANNELS, case.channel)),
        ("客户", case.subject), ("联系电话", intake.caller_number(session, case.contact)), ("首问责任人", at.who[case.first_asked]),
    ]  # fmt: skip


def _record(session: Session, system: str, case: Any, title: str, name: str, at: At) -> Document:
    """The whole record: facts, judgement, what was said and done, signatures."""
    own = {"complaints": _complaint_fields, "requests": _request_fields, "emergencies": _emergency_fields}
    fields = _head(session, case, at) + own[system](session, case, at)
    notes = [
        (f"{_NOTE_TITLES.get(note.kind, '记录')}　{at(note.at)}　{at.who[note.operator]}", note.text)
        for note in cases.notes_of(session, case.number)
    ]
    texts = [("内容", case.what), *notes, *_visits(session, case.number, at)]
    if case.outcome:
        texts.append((f"结果　{at(case.closed_at)}", case.outcome))
    return Document(title, name, case.number, fields, texts, signatures=_signatures(system, case, at))


def _signatures(system: str, case: Any, at: At) -> list[tuple[str, str]]:
    if system != "complaints":
        return [("经办人", ""), ("客户", "")]
    agreed = f"{at.who[case.agreed_by]} {at(case.agreed_at)}" if case.agreed_at else ""
    graded = f"{at.who[case.graded_by]} {at(case.graded_at)}" if case.graded_at else ""
    return [("项目主管界定", graded), ("经理同意", agreed), ("客户意见签章", "")]


def _complaint_fields(session: Session, case: Any, at: At) -> list[tuple[str, str]]:
    judged = " ".join(
        filter(None, (_zh(NATURES, case.nature), _zh(GRADES, case.grade) if case.grade in GRADES else ""))
    )
    reason = _zh({key: one.text for key, one in REASONS.items()}, case.grade_reason)
    fields = [
        ("发生时间", case.happened), ("发生地点", case.place), ("被投诉人", case.accused), ("诉求", case.demand),
        ("类别", _zh(CATEGORIES, case.category)),
        ("性质等级", f"{judged}　{case.grade_reason} {reason}" if judged else ""),
    ]  # fmt: skip
    for slip in complaints.slips_of(session, case.number):
        department = _zh(DEPARTMENTS, slip.department)
        fields.append(("联系单", f"{slip.number} {department}　意见：{slip.opinion}（{at.who[slip.signed_by]}）"))
        fields.append(("部门签收", f"{at.who[slip.received_by]} {at(slip.received_at)}"))
        fields.append(("部门反馈", f"{slip.feedback}　{at(slip.feedback_at)}"))
    fields.append(("答复时间", at(case.answered_at or case.replied_at)))
    confirmed = f"{_zh(CONFIRMATIONS, case.confirmed_how)} {at(case.confirmed_at)}" if case.confirmed_at else ""
    return [*fields, ("客户确认", confirmed)]


def _request_fields(_session: Session, case: Any, at: At) -> list[tuple[str, str]]:
    return [
        ("类型", _zh(requests.SORTS, case.sort)), ("约定时间", at(case.promised_at)),
        ("转交", f"{_zh(DEPARTMENTS, case.department)} {at(case.referred_at)}".strip()),
        ("答复时间", at(case.replied_at)), ("决定", _zh(requests.DECISIONS, case.decision)), ("表彰", case.commended),
    ]  # fmt: skip


def _emergency_fields(session: Session, case: Any, at: At) -> list[tuple[str, str]]:
    told = [
        (
            f"通知 {one.place}",
            f"{one.whom}　{_zh(emergencies.OUTCOMES, one.outcome)}　{at(one.told_at)} {at.who[one.told_by]}",
        )
        for one in emergencies.notices_of(session, case.number)
    ]
    kind = _zh(emergencies.KINDS, case.kind)
    return [
        ("事件", f"{kind}　{case.place}"),
        ("领导确认", f"{at.who[case.acknowledged_by]} {at(case.acknowledged_at)}"),
        *told,
    ]


def _visits(session: Session, number: str, at: At) -> list[tuple[str, str]]:
    said = []
    for one in followups.visits_of(session, number):
        head = f"回访　{at(one.at)}　{at.who[one.visitor]}　{_zh(followups.WAYS, one.how)}"
        answers = "　".join(
            f"{_zh(followups.QUESTIONS, name)}：{getattr(one, name)}"
            for name in followups.QUESTIONS
            if getattr(one, name)
        )
        said.append(
            (head, f"{'满意' if one.satisfied == 'yes' else '不满意'}　{answers}" if one.reached else "未联系上")
        )
    return said


def _slip(session: Session, _system: str, case: Any, title: str, name: str, at: At) -> Document:
    """The newest work-contact slip, for the department to collect (CMP-12, CMP-49, CMP-50)."""
    slips = complaints.slips_of(session, case.number)
    if not slips:
        raise StateChanged(N_("There is no slip yet: pass the complaint on first."), clause="CMP-12")
    slip = slips[-1]
    fields = [("致", _zh(DEPARTMENTS, slip.department)), ("投诉编号", case.number), ("客户", case.subject),
              ("开具时间", at(slip.at)), ("开具人", at.who[slip.written_by])]  # fmt: skip
    texts = [
        ("投诉内容", case.what),
        ("要求", slip.matter),
        ("主管意见", slip.opinion),
        ("部门处理结果", slip.feedback),
    ]
    signed = [
        ("主管签字", f"{at.who[slip.signed_by]} {at(slip.signed_at)}"), ("部门签收", f"{at.who[slip.received_by]} {at(slip.received_at)}"),
        ("部门负责人", f"{at.who[slip.feedback_by]} {at(slip.feedback_at)}"),
    ]  # fmt: skip
    return Document(title, name, slip.number, fields, texts, signatures=signed)


def _reply(session: Session, _system: str, case: Any, title: str, name: str, at: At) -> Document:
    """The reply form: agreed first, then the reply with its time (CMP-56, X-21)."""
    if case.answered_at is None:
        raise StateChanged(N_("The customer has not heard the result yet: answer first."), clause="CMP-56")
    agreed = f"{at.who[case.agreed_by]} {at(case.agreed_at)}" if case.agreed_at else "当场答复"
    fields = [*_head(session, case, at), ("经理同意", agreed), ("答复时间", at(case.answered_at))]
    return Document(title, name, case.number, fields, [("意见内容", case.what), ("处理结果", case.reply)],
                    signatures=[("经理", at.who[case.agreed_by]), ("客户签收", "")])  # fmt: skip


def _letter(session: Session, _system: str, case: Any, title: str, name: str, at: At) -> Document:
    """The formal written answer, signed by the head of customer service in person (CMP-7, CMP-59)."""
    letters = [note for note in cases.notes_of(session, case.number) if note.kind == "written_reply"]
    if not letters:
        raise StateChanged(N_("The formal written answer was not written yet."), clause="CMP-7")
    letter = letters[-1]
    fields = [("致", case.subject), ("关于", f"{case.number}（{at(case.received_at)} 来函）")]
    signed = [("客服部负责人", at.who[letter.operator]), ("日期", at(letter.at)[:10]), ("盖章", "")]
    return Document(title, name, case.number, fields, [("", letter.text)], signatures=signed)


_MAKERS: dict[str, Callable[[Session, str, Any, str, str, At], Document]] = {
    SLIP: _slip, REPLY: _reply, LETTER: _letter,
}  # fmt: skip
_NOTE_TITLES = {
    "reply": "答复", "promise": "约定下次答复", "investigate": "调查核实", "written_reply": "书面答复", "grade": "界定说明",
    "declare": "公司认定", "report": "上报／续报", "agree": "同意意见", "send_back": "退回", "overrun": "超时",
    "settle": "处理情况", "confirm": "客户意见", "prevent": "预防措施", "plan": "整改计划", "decline": "不采纳理由",
    "notice": "张榜", "tell": "通知", "chase": "催办", "refer": "转交说明", "recall": "撤回联系单",
}  # fmt: skip
