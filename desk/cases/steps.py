"""The steps that every case has: answered, passed on, promised, closed."""

from collections.abc import Callable

from data.tables import Record
from data.words import N_
from desk import cases
from desk.ground.fields import Field, among
from desk.ground.roles import DEPARTMENTS
from desk.steps import Rule, Step

DEPARTMENT = Field("department", N_("Department"), "choice", among(DEPARTMENTS, cases.department_name))
ANSWER = Field("text", N_("Answer"), "long")
NEXT_REPLY = (
    Field("promised_at", N_("Next reply by"), hint=N_("15:30, +2h, or a date"), longest=30),
    Field("text", N_("Explained"), "long"),
)
PASSED_ON = (DEPARTMENT, Field("note", N_("Note"), hint=N_("what they are asked to do"), longest=500))


def reply(do: Callable[..., Record], verb: str, tip: str) -> Step:
    """Answer the customer."""
    return Step(
        do,
        verb,
        cases.why_not_open,
        "e",
        N_("Reply"),
        tip,
        title=N_("Reply to {number}"),
        asks=(ANSWER,),
        command="reply",
        words=("text",),
    )


def refer(do: Callable[..., Record], verb: str, key: str = "t") -> Step:
    """Pass the record on to a department."""
    return Step(
        do,
        verb,
        cases.why_not_open,
        key,
        N_("Pass on"),
        N_("Pass the record on to a department"),
        title=N_("Pass on {number}"),
        asks=PASSED_ON,
        command="refer",
        words=("department",),
    )


def promise(
    do: Callable[..., Record], verb: str, tip: str = N_("Not solved yet: explain, and fix the next reply")
) -> Step:
    """Explain, and fix the time of the next reply."""
    return Step(
        do,
        verb,
        cases.why_not_open,
        "p",
        N_("Next reply"),
        tip,
        title=N_("Next reply for {number}"),
        asks=NEXT_REPLY,
        times=("promised_at",),
        command="promise",
        options={"promised_at": "until"},
    )


def close(do: Callable[..., Record], verb: str, why_not: Rule) -> Step:
    """Close with the outcome."""
    return Step(
        do,
        verb,
        why_not,
        "c",
        N_("Close"),
        N_("Close with the outcome"),
        title=N_("Close {number}"),
        asks=(Field("outcome", N_("Outcome"), "long"),),
        command="close",
        words=("outcome",),
    )
