"""The forms of a complaint (F-10 to F-15): five titles are five forms, each with the fields its source names.

What was agreed, answered and confirmed stands on them by round: opened again, the earlier round stays readable.
"""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from data.words import N_
from desk import cases, complaints
from desk.complaints.rounds import Round, rounds_of
from desk.complaints.terms import CATEGORIES, CONFIRMATIONS, GRADES, NATURES, REASONS
from desk.document import Document
from desk.paper_parts import NOTE_TITLES, At, head, visits, zh
from desk.refusals import StateChanged
from desk.roles import DEPARTMENTS

Pairs = list[tuple[str, str]]
TITLES = {
    "opinion": "投诉处理意见表",
    "register": "客户投诉登记表",
    "record": "客户投诉记录表",
    "matters": "客户投诉、意见记录表",
    "acceptance": "业主意见受理表",
    "slip": "工作联系单",
    "reply": "客户建议/意见受理回复表",
    "letter": "书面答复",
}
# What is said of the way to the result, and what the result was.
PROCESS = ("promise", "investigate", "grade", "declare", "report", "send_back", "overrun", "chase", "refer", "recall")


def _opinion(session: Session, case: Any, title: str, name: str, at: At) -> Document:
    """F-10: valid or not, grade, department, process, result (CMP-3, CMP-27, CMP-28)."""
    fields = [*head(session, case, at), *_facts(case), *_judgement(case), ("涉及部门", _departments(session, case))]
    fields += _rounds(session, case, at, "agreed", "answered", "confirmed")
    texts = [("投诉内容", case.what), *_notes(session, case, at, *PROCESS, "prevent"), *_results(session, case, at)]
    graded = f"{at.who[case.graded_by]} {at(case.graded_at)}" if case.graded_at else ""
    signed = [("项目主管界定", graded), ("经理", ""), ("客户意见", "")]
    return Document(title, name, case.number, fields, [*texts, *visits(session, case.number, at)], signatures=signed)


def _register(session: Session, case: Any, title: str, name: str, at: At) -> Document:
    """F-11: customer's name, time of the complaint, department concerned, summary, result (CMP-11)."""
    fields = [
        ("登记号", case.contact), ("客户姓名", case.subject), ("投诉时间", at(case.received_at)), ("涉及部门", _departments(session, case)),
    ]  # fmt: skip
    fields += _rounds(session, case, at, "answered")
    texts = [("内容摘要", case.what), *_results(session, case, at)]
    return Document(title, name, case.number, fields, texts, signatures=[("登记人", at.who[case.first_asked])])


def _record(session: Session, case: Any, title: str, name: str, at: At) -> Document:
    """F-13: matter, process, result, the customer's confirmation (CMP-23, CMP-57)."""
    fields = [*head(session, case, at), *_judgement(case), *_rounds(session, case, at, "answered", "confirmed")]
    texts = [("事项", case.what), *_notes(session, case, at, *PROCESS), *_results(session, case, at)]
    texts += visits(session, case.number, at)
    return Document(title, name, case.number, fields, texts, signatures=[("记录人", ""), ("客户确认", "")])


def _matters(session: Session, case: Any, title: str, name: str, at: At) -> Document:
    """F-14: matter, supervisor's opinion and signature, department's receipt, result, time of the reply (CMP-48 to 51)."""
    fields = [*head(session, case, at), *_judgement(case)]
    for slip in complaints.slips_of(session, case.number):
        fields += [
            ("主管意见", f"{slip.opinion}　{at.who[slip.signed_by]} {at(slip.signed_at)}".strip()),
            (
                "部门签收",
                f"{zh(DEPARTMENTS, slip.department)}　{at.who[slip.received_by]} {at(slip.received_at)}".strip(),
            ),
            ("部门反馈", f"{slip.feedback}　{at(slip.feedback_at)}".strip()),
        ]
    fields += _rounds(session, case, at, "agreed", "answered", "confirmed")
    texts = [("投诉、意见内容", case.what), *_results(session, case, at), *visits(session, case.number, at)]
    return Document(
        title,
        name,
        case.number,
        fields,
        texts,
        signatures=[("首问责任人", at.who[case.first_asked]), ("客户意见（盖章）", "")],
    )


def _acceptance(session: Session, case: Any, title: str, name: str, at: At) -> Document:
    """The owner's form: matter, process, result, and their opinion, stamped and collected (CMP-24)."""
    fields = [
        *head(session, case, at),
        ("诉求", case.demand),
        *_judgement(case),
        *_rounds(session, case, at, "answered", "confirmed"),
    ]
    texts = [("事项", case.what), *_notes(session, case, at, *PROCESS), *_results(session, case, at)]
    texts += visits(session, case.number, at)
    return Document(
        title,
        name,
        case.number,
        fields,
        texts,
        signatures=[("受理人", at.who[case.first_asked]), ("业主意见（盖章）", "")],
    )


