"""The steps of a return visit, the same for every record that gets one."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime

from data.cases import Repair
from data.rounds import PlannedVisit
from data.tables import Record, Value
from data.words import N_, _
from desk.act import Act
from desk.cases import OVER, notes_of, state_name
from desk.cases.visited import QUESTIONS, WAYS, visits_of, way_name
from desk.followups import raised
from desk.followups.raised import BECOMES
from desk.followups.visits import asked, attempt, check, meet, visit, why_not_check, why_not_visit
from desk.ground.fields import Field, among, yes_no
from desk.steps import OF_HEAD, Step
from desk.view import View


def _met(values: Mapping[str, str]) -> bool:
    return values["reached"] == "yes"


def _question(name: str) -> Field:
    """A question of a return visit, where the site asks it (X-25)."""
    return Field(
        name,
        QUESTIONS[name],
        asked=_met,
        longest=500,
        finds=lambda view, _case: {} if name in asked(view.chosen("X-25")) else None,
    )


def _missed(values: Mapping[str, str]) -> bool:
    return not _met(values)


def _raised(values: Mapping[str, str]) -> bool:
    return _met(values) and bool(values["raised"].strip())


def _perhaps() -> list[tuple[str, str]]:
    return [("", _("not said")), *yes_no()]


def _of_repair(_view: View, case: Record) -> dict[str, object] | None:
    """Only a repair has somebody who came on time or not."""
    return {} if isinstance(case, Repair) else None


def _at_home(values: Mapping[str, str]) -> bool:
    return _met(values) and values["how"] == "visit"


def _not_planned(_view: View, case: Record) -> dict[str, object] | None:
    """A planned visit was agreed by phone before, in a step of its own."""
    return None if isinstance(case, PlannedVisit) else {}


PERMITTED = Field("permitted", N_("Agreed by"), hint=N_("who agreed to it on the phone"), longest=60, asked=_at_home,
                  finds=_not_planned)  # fmt: skip
HOW = Field("how", N_("How"), "choice", among(WAYS, way_name), default="phone")
# A visit to which somebody agreed is made there.
THERE = dataclasses.replace(
    HOW, finds=lambda _view, case: {"default": "visit"} if getattr(case, "permitted", "") else {}
)
MEETING = (
    THERE,
    Field("reached", N_("Reached"), "choice", yes_no, default="yes"),
    PERMITTED,
    Field("note", N_("Note"), longest=200, asked=_missed),
    *map(_question, QUESTIONS),
    Field("satisfied", N_("Satisfied"), "choice", yes_no, asked=_met),
    Field("on_time", N_("Came on time"), "choice", _perhaps, asked=_met, finds=_of_repair),
    Field("raised", N_("Also raised"), hint=N_("what else they want; empty: nothing"), longest=500, asked=_met),
    Field("becomes", N_("It becomes"), "choice", among(BECOMES, raised.name), default="complaint", asked=_raised),
    Field("told", N_("You told them"), longest=500, 
          asked=lambda values: _raised(values) and values["becomes"] == "answered"),
    Field("answer_by", N_("Answer by"), hint=N_("15:30, +2h, or a date"), longest=30,
          asked=lambda values: _raised(values) and values["becomes"] == "later"),
)  # fmt: skip


def came_of_it(view: View, case: Record) -> str:
    """Whether the record was opened again at the visit just made, and what was raised there became."""
    visits = visits_of(view.session, case.number)
    notes = [one for one in notes_of(view.session, case.number) if visits and one.at == visits[-1].at]
    made = [one.text for one in notes if one.kind == "found"]
    again = visits and visits[-1].satisfied == "no" and case.state not in OVER
    return "  ".join([*([_("opened again: {state}", state=state_name(case.state))] if again else []), *made])


def steps_of(system: str) -> tuple[Step, ...]:
    """The steps of a return visit to a record of a system."""

    def to_visit(
        act: Act, *, number: str, reached: str, how: str, answer_by: datetime | None = None, **said: Value
    ) -> Record:
        return meet(act, number=number, system=system, reached=reached, how=how, answer_by=answer_by, **said)

    def to_record_visit(
        act: Act,
        *,
        number: str,
        satisfied: str,
        how: str = "phone",
        permitted: str = "",
        quality: str = "",
        effect: str = "",
        shortcomings: str = "",
        suggestions: str = "",
        raised: str = "",
        becomes: str = "complaint",
        told: str = "",
        answer_by: datetime | None = None,
    ) -> Record:
        said: dict[str, Value] = {
            "quality": quality,
            "effect": effect,
            "shortcomings": shortcomings,
            "suggestions": suggestions,
        }
        more: dict[str, Value] = {
            "permitted": permitted,
            "raised": raised,
            "becomes": becomes,
            "told": told,
            "answer_by": answer_by,
        }
        return visit(act, number=number, system=system, satisfied=satisfied, how=how, **more, **said)

    def to_record_attempt(act: Act, *, number: str, how: str = "phone", note: str = "") -> Record:
        return attempt(act, number=number, system=system, how=how, note=note)

    def to_check(act: Act, *, number: str, words: str) -> Record:
        return check(act, number=number, system=system, words=words)

    answers = [Field(name, label) for name, label in QUESTIONS.items()]
    return (
        Step(
            to_visit,
            "followups.visit",
            why_not_visit,
            "h",
            N_("Visit"),
            N_("Record the return visit after closing"),
            title=N_("Return visit for {number}"),
            came=came_of_it,
            asks=MEETING,
            times=("answer_by",),
            prompt="visit",
            household=True,
        ),
        Step(
            to_record_visit,
            "followups.visit",
            why_not_visit,
            tip=N_("Record the return visit with every answer"),
            asks=(
                Field("satisfied", N_("Satisfied"), "choice", yes_no),
                HOW,
                Field("permitted", N_("Agreed by")),
                *answers,
                Field("raised", N_("Also raised")),
                Field("becomes", N_("It becomes"), "choice", among(BECOMES, raised.name), default="complaint"),
                Field("told", N_("You told them")),
                Field("answer_by", N_("Answer by")),
            ),
            times=("answer_by",),
            command="visit",
        ),
        Step(
            to_record_attempt,
            "followups.attempt",
            why_not_visit,
            tip=N_("Record an attempt to visit that reached nobody"),
            asks=(HOW, Field("note", N_("Note"))),
            command="attempt",
        ),
        Step(
            to_check,
            "followups.check",
            why_not_check,
            "K",
            N_("Spot check"),
            N_("The head looks whether it was so"),
            title=N_("Spot check of {number}"),
            asks=(Field("words", N_("In words"), longest=300),),
            signer=OF_HEAD,
            command="check",
            words=("words",),
            foot=False,
        ),
    )
