"""The steps that every case has: answered, passed on, promised, closed."""

from collections.abc import Callable
from typing import Any

from data.words import N_
from desk import cases, mending
from desk.act import Act
from desk.complaints import CATEGORIES, category_name
from desk.fields import Field, among
from desk.roles import DEPARTMENTS
from desk.steps import Rule, Step

DEPARTMENT = Field("department", N_("Department"), "choice", among(DEPARTMENTS, cases.department_name))
ANSWER = Field("text", N_("Answer"), "long")
NEXT_REPLY = (
    Field("promised_at", N_("Next reply by"), hint=N_("15:30, +2h, or a date"), longest=30),
    Field("text", N_("Explained"), "long"),
)
PASSED_ON = (DEPARTMENT, Field("note", N_("Note"), hint=N_("what they are asked to do"), longest=500))


def reply(do: Callable[..., Any], verb: str, tip: str) -> Step:
    """Answer the customer."""
    return Step(
        do, verb, cases.why_not_open, "e", N_("Reply"), tip, title=N_("Reply to {number}"), asks=(ANSWER,),
        command="reply", words=("text",),
    )  # fmt: skip


def refer(do: Callable[..., Any], verb: str, key: str = "t") -> Step:
    """Pass the record on to a department."""
    return Step(
        do, verb, cases.why_not_open, key, N_("Pass on"), N_("Pass the record on to a department"),
        title=N_("Pass on {number}"), asks=PASSED_ON, command="refer", words=("department",),
    )  # fmt: skip


def promise(
    do: Callable[..., Any], verb: str, tip: str = N_("Not solved yet: explain, and fix the next reply")
) -> Step:
    """Explain, and fix the time of the next reply."""
    return Step(
        do, verb, cases.why_not_open, "p", N_("Next reply"), tip, title=N_("Next reply for {number}"), asks=NEXT_REPLY,
        times=("promised_at",), command="promise", options={"promised_at": "until"},
    )  # fmt: skip


def close(do: Callable[..., Any], verb: str, why_not: Rule) -> Step:
    """Close with the outcome."""
    return Step(
        do, verb, why_not, "c", N_("Close"), N_("Close with the outcome"), title=N_("Close {number}"),
        asks=(Field("outcome", N_("Outcome"), "long"),), command="close", words=("outcome",),
    )  # fmt: skip


WHAT = Field("what", N_("Matter"), "long", finds=lambda _view, record: {"default": record.what})
MENDED = (
    Field("room", N_("Home"), hint=N_("the right one; - for nobody's here; empty: as it is"), longest=60),
    Field("name", N_("Who"), hint=N_("somebody who lives there, or a stranger"), longest=60),
    WHAT,
)
CLASS = Field("category", N_("Class"), "choice", lambda: [("", "–"), *among(CATEGORIES, category_name)()])
WHY = Field("reason", N_("Reason"), longest=mending.LONGEST_REASON)


def mended(system: str) -> tuple[Step, Step]:
    """A saved record is mended where it was written down wrongly, and a remark is written below it."""

    def note(act: Act, *, number: str, text: str) -> Any:
        return mending.note(act, system, number=number, text=text)

    def mend(act: Act, *, number: str, reason: str, room: str = "", name: str = "", what: str = "") -> Any:
        return mending.mend(act, system, number=number, reason=reason, room=room, name=name, what=what)

    def mend_class(
        act: Act, *, number: str, reason: str, room: str = "", name: str = "", what: str = "", category: str = ""
    ) -> Any:
        return mending.mend(
            act, system, number=number, reason=reason, room=room, name=name, what=what, category=category
        )

    has_class = system == mending.COMPLAINTS
    return (
        Step(
            note, f"{system}.note", mending.why_not_note, "N", N_("Remark"), N_("Write a remark below the record"),
            title=N_("A remark on {number}"), asks=(Field("text", N_("Remark"), "long"),), command="note",
            words=("text",), foot=False,
        ),
        Step(
            mend_class if has_class else mend, f"{system}.mend", mending.why_not_mend(system), "E", N_("Mend"),
            N_("Wrong household, a typo, the wrong class: what stood before stays readable"),
            title=N_("Mend what {number} says"), asks=(*MENDED, *([CLASS] if has_class else []), WHY), command="mend",
            foot=False,
        ),
    )  # fmt: skip
