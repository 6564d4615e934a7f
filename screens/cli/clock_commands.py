"""The queue, deadlines, and the standards they come from."""

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from data.problems import Problem
from data.store.opening import open_store
from data.words import N_, _
from desk import daybreak, site, standards, ticking
from desk.act import Desk, wall_clock
from desk.administration import changing
from desk.calendar import Calendar, moments
from desk.clocks import clocks, queueing
from desk.glance import default_path
from desk.ground.refusals import Invalid
from screens.cli.common import AsCode, AsJson, StorePath, acting, answer, opened, reading, told
from screens.cli.system_commands import APPS

APPS["clocks"].info.help = "Pause, resume or extend a running promise; ids stand in desk queue --json."
APPS["standards"].info.help = "What the desk promises, and the site's choices."


def queue(
    system: str = "",
    department: str = "",
    role: str = "",
    state: Annotated[str, typer.Option(help="overdue, running, paused or provisional.")] = "",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Every running promise, by due time."""
    with opened(store) as desk:
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
            "promise": clocks.clock_name(c),
            "record": c.record,
            "subject": c.subject,
            "due": calendar.local(c.due_at),
            "left": clocks.countdown(c, now),
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


def tick(store: StorePath = None) -> None:
    """Do the warnings and escalations that are due; for a timer without an open desk."""

    def work(desk: Desk) -> int:
        daybreak.begin_day(desk)
        total = 0
        while done := ticking.tick(desk):
            total += done
        return total

    typer.echo(_("{count} steps done.", count=reading(store, work)))


def explain(clock_id: int, store: StorePath = None, as_json: AsJson = False) -> None:
    """Why a promise is due when it is; ids stand in desk queue --json."""
    from screens.timeline import explanation

    with opened(store) as desk:
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


Reason = Annotated[str, typer.Option(help="Why.")]


@APPS["clocks"].command("pause")
def promise_pause(
    clock_id: int,
    reason: Reason,
    waiting_on: Annotated[str, typer.Option(help="Whom is waited for.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Stop counting while somebody else is waited for; only where the rule allows it."""
    acting(store, code, lambda act: clocks.pause(act, clock_id=clock_id, reason=reason, waiting_on=waiting_on))


@APPS["clocks"].command("resume")
def promise_resume(clock_id: int, code: AsCode = "", store: StorePath = None) -> None:
    """Go on counting."""
    acting(store, code, lambda act: clocks.resume(act, clock_id=clock_id))


@APPS["clocks"].command("extend")
def promise_extend(
    clock_id: int,
    until: Annotated[str, typer.Option(help="15:30, 11-26 15:30 or +2h.")],
    reason: Reason,
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Approve a later end, with a reason."""

    def work(act: Any) -> None:
        later = moments.parse(until, act.calendar, act.now, field="until")
        clocks.extend(act, clock_id=clock_id, until=later, reason=reason)

    acting(store, code, work)


def deadline(
    lines: Annotated[str, typer.Argument(help="- reads one JSON object a line.")] = "",
    begin: Annotated[str, typer.Option("--from", help="An ISO instant, or local time; now when empty.")] = "",
    within: Annotated[str, typer.Option(help="10 min, 1 working day, same day, PT10M, 1 month .. 2 months ...")] = "",
    calendar: Annotated[str, typer.Option(help="always, duty or working.")] = "always",
    end: Annotated[str, typer.Option("--to", help="Instead of --within: how much counted until then.")] = "",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """When something is due, and which hours counted and which did not."""
    with told():
        times = _calendar(store)
        if lines == "-":
            for line in sys.stdin:
                if line.strip():
                    typer.echo(json.dumps(_answer_line(times, line), ensure_ascii=False))
            return
        if not within and not end:
            raise Invalid(N_("Say how long with --within, or until when with --to."), field="within")
        found = _reckon(times, begin, within, end, calendar)
    answer(found, as_json, _as_text)


def _calendar(store: Path | None) -> Calendar:
    path = store or default_path()
    if store is None and not path.exists():
        return Calendar()
    opened_store = open_store(path)
    try:
        with opened_store.reading() as session:
            return site.calendar(session)
    finally:
        opened_store.close()


def _answer_line(times: Calendar, line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        if not isinstance(asked, dict):
            raise ValueError
        begin, within, end = (str(asked.get(name, "")) for name in ("from", "within", "to"))
        return _reckon(times, begin, within, end, str(asked.get("calendar", "always")))
    except Problem as problem:
        return {"error": str(problem), "field": problem.field}
    except ValueError:
        return {"error": _("This line is no JSON object."), "field": ""}


def _reckon(times: Calendar, begin: str, within: str, end: str, calendar: str) -> dict[str, Any]:
    start = _instant(times, begin, "from")
    if end:
        stop = _instant(times, end, "to")
        if stop < start:
            raise Invalid(N_("The end lies before the start."), field="to")
        counted = times.counted(start, stop, _known(calendar))
        provisional, due, opens = False, stop, None
        seconds: float = counted.total_seconds()
    else:
        found = times.deadline(start, within, calendar)
        provisional, due, opens = found.provisional, found.due, found.not_before
        seconds = times.counted(start, due, calendar).total_seconds()
    answered: dict[str, Any] = {
        "from": times.local(start).isoformat(),
        "due": times.local(due).isoformat(),
        "calendar": calendar,
        "seconds": int(seconds) if seconds == int(seconds) else seconds,
        "provisional": provisional,
    }
    if opens is not None:
        answered["not_before"] = times.local(opens).isoformat()
    first, last = min(start, due), max(start, due)
    answered["spans"] = [
        {
            "from": times.local(s.start).isoformat(),
            "to": times.local(s.end).isoformat(),
            "counted": s.counted,
            "why": s.why,
        }
        for s in times.spans(first, last, calendar)
    ]
    return answered


def _known(calendar: str) -> str:
    from desk.calendar import parse_within

    parse_within("1 min", calendar)
    return calendar


def _instant(times: Calendar, text: str, field: str) -> datetime:
    if not text:
        return wall_clock()
    text = re.sub(r"[zZ]$", "+00:00", text)
    return moments.parse(text, times, wall_clock(), field=field).astimezone(UTC)


def _as_text(found: dict[str, Any]) -> str:
    due, opens, unsure = _("due"), _("not before"), _("provisional")
    rows = [f"{due}: {found['due']}" + (f"  ({unsure})" if found["provisional"] else "")]
    if "not_before" in found:
        rows.append(f"{opens}: {found['not_before']}")
    for span in found["spans"]:
        mark = "+" if span["counted"] else "-"
        rows.append(f"{mark} {span['from']} – {span['to']}  {clocks.why_name(span['why'])}")
    return "\n".join(rows)


@APPS["standards"].command("list")
def standards_list(store: StorePath = None, as_json: AsJson = False) -> None:
    """Every timer and target, with the value in force."""
    with told():
        book, chosen = _book(store)
    rows = [
        {
            "id": item.id,
            "name": item.name,
            "value": book.chosen(item.id, chosen).value,
            "options": [option.name for option in item.options],
            "live": _is_live(item),
            "clauses": list(book.chosen(item.id, chosen).clauses),
        }
        for item in _items(book)
    ]
    answer(rows, as_json, lambda _rows: "\n".join([*(_standard_line(row) for row in rows), _counted(book)]))


def _standard_line(row: dict[str, Any]) -> str:
    not_yet = "" if row["live"] else "  " + _("(cannot start yet: its system does not exist)")
    return f"{row['id']:<8} {row['value']:<22} {row['name']}  {' '.join(row['clauses'])}{not_yet}"


def _is_live(item: standards.Timer | standards.Target) -> bool:
    return not isinstance(item, standards.Timer) or item.kind != "clock" or item.live


def _counted(book: standards.Standards) -> str:
    clocks_ = [timer for timer in book.timers.values() if timer.kind == "clock"]
    return _(
        "{timers} timers, of which {live} can start; {targets} targets.",
        timers=len(clocks_),
        live=sum(timer.live for timer in clocks_),
        targets=len(book.targets),
    )


def _items(book: standards.Standards) -> list[standards.Timer | standards.Target]:
    return [*book.timers.values(), *book.targets.values()]


@APPS["standards"].command("show")
def standards_show(rule: str, store: StorePath = None, as_json: AsJson = False) -> None:
    """One standard with all its values."""
    with told():
        book, chosen = _book(store)
        item = book.timers.get(rule) or book.targets.get(rule)
        if item is None:
            raise Invalid(N_("There is no standard {rule}."), field="rule", rule=rule)
    now = book.chosen(rule, chosen)
    body = [f"{item.id}  {item.name}"]
    if not _is_live(item):
        body.append(_("(cannot start yet: its system does not exist)"))
    for option in item.options:
        mark = "*" if option is now else " "
        body.append(f"{mark} {option.name}: {option.value} ({option.calendar})  {' '.join(option.clauses)}")
    answer(json.loads(json.dumps(item, default=_fields)), as_json, lambda _item: "\n".join(body))


def _fields(value: Any) -> Any:
    if isinstance(value, standards.Timer):
        return {**vars(value), "live": value.live}
    return dict(vars(value)) if hasattr(value, "__dict__") else list(value)


@APPS["standards"].command("check")
def standards_check(file: Path) -> None:
    """Check a standards file; says the line of what cannot be."""
    with told():
        book = standards.read_file(file)
    typer.echo(_("All possible.") + " " + _counted(book))


@APPS["standards"].command("choose")
def standards_choose(
    rule: str,
    option: str,
    reason: Reason,
    running: Annotated[str, typer.Option(help="keep or move: whether promises that run keep their end.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Choose one of the values between which the sources differ."""
    key = f"{site.CHOICE}{rule}"
    acting(store, code, lambda act: changing.change(act, number=key, value=option, reason=reason, running=running))
    typer.echo(_("{rule} is {option} from now on; what runs already keeps its value.", rule=rule, option=option))


def _book(store: Path | None) -> tuple[standards.Standards, dict[str, str]]:
    path = store or default_path()
    if store is None and not path.exists():
        return standards.shipped(), {}
    desk = Desk(open_store(path))
    try:
        with desk.read() as session:
            return standards.of_site(path), site.choices(session)
    finally:
        desk.store.close()


def add_to(app: typer.Typer) -> None:
    """Hang these commands on the program."""
    for function, name in ((queue, "queue"), (tick, "tick"), (explain, "explain"), (deadline, "deadline")):
        app.command(name)(function)
