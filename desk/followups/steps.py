"""The steps of a return visit, the same for every record that gets one."""

from collections.abc import Mapping

from data.tables import Record
from data.words import N_
from desk.act import Act
from desk.cases.visited import QUESTIONS, WAYS, way_name
from desk.followups.visits import asked, attempt, meet, visit, why_not_visit
from desk.ground.fields import Field, among, yes_no
from desk.steps import Step


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


HOW = Field("how", N_("How"), "choice", among(WAYS, way_name), default="phone")
MEETING = (
    HOW,
    Field("reached", N_("Reached"), "choice", yes_no, default="yes"),
    Field("note", N_("Note"), longest=200, asked=_missed),
    *map(_question, QUESTIONS),
    Field("satisfied", N_("Satisfied"), "choice", yes_no, asked=_met),
    Field("complaint", N_("New complaint"), hint=N_("what else they complain of: a record of its own"), longest=500,
          asked=_met),
)  # fmt: skip


def steps_of(system: str) -> tuple[Step, ...]:
    """The steps of a return visit to a record of a system."""

    def to_visit(act: Act, *, number: str, reached: str, how: str, **said: str) -> Record:
        return meet(act, number=number, system=system, reached=reached, how=how, **said)

    def to_record_visit(
        act: Act,
        *,
        number: str,
        satisfied: str,
        how: str = "phone",
        quality: str = "",
        effect: str = "",
        shortcomings: str = "",
        suggestions: str = "",
        complaint: str = "",
    ) -> Record:
        said = {"quality": quality, "effect": effect, "shortcomings": shortcomings, "suggestions": suggestions}
        return visit(act, number=number, system=system, satisfied=satisfied, how=how, complaint=complaint, **said)

    def to_record_attempt(act: Act, *, number: str, how: str = "phone", note: str = "") -> Record:
        return attempt(act, number=number, system=system, how=how, note=note)

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
            asks=MEETING,
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
                *answers,
                Field("complaint", N_("New complaint")),
            ),
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
    )
