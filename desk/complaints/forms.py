"""The forms of a complaint (F-10 to F-15): five titles are five forms, each with the fields its source names.

What was agreed, answered and confirmed stands on them by round: opened again, the earlier round stays readable.
"""

from data.cases import Complaint
from data.words import N_
from desk import cases
from desk.cases.forms import head, notes, visits
from desk.complaints.life import slips_of
from desk.complaints.rounds import Round, rounds_of
from desk.complaints.terms import CATEGORIES, CONFIRMATIONS, GRADES, NATURES, REASONS
from desk.ground.refusals import StateChanged
from desk.ground.roles import DEPARTMENTS
from desk.paper.document import Document
from desk.paper.parts import Form, Pairs, Sheet, zh

# What is said of the way to the result.
PROCESS = ("promise", "investigate", "grade", "declare", "report", "send_back", "overrun", "chase", "refer", "recall")


def _opinion(sheet: Sheet, case: Complaint) -> Document:
    """F-10: valid or not, grade, department, process, result (CMP-3, CMP-27, CMP-28)."""
    fields = [*head(sheet, case), *_facts(case), *_judgement(case), ("涉及部门", _departments(sheet, case))]
    fields += _rounds(sheet, case, "agreed", "answered", "confirmed")
    texts = [("投诉内容", case.what), *notes(sheet, case, *PROCESS, "prevent"), *_results(sheet, case)]
    signed = [("项目主管界定", sheet.at.by(case.graded_by, case.graded_at)), ("经理", ""), ("客户意见", "")]
    return sheet.filled(case.number, fields, [*texts, *visits(sheet, case)], signed)


def _register(sheet: Sheet, case: Complaint) -> Document:
    """F-11: customer's name, time of the complaint, department concerned, summary, result (CMP-11)."""
    fields = [
        ("登记号", case.contact),
        ("客户姓名", case.subject),
        ("投诉时间", sheet.at(case.received_at)),
        ("涉及部门", _departments(sheet, case)),
        *_rounds(sheet, case, "answered"),
    ]
    texts = [("内容摘要", case.what), *_results(sheet, case)]
    return sheet.filled(case.number, fields, texts, [("登记人", sheet.at.who[case.first_asked])])


def _record(sheet: Sheet, case: Complaint) -> Document:
    """F-13: matter, process, result, the customer's confirmation (CMP-23, CMP-57)."""
    fields = [*head(sheet, case), *_judgement(case), *_rounds(sheet, case, "answered", "confirmed")]
    return sheet.filled(case.number, fields, _story(sheet, case), [("记录人", ""), ("客户确认", "")])


def _matters(sheet: Sheet, case: Complaint) -> Document:
    """F-14: matter, opinion and signature, department's receipt, result, time of the reply (CMP-48 to CMP-51)."""
    fields = [*head(sheet, case), *_judgement(case)]
    for slip in slips_of(sheet.session, case.number):
        received = sheet.at.by(slip.received_by, slip.received_at)
        fields += [
            ("主管意见", f"{slip.opinion}　{sheet.at.by(slip.signed_by, slip.signed_at)}".strip()),
            ("部门签收", f"{zh(DEPARTMENTS, slip.department)}　{received}".strip()),
            ("部门反馈", f"{slip.feedback}　{sheet.at(slip.feedback_at)}".strip()),
        ]
    fields += _rounds(sheet, case, "agreed", "answered", "confirmed")
    texts = [("投诉、意见内容", case.what), *_results(sheet, case), *visits(sheet, case)]
    signed = [("首问责任人", sheet.at.who[case.first_asked]), ("客户意见（盖章）", "")]
    return sheet.filled(case.number, fields, texts, signed)


def _acceptance(sheet: Sheet, case: Complaint) -> Document:
    """The owner's form: matter, process, result, and their opinion, stamped and collected (CMP-24)."""
    fields = [*head(sheet, case), ("诉求", case.demand), *_judgement(case)]
    fields += _rounds(sheet, case, "answered", "confirmed")
    signed = [("受理人", sheet.at.who[case.first_asked]), ("业主意见（盖章）", "")]
    return sheet.filled(case.number, fields, _story(sheet, case), signed)


def _slip(sheet: Sheet, case: Complaint) -> Document:
    """The newest work-contact slip, for the department to collect (CMP-12, CMP-49, CMP-50)."""
    slips = slips_of(sheet.session, case.number)
    if not slips:
        raise StateChanged(N_("There is no slip yet: pass the complaint on first."), clause="CMP-12")
    slip = slips[-1]
    fields = [
        ("致", zh(DEPARTMENTS, slip.department)),
        ("投诉编号", case.number),
        ("客户", case.subject),
        ("开具时间", sheet.at(slip.at)),
        ("开具人", sheet.at.who[slip.written_by]),
    ]
    texts = [
        ("投诉内容", case.what),
        ("要求", slip.matter),
        ("主管意见", slip.opinion),
        ("部门处理结果", slip.feedback),
    ]
    signed = [
        ("主管签字", sheet.at.by(slip.signed_by, slip.signed_at)),
        ("部门签收", sheet.at.by(slip.received_by, slip.received_at)),
        ("部门负责人", sheet.at.by(slip.feedback_by, slip.feedback_at)),
    ]
    return sheet.filled(slip.number, fields, texts, signed)


