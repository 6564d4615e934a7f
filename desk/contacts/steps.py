"""The steps of a contact: a question that was left open is answered."""

from data.words import N_
from desk.cases import steps
from desk.contacts import intake
from desk.steps import Step

STEPS = (
    Step(
        intake.answer, "contacts.answer", intake.why_not_answer, "e", N_("Answer"),
        N_("Answer the question after a specialist was asked"), title=N_("Answer {number}"), asks=(steps.ANSWER,),
        command="answer", words=("text",),
    ),
)  # fmt: skip
