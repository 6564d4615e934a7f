"""The steps of a return visit, the same for every record that gets one."""

from typing import Any

from data.words import N_
from desk.act import Act
from desk.fields import Field, among, yes_no
from desk.followups.visits import QUESTIONS, WAYS, asked, attempt, meet, visit, way_name, why_not_visit
from desk.steps import Step
from desk.view import View


def questions(view: View, _case: Any) -> list[Field]:
    """What a return visit asks, as the site chose (X-25), or that nobody was reached (RV-44)."""

    def met(values: dict[str, str]) -> bool:
        return values["reached"] == "yes"

    return [
        Field("how", N_("How"), "choice", among(WAYS, way_name), default="phone"),
        Field("reached", N_("Reached"), "choice", yes_no, default="yes"),
        Field("note", N_("Note"), longest=200, asked=lambda values: not met(values)),
        *[Field(name, QUESTIONS[name], asked=met, longest=500) for name in asked(view.chosen("X-25"))],
        Field("satisfied", N_("Satisfied"), "choice", yes_no, asked=met),
    ]


def steps_of(system: str) -> tuple[Step, ...]:
    """The steps of a return visit to a record of a system."""

    def to_visit(act: Act, *, number: str, reached: str, how: str, **said: str) -> Any:
        return meet(act, number=number, system=system, reached=reached, how=how, **said)

    def to_record_visit(
        act: Act, *, number: str, satisfied: str, how: str = "phone", quality: str = "", effect: str = "",
        shortcomings: str = "", suggestions: str = "",
    ) -> Any:  # fmt: skip
        said = {"quality": quality, "effect": effect, "shortcomings": shortcomings, "suggestions": suggestions}
        return visit(act, number=number, system=system, satisfied=satisfied, how=how, **said)

    def to_record_attempt(act: Act, *, number: str, how: str = "phone", note: str = "") -> Any:
        return attempt(act, number=number, system=system, how=how, note=note)

    how = Field("how", N_("How"), "choice", among(WAYS, way_name), default="phone")
    answers = [Field(name, label) for name, label in QUESTIONS.items()]
    return (
        Step(
            to_visit, "followups.visit", why_not_visit, "h", N_("Visit"), N_("Record the return visit after closing"),
            title=N_("Return visit for {number}"), asks=questions, prompt="visit", household=True,
        ),
        Step(
            to_record_visit, "followups.visit", why_not_visit, tip=N_("Record the return visit with every answer"),
            asks=(Field("satisfied", N_("Satisfied"), "choice", yes_no), how, *answers), command="visit",
        ),
        Step(
            to_record_attempt, "followups.attempt", why_not_visit,
            tip=N_("Record an attempt to visit that reached nobody"), asks=(how, Field("note", N_("Note"))),
            command="attempt",
        ),
    )  # fmt: skip