def _reply(sheet: Sheet, case: Complaint) -> Document:
    """The reply form of the last round that was answered: agreed first, then the reply with its time (CMP-56, X-21)."""
    answered = [one for one in rounds_of(sheet.session, case.number) if one.answered_at is not None]
    if not answered:
        raise StateChanged(N_("The customer has not heard the result yet: answer first."), clause="CMP-56")
    last = answered[-1]
    said = [note for note in cases.notes_of(sheet.session, case.number) if note.kind == "reply"]
    told = [note.text for note in said if note.at == last.answered_at]
    fields = [
        *head(sheet, case),
        ("经理同意", sheet.at.by(last.agreed_by, last.agreed_at) if last.agreed_at else "当场答复"),
        ("答复时间", sheet.at(last.answered_at)),
        ("客户确认", _confirmed(sheet, last)),
    ]
    texts = [("意见内容", case.what), ("处理结果", told[-1] if told else case.reply)]
    return sheet.filled(case.number, fields, texts, [("经理", sheet.at.who[last.agreed_by]), ("客户签收", "")])


def _letter(sheet: Sheet, case: Complaint) -> Document:
    """The formal written answer, signed by the head of customer service in person (CMP-7, CMP-59)."""
    letters = [note for note in cases.notes_of(sheet.session, case.number) if note.kind == "written_reply"]
    if not letters:
        raise StateChanged(N_("The formal written answer was not written yet."), clause="CMP-7")
    letter = letters[-1]
    fields = [("致", case.subject), ("关于", f"{case.number}（{sheet.at(case.received_at)} 来函）")]
    signed = [("客服部负责人", sheet.at.who[letter.operator]), ("日期", sheet.at(letter.at)[:10]), ("盖章", "")]
    return sheet.filled(case.number, fields, [("", letter.text)], signed)


def _story(sheet: Sheet, case: Complaint) -> Pairs:
    """Matter, process, result and return visits."""
    return [("事项", case.what), *notes(sheet, case, *PROCESS), *_results(sheet, case), *visits(sheet, case)]


def _facts(case: Complaint) -> Pairs:
    return [
        ("发生时间", case.happened),
        ("发生地点", case.place),
        ("被投诉人", case.accused),
        ("诉求", case.demand),
        ("类别", zh(CATEGORIES, case.category)),
    ]


def _judgement(case: Complaint) -> Pairs:
    grade = zh(GRADES, case.grade) if case.grade in GRADES else ""
    judged = " ".join(filter(None, (zh(NATURES, case.nature), grade)))
    reason = zh({key: one.text for key, one in REASONS.items()}, case.grade_reason)
    return [("性质等级", f"{judged}　{case.grade_reason} {reason}".strip() if judged else "")]


def _departments(sheet: Sheet, case: Complaint) -> str:
    named = [slip.department for slip in slips_of(sheet.session, case.number)] or [case.department]
    return " ".join(zh(DEPARTMENTS, one) for one in dict.fromkeys(named) if one)


def _rounds(sheet: Sheet, case: Complaint, *wanted: str) -> Pairs:
    """Agreement, reply time and confirmation of every round in which there was one, and of the last."""
    found = rounds_of(sheet.session, case.number)
    shown = [one for one in found if one.said_something or one is found[-1]]
    pairs: Pairs = []
    for place, one in enumerate(shown, 1):
        which = f"（第{place}次）" if len(shown) > 1 else ""
        said = {
            "agreed": ("经理同意", sheet.at.by(one.agreed_by, one.agreed_at) if one.agreed_at else ""),
            "answered": ("答复时间", sheet.at(one.answered_at)),
            "confirmed": ("客户确认", _confirmed(sheet, one)),
        }
        pairs += [(said[name][0] + which, said[name][1]) for name in wanted]
    return pairs


def _confirmed(sheet: Sheet, one: Round) -> str:
    return f"{zh(CONFIRMATIONS, one.confirmed_how)} {sheet.at(one.confirmed_at)}" if one.confirmed_at else ""


def _results(sheet: Sheet, case: Complaint) -> Pairs:
    """What came of it: solved how, told what, confirmed in which words, closed with what."""
    told = notes(sheet, case, "settle", "reply", "confirm")
    return [*told, *([(f"处理结果　{sheet.at(case.closed_at)}", case.outcome)] if case.outcome else [])]


FORMS = {
    "opinion": Form("投诉处理意见表", _opinion),
    "register": Form("客户投诉登记表", _register),
    "record": Form("客户投诉记录表", _record),
    "matters": Form("客户投诉、意见记录表", _matters),
    "acceptance": Form("业主意见受理表", _acceptance),
    "slip": Form("工作联系单", _slip),
    "reply": Form("客户建议/意见受理回复表", _reply),
    "letter": Form("书面答复", _letter),
}
