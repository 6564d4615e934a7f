"""The steps of a complaint's life, in the order in which they mostly come."""

from collections.abc import Mapping

from data.cases import Complaint
from data.words import N_
from desk import cases
from desk.calendar import moments
from desk.cases import steps
from desk.complaints import answering, dispatch, ending, incidents, judging, life, terms
from desk.complaints.terms import CATEGORIES, CONFIRMATIONS, GRADES, NATURES
from desk.ground.fields import Field, among, yes_no
from desk.ground.roles import role_name
from desk.steps import Step
from desk.view import View

REASON = Field("reason", N_("Reason"), longest=500)


def _next_answer(view: View, case: Complaint) -> dict[str, str]:
    """A holding answer or the result, whichever is the next."""
    result = answering.why_not_answer(view, case) is None and case.agreed_at is not None
    return {"default": "result" if result else "holding"}


def _is_valid(values: Mapping[str, str]) -> bool:
    return values["nature"] == "valid"


def _because(grade: str) -> Field:
    """The clauses that may give a grade at this site."""

    def find(view: View, _case: Complaint) -> dict[str, object]:
        chosen = {rule: view.standards.chosen(rule, view.choices).name for rule in judging.RULES}
        return {"options": among(judging.reasons(chosen, grade), terms.reason_name)}

    return Field(
        f"reason_{grade}",
        N_("Because"),
        "choice",
        finds=find,
        asked=lambda values: _is_valid(values) and values["grade"] == grade,
    )


def _judged(values: Mapping[str, str]) -> dict[str, str]:
    """The one reason that belongs to the grade that was chosen."""
    asked = {name: text for name, text in values.items() if not name.startswith("reason_")}
    return {"reason": values.get(f"reason_{asked.get('grade', '')}", ""), **asked}


def _pending(view: View, case: Complaint) -> dict[str, object]:
    """The departments with a slip that waits."""
    waiting = [slip.department for slip in life.slips(view, case) if life.is_pending([slip])]
    return {"options": among(waiting, cases.department_name), "default": (waiting or [""])[0]}


def _collecting(view: View, case: Complaint) -> dict[str, str]:
    """The department whose slip is collected next."""
    waiting = [slip.department for slip in life.slips(view, case) if slip.state == "signed"]
    return {"department": cases.department_name(waiting[0]) if waiting else ""}


def _detail(name: str, label: str) -> Field:
    """What the caller knows, as it is written down already."""
    return Field(name, label, longest=200, finds=lambda _view, case: {"default": getattr(case, name)})


def _alike(view: View, case: Complaint) -> list[Complaint]:
    return incidents.similar(view.session, case, view.now)


def _named(values: Mapping[str, object]) -> dict[str, object]:
    """The numbers that were typed, one by one."""
    others = values.get("others", "")
    return {**values, "others": others.split() if isinstance(others, str) else others}


def _alike_lines(view: View, case: Complaint) -> list[str]:
    alike = [f"{one.number} {one.subject} {one.what}" for one in _alike(view, case)[:20]]
    return [N_("Alike, of the last seven days"), *alike] if alike else []


def _wanted_until(view: View, case: Complaint) -> dict[str, str]:
    return {"time": moments.shown(case.overrun_until, view.calendar)}


