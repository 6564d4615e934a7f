"""The queue and the explanation of a deadline, on the command line."""

from typing import Annotated, Any

import typer

from data.words import N_, _
from desk import standards
from desk.clocks import clocks, queueing
from desk.ground import left
from desk.ground.refusals import Invalid
from screens.cli.common import AsJson, AsReader, StorePath, answer, asked


def queue(
    system: Annotated[str, typer.Option(help="Of this system only.")] = "",
    department: Annotated[str, typer.Option(help="Of this department only.")] = "",
    role: Annotated[str, typer.Option(help="Of this post only.")] = "",
    state: Annotated[str, typer.Option(help="overdue, running, paused or provisional.")] = "",
    code: AsReader = "",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Every running promise, by due time."""
    with asked(store, code) as desk:
        if state and state not in queueing.STATES:
            raise Invalid(
                N_("There is no state {name}: use {names}."),
                field="state",
                name=state,
                names=", ".join(queueing.STATES),
            )
        now, calendar = desk.now(), desk.calendar()
        with desk.read() as session:
            ids = queueing.ids(session, now, queueing.Filter(system, department, role, state))
            found = [
                clock
                for start in range(0, len(ids), 500)
                for clock in _in_order(queueing.page(session, ids[start : start + 500]), ids[start : start + 500])
            ]
    rows = [
        {
            "id": c.id,
            "rule": c.rule,
            "promise": left.clock_name(c),
            "record": c.record,
            "subject": c.subject,
            "due": calendar.local(c.due_at),
            "left": left.countdown(c, now, calendar.zone),
            "seconds_left": int(left.left_of(c, now).total_seconds()),
            "role": c.role,
            "department": c.department,
            "paused": c.paused_at is not None,
            "provisional": c.provisional,
            "clauses": c.clauses.split(),
        }
        for c in found
    ]
    answer(
        rows,
        as_json,
        lambda _rows: (
            "\n".join(f"{r['left']:>12}  {r['record']}  {r['promise']}  {r['subject']}" for r in rows)
            or _("No promise is running.")
        ),
    )


def _in_order(page: dict[int, Any], ids: list[int]) -> list[Any]:
    return [page[key] for key in ids if key in page]


def explain(clock_id: int, code: AsReader = "", store: StorePath = None, as_json: AsJson = False) -> None:
    """Why a promise is due when it is; ids stand in desk queue --json."""
    from screens.timeline import explanation

    with asked(store, code) as desk:
        lines = [part.plain for part in explanation(desk, clock_id)]
        with desk.read() as session:
            found = clocks.explain(session, clock_id, standards.of_site(desk.store.path))
    facts = {
        "id": clock_id,
        "rule": found.clock.rule,
        "version": found.clock.rule_version,
        "record": found.clock.record,
        "clauses": found.clock.clauses.split(),
        "started": found.clock.started_at,
        "due": found.clock.due_at,
        "spans": [vars(span) for span in found.spans],
        "pauses": [{"from": p.from_at, "to": p.to_at, "reason": p.reason} for p in found.pauses],
        "extensions": [{"at": e.at, "until": e.new_due_at, "reason": e.reason} for e in found.extensions],
    }
    answer(facts, as_json, lambda _facts: "\n".join(lines))


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    for function, name in ((queue, "queue"), (explain, "explain")):
        app.command(name)(function)