def _facts(case: Any) -> Pairs:
    return [("发生时间", case.happened), ("发生地点", case.place), ("被投诉人", case.accused), ("诉求", case.demand),
            ("类别", zh(CATEGORIES, case.category))]  # fmt: skip


def _judgement(case: Any) -> Pairs:
    grade = zh(GRADES, case.grade) if case.grade in GRADES else ""
    judged = " ".join(filter(None, (zh(NATURES, case.nature), grade)))
    reason = zh({key: one.text for key, one in REASONS.items()}, case.grade_reason)
    return [("性质等级", f"{judged}　{case.grade_reason} {reason}".strip() if judged else "")]


def _departments(session: Session, case: Any) -> str:
    named = [slip.department for slip in complaints.slips_of(session, case.number)] or [case.department]
    return " ".join(zh(DEPARTMENTS, one) for one in dict.fromkeys(named) if one)


def _rounds(session: Session, case: Any, at: At, *wanted: str) -> Pairs:
    """Agreement, reply time and confirmation of every round in which there was one, and of the last."""
    found = rounds_of(session, case.number)
    shown = [one for one in found if one.said_something or one is found[-1]]
    pairs: Pairs = []
    for place, one in enumerate(shown, 1):
        which = f"（第{place}次）" if len(shown) > 1 else ""
        said = {
            "agreed": ("经理同意", f"{at.who[one.agreed_by]} {at(one.agreed_at)}" if one.agreed_at else ""),
            "answered": ("答复时间", at(one.answered_at)),
            "confirmed": ("客户确认", _confirmed(one, at)),
        }
        pairs += [(said[name][0] + which, said[name][1]) for name in wanted]
    return pairs


def _confirmed(one: Round, at: At) -> str:
    return f"{zh(CONFIRMATIONS, one.confirmed_how)} {at(one.confirmed_at)}" if one.confirmed_at else ""


def _notes(session: Session, case: Any, at: At, *kinds: str) -> Pairs:
    return [
        (f"{NOTE_TITLES.get(note.kind, '记录')}　{at(note.at)}　{at.who[note.operator]}", note.text)
        for note in cases.notes_of(session, case.number)
        if note.kind in kinds
    ]


def _results(session: Session, case: Any, at: At) -> Pairs:
    """What came of it: solved how, told what, confirmed in which words, closed with what."""
    told = _notes(session, case, at, "settle", "reply", "confirm")
    return [*told, *([(f"处理结果　{at(case.closed_at)}", case.outcome)] if case.outcome else [])]


def _slip(session: Session, case: Any, title: str, name: str, at: At) -> Document:
    """The newest work-contact slip, for the department to collect (CMP-12, CMP-49, CMP-50)."""
    slips = complaints.slips_of(session, case.number)
    if not slips:
        raise StateChanged(N_("There is no slip yet: pass the complaint on first."), clause="CMP-12")
    slip = slips[-1]
    fields = [("致", zh(DEPARTMENTS, slip.department)), ("投诉编号", case.number), ("客户", case.subject),
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


def _reply(session: Session, case: Any, title: str, name: str, at: At) -> Document:
    """The reply form of the last round that was answered: agreed first, then the reply with its time (CMP-56, X-21)."""
    answered = [one for one in rounds_of(session, case.number) if one.answered_at is not None]
    if not answered:
        raise StateChanged(N_("The customer has not heard the result yet: answer first."), clause="CMP-56")
    last = answered[-1]
    agreed = f"{at.who[last.agreed_by]} {at(last.agreed_at)}" if last.agreed_at else "当场答复"
    told = [
        note.text
        for note in cases.notes_of(session, case.number)
        if note.kind == "reply" and note.at == last.answered_at
    ]
    fields = [
        *head(session, case, at),
        ("经理同意", agreed),
        ("答复时间", at(last.answered_at)),
        ("客户确认", _confirmed(last, at)),
    ]
    return Document(title, name, case.number, fields, [("意见内容", case.what), ("处理结果", told[-1] if told else case.reply)],
                    signatures=[("经理", at.who[last.agreed_by]), ("客户签收", "")])  # fmt: skip


def _letter(session: Session, case: Any, title: str, name: str, at: At) -> Document:
    """The formal written answer, signed by the head of customer service in person (CMP-7, CMP-59)."""
    letters = [note for note in cases.notes_of(session, case.number) if note.kind == "written_reply"]
    if not letters:
        raise StateChanged(N_("The formal written answer was not written yet."), clause="CMP-7")
    letter = letters[-1]
    fields = [("致", case.subject), ("关于", f"{case.number}（{at(case.received_at)} 来函）")]
    signed = [("客服部负责人", at.who[letter.operator]), ("日期", at(letter.at)[:10]), ("盖章", "")]
    return Document(title, name, case.number, fields, [("", letter.text)], signatures=signed)


MAKERS: dict[str, Callable[[Session, Any, str, str, At], Document]] = {
    "opinion": _opinion, "register": _register, "record": _record, "matters": _matters, "acceptance": _acceptance,
    "slip": _slip, "reply": _reply, "letter": _letter,
}  # fmt: skip
