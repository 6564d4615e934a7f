"""An occasion is written down with its minutes, and each matter raised becomes a record (RV-38, RV-40, RV-41)."""

from datetime import datetime

from data.rounds import Hearing
from data.words import N_
from desk import cases, directory
from desk.act import Act
from desk.contacts import intake
from desk.followups.raised import BECOMES, LATER
from desk.ground import texts
from desk.ground.refusals import Invalid
from desk.hearings.terms import KINDS, VISITED

MOST = 100_000


def half_year(day: str) -> str:
    """The name of the half-year of a day such as 2026-11-24 in the journal: H2026-2."""
    return f"H{day[:4]}-{1 if int(day[5:7]) <= 6 else 2}"


def hold(
    act: Act,
    *,
    kind: str,
    topic: str,
    minutes: str,
    households: str = "0",
    satisfied: str = "",
    at: datetime | None = None,
) -> Hearing:
    """Write down a forum, a questionnaire, a festival, an event or a talk, with minutes (RV-38, 40, 41, VIS-5).

    Args:
        kind: a key of KINDS; households: that came, or whose form came back; satisfied: of the forms, if asked.
        at: when it was; now when None.

    Raises:
        Invalid: at the field.
    """
    act.require("hearings.hold")
    if kind not in KINDS:
        raise Invalid(N_("Choose what it was."), field="kind", clause="RV-38")
    at = at or act.now
    if at > act.now:
        raise Invalid(N_("It is written down once it has been."), field="at", clause="RV-38")
    came = _count(households, "households")
    happy = _count(satisfied, "satisfied") if satisfied.strip() else -1
    if happy > came:
        raise Invalid(N_("More than came back."), field="satisfied")
    held = Hearing(
        number=act.number("hearings"), kind=kind, topic=texts.needed(topic, "topic", 120), at=at, households=came,
        satisfied=happy, minutes=texts.needed(minutes, "minutes"), held_by=act.operator.code,
    )  # fmt: skip
    act.session.add(held)
    act.session.flush()
    visits = "due" if kind in VISITED and came else "none"
    act.record("hearings.hold", held.number, held.topic, kind=kind, households=came, held_at=at, visits=visits)
    if kind == "forum":
        act.record("hearings.forum", half_year(f"{act.calendar.local(at):%Y-%m-%d}"), by_itself=True)
    return held


def _count(text: str, field: str) -> int:
    if not text.strip().isdecimal() or int(text) > MOST:
        raise Invalid(N_("A number, such as 40."), field=field)
    return int(text)


def raise_item(
    act: Act,
    *,
    number: str,
    raised: str,
    becomes: str,
    room: str = "",
    who: str = "",
    answer_by: datetime | None = None,
) -> Hearing:
    """What somebody raised becomes a record of its own, and either names the other.

    Args:
        becomes: a key of `raised.BECOMES`; what was answered there stands in the minutes.
        room, who: the home, or the name of whoever raised it.
    """
    act.require("hearings.raise_item")
    held: Hearing = cases.get(act.session, "hearings", number)
    raised = texts.needed(raised, "raised", 500)
    if becomes not in BECOMES or becomes == "answered":
        raise Invalid(N_("Choose what becomes of it."), field="becomes", clause="RV-35")
    if becomes == LATER and answer_by is None:
        raise Invalid(N_("Agree a time by which they hear."), field="answer_by", clause="RV-34")
    unit = directory.unit_by_label(act.session, room).id if room.strip() else None
    taken = intake.take(
        act,
        channel="other",
        kind="question" if becomes == LATER else becomes,
        what=raised,
        unit_id=unit,
        stranger="" if unit else texts.needed(who, "who", 60),
        promised_at=answer_by if becomes == LATER else None,
    )
    made = taken.record or taken.contact
    cases.write_down(act, made, "found", held.number)
    cases.write_down(act, held.number, "found", made)
    act.record("hearings.raise_item", held.number, raised, became=made)
    return held