STEPS = (
    Step(
        answering.respond, "complaints.reply", answering.why_not_respond, "e", N_("Reply"),
        N_("A holding answer, or the result once it is agreed"), title=N_("Reply to {number}"), asks=(
            Field("kind", N_("Answer"), "choice", among(answering.ANSWERS, answering.answer_name), finds=_next_answer),
            Field("text", N_("In words"), "long"),
        ),
    ),
    Step(
        answering.reply, "complaints.reply", answering.why_not_reply, tip=N_("Answer the customer; stamps the time"),
        asks=(steps.ANSWER,), command="reply", words=("text",),
    ),
    Step(
        answering.answer, "complaints.answer", answering.why_not_answer,
        tip=N_("Tell the customer the result; stamps the time"), asks=(steps.ANSWER,), command="answer",
        words=("text",),
    ),
    steps.refer(dispatch.refer, "complaints.refer"),
    Step(
        judging.grade, "complaints.grade", cases.why_not_open, "n", N_("Judge"),
        N_("Nature and grade, by the project supervisor"), title=N_("Judge {number}"), asks=(
            Field("nature", N_("Nature"), "choice", among(NATURES, terms.nature_name)),
            Field("grade", N_("Grade"), "choice", among(GRADES, terms.grade_name), asked=_is_valid),
            *map(_because, GRADES),
            Field("staff", N_("About staff"), "choice", yes_no, default="no", asked=_is_valid),
            Field("text", N_("Remark"), longest=500, hint=N_("why, when it is invalid")),
        ), reads=_judged,
        signer=N_("of the project supervisor"), command="grade",
    ),
    Step(
        dispatch.sign, "complaints.sign", dispatch.why_not_sign, "o", N_("Opinion"),
        N_("The supervisor signs the handling opinion"), title=N_("Handling opinion on {number}"),
        asks=(Field("opinion", N_("Opinion"), "long"),), signer=N_("of the supervisor"), command="sign",
        words=("opinion",),
    ),
    Step(
        dispatch.receive, "complaints.receive", dispatch.why_not_receive, "r", N_("Receipt"),
        N_("The department signs that it has the slip"), title=N_("{department} has collected the slip of {number}"),
        fills=_collecting, signer=N_("of the department"), own=dispatch.receives, command="receive",
    ),
    Step(
        dispatch.feedback, "complaints.feedback", dispatch.why_not_feedback, "b", N_("Feedback"),
        N_("What the department reports back"), title=N_("Feedback on {number}"),
        asks=(Field("text", N_("Feedback"), "long"),), command="feedback", words=("text",),
    ),
    Step(
        dispatch.agree, "complaints.agree", dispatch.why_not_agree, "a", N_("Agree"),
        N_("The manager agrees to the result, or sends it back"), title=N_("Result of {number}"),
        asks=(
            Field("agreed", N_("Agreed"), "choice", yes_no, default="yes"),
            Field("text", N_("Remark"), hint=N_("what is missing, when not"), longest=500),
        ),
        signer=N_("of the manager"), command="agree",
    ),
    Step(
        judging.report, "complaints.report", judging.why_not_report, "u", N_("Report up"),
        N_("Which superior was told of it"), title=N_("Report {number} upwards"),
        asks=(
            Field("to", N_("Told"), "choice", among(judging.SUPERIORS, role_name)),
            Field("text", N_("Superior says"), longest=500),
        ),
        command="report",
    ),
    Step(
        answering.written_reply, "complaints.written_reply", answering.why_not_written_reply, "w", N_("Written answer"),
        N_("The formal answer to a letter or fax"), title=N_("Written answer to {number}"), asks=(steps.ANSWER,),
        signer=N_("of the supervisor"), command="write", words=("text",),
    ),
    Step(
        ending.confirm, "complaints.confirm", ending.why_not_confirm, "y", N_("Confirmed"),
        N_("How the customer confirmed, and in which words"), title=N_("The customer confirms {number}"),
        asks=(
            Field("how", N_("How"), "choice", among(CONFIRMATIONS, terms.confirmation_name)),
            Field("text", N_("Customer says"), longest=500),
        ),
        command="confirm",
    ),
    Step(
        ending.archive, "complaints.archive", ending.why_not_archive, "z", N_("File away"),
        N_("Put the file in order and away"), title=N_("File {number} away"), said=N_("{number} is filed."),
        command="archive",
    ),
    steps.promise(answering.promise, "complaints.promise"),
    Step(
        ending.settle, "complaints.settle", ending.why_not_settle, "s", N_("Solved"),
        N_("Say what was done and that it is solved"), title=N_("{number} is solved"),
        asks=(Field("text", N_("What was done"), "long"),), command="settle", words=("text",),
    ),
    Step(
        dispatch.ask_overrun, "complaints.ask_overrun", dispatch.why_not_ask_overrun, "x", N_("Overrun"),
        N_("Ask for more than a day, or decide about it"), title=N_("Ask for an overrun of {number}"),
        asks=(Field("until", N_("New end"), hint="11-26 15:30, +2h", longest=30), REASON), times=("until",),
        command="overrun",
    ),
    Step(
        dispatch.decide_overrun, "complaints.decide_overrun", dispatch.why_not_decide_overrun, "x", N_("Overrun"),
        N_("Ask for more than a day, or decide about it"), title=N_("Overrun of {number} until {time}"),
        fills=_wanted_until,
        asks=(Field("approved", N_("Approved"), "choice", yes_no), Field("text", N_("Reason"), longest=500)),
        signer=N_("of the company manager"), command="approve",
    ),
    steps.close(ending.close, "complaints.close", ending.why_not_close),
    Step(
        answering.investigate, "complaints.investigate", cases.why_not_open, "i", N_("Findings"),
        N_("What was found out, the same day"), title=N_("Findings on {number}"),
        asks=(Field("findings", N_("Findings"), "long"),), command="investigate", words=("findings",), foot=False,
    ),
    Step(
        incidents.describe, "complaints.describe", cases.why_not_open, "d", N_("Details"),
        N_("Class, place, time, whom it is about"), title=N_("Details of {number}"), asks=(
            Field(
                "category", N_("Class"), "choice", among(CATEGORIES, terms.category_name),
                finds=lambda _view, case: {"default": case.category},
            ),
            _detail("happened", N_("When")), _detail("place", N_("Where")), _detail("accused", N_("About whom")),
            _detail("demand", N_("They want")),
        ), command="describe",
        foot=False,
    ),
    Step(
        incidents.merge, "complaints.merge", incidents.why_not_merge, "m", N_("Same event"),
        N_("Put complaints about one event together"), title=N_("Same event as {number}"), asks=(
            Field(
                "others", N_("Numbers"), longest=500,
                finds=lambda view, case: {"default": " ".join(one.number for one in _alike(view, case))},
            ),
            Field("what", N_("The event"), hint=N_("in words; empty: the complaint's own"), longest=200),
        ),
        reads=_named, beside=_alike_lines, tells=lambda incident: str(incident.number),
        command="merge", words=("others",), foot=False,
    ),
    Step(
        incidents.prevent, "complaints.prevent", incidents.why_not_prevent, "v", N_("Prevention"),
        N_("What keeps it from coming back"), title=N_("Prevention for {number}"),
        asks=(Field("text", N_("Prevention"), "long"),), command="prevent", words=("text",), foot=False,
    ),
    Step(
        dispatch.recall, "complaints.recall", dispatch.why_not_recall, "R", N_("Take back"),
        N_("Take a slip back from its department"), title=N_("Take back a slip of {number}"),
        asks=(Field("department", N_("Department"), "choice", finds=_pending), REASON),
        signer=N_("of the supervisor"), command="recall", foot=False,
    ),
    Step(
        judging.declare, "complaints.declare", judging.why_not_declare, "M", N_("Declare major"),
        N_("The company declares it major"), title=N_("Declare {number} major"),
        asks=(Field("text", N_("Reason"), longest=500),), signer=N_("of the company manager"), command="declare",
        words=("text",), foot=False,
    ),
)  # fmt: skip
