"""The steps of a contact: a question that was left open is answered."""

from data.words import N_
from desk import case_steps, intake
from desk.steps import Step

STEPS = (
    Step(
        intake.answer, "contacts.answer", intake.why_not_answer, "e", N_("Answer"),
        N_("Answer the question after a specialist was asked"), title=N_("Answer {number}"), asks=(case_steps.ANSWER,),
        command="answer", words=("text",),
    ),
)  # fmt: skip
