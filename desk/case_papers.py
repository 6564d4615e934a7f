"""The forms of contacts, complaints, requests and emergencies (F-3, F-4, F-10 to F-16).

One record is printed under whichever title a site uses for it (X-15, X-28). Printed forms are Chinese.
"""

from typing import Any

from sqlmodel import Session

from data.words import N_
from desk import cases, complaint_papers, emergencies, intake, requests, site
from desk.act import Desk
from desk.document import Document
from desk.paper_parts import NOTE_TITLES, At, head, visits, zh
from desk.refusals import Invalid
from desk.roles import DEPARTMENTS

FORMS: dict[str, dict[str, str]] = {
    "complaints": complaint_papers.TITLES,
    "requests": {"request": "客户需求、建议受理表"},
    "emergencies": {"emergency": "突发事件报告"},
    "contacts": {"contact": "客户来电来访记录表", "owner": "业主来访来电咨询投诉记录表"},
}


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
        if system == "complaints":
            return complaint_papers.MAKERS[form](session, case, titles[form], name, at)
        return _record(session, system, case, titles[form], name, at)


def _contact(session: Session, number: str, title: str, name: str, at: At) -> Document:
    contact = intake.get(session, number)
    fields = [
        ("时间", at(contact.at)), ("方式", zh(intake.CHANNELS, contact.channel)), ("来电显示", contact.caller_number),
        ("客户", intake.who(session, contact)), ("类别", zh(intake.KINDS, contact.kind)), ("首问责任人", at.who[contact.first_asked]),
        ("转交", contact.handed_to), ("转为", contact.became), ("工程签收", ""),
    ]  # fmt: skip
    texts = [("内容", contact.what), *([("答复", contact.answer)] if contact.answer else [])]
    return Document(title, name, contact.number, fields, texts)


def _record(session: Session, system: str, case: Any, title: str, name: str, at: At) -> Document:
    """The whole record: facts, judgement, what was said and done, signatures."""
    own = {"requests": _request_fields, "emergencies": _emergency_fields}
    fields = head(session, case, at) + own[system](session, case, at)
    notes = [
        (f"{NOTE_TITLES.get(note.kind, '记录')}　{at(note.at)}　{at.who[note.operator]}", note.text)
        for note in cases.notes_of(session, case.number)
    ]
    texts = [("内容", case.what), *notes, *visits(session, case.number, at)]
    if case.outcome:
        texts.append((f"结果　{at(case.closed_at)}", case.outcome))
    return Document(title, name, case.number, fields, texts, signatures=[("经办人", ""), ("客户", "")])


def _request_fields(_session: Session, case: Any, at: At) -> list[tuple[str, str]]:
    return [
        ("类型", zh(requests.SORTS, case.sort)), ("约定时间", at(case.promised_at)),
        ("转交", f"{zh(DEPARTMENTS, case.department)} {at(case.referred_at)}".strip()),
        ("答复时间", at(case.replied_at)), ("决定", zh(requests.DECISIONS, case.decision)), ("表彰", case.commended),
    ]  # fmt: skip


def _emergency_fields(session: Session, case: Any, at: At) -> list[tuple[str, str]]:
    told = [
        (
            f"通知 {one.place}",
            f"{one.whom}　{zh(emergencies.OUTCOMES, one.outcome)}　{at(one.told_at)} {at.who[one.told_by]}",
        )
        for one in emergencies.notices_of(session, case.number)
    ]
    kind = zh(emergencies.KINDS, case.kind)
    return [
        ("事件", f"{kind}　{case.place}"),
        ("领导确认", f"{at.who[case.acknowledged_by]} {at(case.acknowledged_at)}"),
        *told,
    ]
