"""When something begun now is due, reckoned by the site's calendars."""

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
from desk import site
from desk.calendar import Calendar, moments
from desk.clocks import clocks
from desk.glance import default_path
from desk.ground.refusals import Invalid
from desk.ground.wallclock import wall_clock
from screens.cli.common import AsJson, StorePath, answer, told


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


def add_to(app: typer.Typer) -> None:
    """Hang this command on the program."""
    app.command("deadline")(deadline)
