"""The steps of a complaint's life from the command line."""

from typing import Annotated, Any

import typer

from desk import complaints, followups, moments, requests
from desk.act import Act
from screens.cli.common import AsCode, StorePath, acting

Text = Annotated[str, typer.Option(help="In words.")]
YesNo = Annotated[str, typer.Option(help="yes or no.")]


def grade(
    number: str,
    nature: Annotated[str, typer.Option(help="valid or invalid.")],
    grade: Annotated[str, typer.Option(help="major, important or minor.")] = "",
    reason: Annotated[str, typer.Option(help="The clause that gives the grade, such as CMP-38.")] = "",
    staff: YesNo = "no",
    text: Text = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Fix nature and grade; the project supervisor only."""
    acting(
        store, code,
        lambda act: complaints.grade(
            act, number=number, nature=nature, grade=grade, reason=reason, staff=staff, text=text
        ),
    )  # fmt: skip


def sign(number: str, opinion: str, code: AsCode = "", store: StorePath = None) -> None:
    """The supervisor signs the handling opinion on the slip."""
    acting(store, code, lambda act: complaints.sign(act, number=number, opinion=opinion))


def receive(number: str, code: AsCode = "", store: StorePath = None) -> None:
    """The department signs that it has the slip."""
    acting(store, code, lambda act: complaints.receive(act, number=number))


def recall(
    number: str,
    department: Annotated[str, typer.Option(help="Whose slip, such as cleaning.")],
    reason: Text,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Take a slip back from its department."""
    acting(store, code, lambda act: complaints.recall(act, number=number, department=department, reason=reason))


def feedback(number: str, text: str, code: AsCode = "", store: StorePath = None) -> None:
    """What the department reports back."""
    acting(store, code, lambda act: complaints.feedback(act, number=number, text=text))


def agree(number: str, agreed: YesNo = "yes", text: Text = "", code: AsCode = "", store: StorePath = None) -> None:
    """The manager agrees to the result, or sends it back."""
    acting(store, code, lambda act: complaints.agree(act, number=number, agreed=agreed, text=text))


def answer(number: str, text: str, code: AsCode = "", store: StorePath = None) -> None:
    """Tell the customer the result; stamps the time."""
    acting(store, code, lambda act: complaints.answer(act, number=number, text=text))


def settle(number: str, text: str, code: AsCode = "", store: StorePath = None) -> None:
    """Say what was done and that it is solved."""
    acting(store, code, lambda act: complaints.settle(act, number=number, text=text))


def confirm(
    number: str,
    how: Annotated[str, typer.Option(help="in_person, phone, paper or declined.")],
    text: Text,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """How the customer confirmed, and in which words."""
    acting(store, code, lambda act: complaints.confirm(act, number=number, how=how, text=text))


def archive(number: str, code: AsCode = "", store: StorePath = None) -> None:
    """Put the file in order and away."""
    acting(store, code, lambda act: complaints.archive(act, number=number))


def report(
    number: str,
    to: Annotated[str, typer.Option(help="supervisor, project_supervisor or company_manager.")],
    text: Text = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Which superior was told of a major or important complaint."""
    acting(store, code, lambda act: complaints.report(act, number=number, to=to, text=text))


def declare(number: str, text: str, code: AsCode = "", store: StorePath = None) -> None:
    """The company declares a complaint major."""
    acting(store, code, lambda act: complaints.declare(act, number=number, text=text))


def overrun(
    number: str,
    until: Annotated[str, typer.Option(help="15:30, 11-26 15:30 or +2h.")],
    reason: Text,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Ask for more than the day that an important complaint has."""

    def work(act: Act) -> Any:
        later = moments.parse(until, act.calendar, act.now, field="until")
        return complaints.ask_overrun(act, number=number, until=later, reason=reason)

    acting(store, code, work)


def approve(number: str, approved: YesNo, text: Text, code: AsCode = "", store: StorePath = None) -> None:
    """Decide about an overrun that was asked for."""
    acting(store, code, lambda act: complaints.decide_overrun(act, number=number, approved=approved, text=text))


def merge(
    number: str,
    others: Annotated[list[str], typer.Argument(help="The other complaints about the same event.")],
    what: Annotated[str, typer.Option(help="The event in words.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Put complaints about the same event together."""
    incident = acting(store, code, lambda act: complaints.merge(act, number=number, others=others, what=what).number)
    typer.echo(incident)


def prevent(number: str, text: str, code: AsCode = "", store: StorePath = None) -> None:
    """Write down the prevention agreed."""
    acting(store, code, lambda act: complaints.prevent(act, number=number, text=text))


def describe(
    number: str,
    category: Annotated[str, typer.Option(help="The class, such as noise or facility.")] = "",
    happened: Annotated[str, typer.Option(help="When it happened.")] = "",
    place: Annotated[str, typer.Option(help="Where it happened.")] = "",
    accused: Annotated[str, typer.Option(help="Person or department complained of.")] = "",
    demand: Annotated[str, typer.Option(help="What they want.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Add what the caller knows."""
    details = {"happened": happened, "place": place, "accused": accused, "demand": demand}
    acting(store, code, lambda act: complaints.describe(act, number=number, category=category, **details))


def investigate(number: str, findings: str, code: AsCode = "", store: StorePath = None) -> None:
    """Write down what was found out the same day."""
    acting(store, code, lambda act: complaints.investigate(act, number=number, findings=findings))


def write(number: str, text: str, code: AsCode = "", store: StorePath = None) -> None:
    """The formal written answer to a letter or fax."""
    acting(store, code, lambda act: complaints.written_reply(act, number=number, text=text))


def add_visits(app: typer.Typer, system: str) -> None:
    """Hang the return visit on a system's commands."""

    @app.command("visit")
    def visit(
        number: str,
        satisfied: YesNo,
        how: Annotated[str, typer.Option(help="phone, visit or desk.")] = "phone",
        quality: Text = "",
        effect: Text = "",
        shortcomings: Text = "",
        suggestions: Text = "",
        code: AsCode = "",
        store: StorePath = None,
    ) -> None:
        """Record the return visit with every answer."""
        said = {"quality": quality, "effect": effect, "shortcomings": shortcomings, "suggestions": suggestions}
        acting(
            store, code,
            lambda act: followups.visit(act, number=number, system=system, how=how, satisfied=satisfied, **said),
        )  # fmt: skip

    @app.command("attempt")
    def attempt(
        number: str,
        how: Annotated[str, typer.Option(help="phone, visit or desk.")] = "phone",
        note: Text = "",
        code: AsCode = "",
        store: StorePath = None,
    ) -> None:
        """Record an attempt to visit that reached nobody."""
        acting(store, code, lambda act: followups.attempt(act, number=number, system=system, how=how, note=note))


def decide(
    number: str,
    decision: Annotated[str, typer.Option(help="adopted or declined.")],
    text: Text,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """The director decides a suggestion."""
    acting(store, code, lambda act: requests.decide(act, number=number, decision=decision, text=text))


def publish(
    number: str,
    notice: Annotated[str, typer.Option(help="What was posted, and where.")],
    commended: Annotated[str, typer.Option(help="The residents named.")],
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """The measures of an adopted suggestion were posted."""
    acting(store, code, lambda act: requests.publish(act, number=number, notice=notice, commended=commended))


def reasons() -> None:
    """The clauses that may give a grade."""
    from desk.complaints.terms import REASONS, grade_name, reason_name

    for clause, reason in REASONS.items():
        where = f"\t{reason.choice}={reason.option}" if reason.choice else ""
        typer.echo(f"{grade_name(reason.grade)}\t{reason_name(clause)}{where}")


STEPS = (
    grade, sign, receive, recall, feedback, agree, answer, settle, confirm, archive, report, declare, overrun, approve,
    merge, prevent, describe, investigate, write, reasons,
)  # fmt: skip


def add_to(complaint: typer.Typer, request: typer.Typer, emergency: typer.Typer) -> None:
    """Hang the steps on the complaint, request and emergency commands."""
    for step in STEPS:
        complaint.command(step.__name__)(step)
    add_visits(complaint, "complaints")
    add_visits(request, "requests")
    add_visits(emergency, "emergencies")
    request.command("decide")(decide)
    request.command("publish")(publish)
