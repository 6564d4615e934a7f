"""The parts that every record shows: its promises and its timeline, and the explanation of a deadline."""

from datetime import date, datetime, timedelta

from rich.cells import cell_len
from textual.content import Content

from data.clocks import Clock
from data.words import _
from desk import journal, standards
from desk.act import Desk
from desk.calendar import Calendar, moments, said
from desk.cases import department_name
from desk.clocks import clocks
from desk.ground import left
from desk.ground.roles import role_name
from desk.operators import Posts
from desk.step_table import STEPS
from desk.systems import may
from desk.view import View
from screens.text import fit, one_line

# Cells of a time with its next smaller unit.
LEFT = 11


def heading(text: str) -> Content:
    """A heading inside a record."""
    return Content.styled(one_line(text), "bold")


def pair(label: str, value: str) -> Content:
    """One line of a record: what, and its value."""
    return Content.assemble((one_line(label) + "  ", "$foreground-muted"), one_line(value))


def chip(text: str, tone: str = "") -> Content:
    """A state or a grade, filled in its tone; nothing else is drawn so."""
    look = f"bold $background on {tone}" if tone else "bold $foreground on $panel"
    return Content.styled(f" {one_line(text)} ", look)


def step_key(view: View, clock: Clock) -> str:
    """The key by which whoever looks keeps a promise, in its record's room; "" where no key of theirs does."""
    timer = standards.of_site(view.store.path).timers.get(clock.rule)
    roles = view.operator.roles if view.operator is not None else ""
    theirs = (step for step in reversed(STEPS.get(clock.system, ())) if step.signer or may(roles, step.verb))
    keys = {step.verb: step.key for step in theirs if step.key}
    # What keeps it stands before what ends it otherwise.
    return next((keys[verb] for verb in timer.stop if verb in keys), "") if timer is not None else ""


def next_step(desk: Desk, record: str, calendar: Calendar) -> list[Content]:
    """What a record waits for first: which key does it, by when, and whom it waits for; nothing where all is done."""
    now = desk.now()
    with desk.look() as view:
        session = view.session
        running = [one for one in clocks.of_record(session, record) if one.ended_at is None and one.paused_at is None]
        clock = min(running, key=lambda one: one.due_at, default=None)
        if clock is None:
            return []
        key = step_key(view, clock)
    rest = left.countdown(clock, now, calendar.zone, fine=True)
    whom = clock.waiting_on or department_name(clock.department) or role_name(clock.role)
    label = _("Next step")
    first = Content.assemble((label, "bold $accent"), "  ", (key + "  " if key else "", "bold $accent"))
    due = moments.shown(clock.due_at, calendar, now)
    waits = _("waits for {whom}", whom=whom)
    return [
        Content.assemble(first, (one_line(left.clock_name(clock)), "bold"), ("\t" + due, "$foreground-muted")),
        Content.assemble(" " * (cell_len(label) + 2), (rest, tone(clock, now)), "  ", one_line(waits)),
    ]


def promises(desk: Desk, record: str, calendar: Calendar, *, whole: bool = True) -> list[Content]:
    """The clocks of a record in a grid, the running ones with what is left; behind a tab, at the right, when.

    Args:
        whole: also those that are done; else these are only counted.
    """
    now = desk.now()
    with desk.read() as session:
        found = clocks.of_record(session, record)
    lines = [heading(_("Promises"))] if found else []
    done = [clock for clock in found if clock.ended_at is not None]
    if not whole:
        found = [clock for clock in found if clock.ended_at is None]
    for clock in found:
        name = one_line(left.clock_name(clock))
        if clock.ended_at is None:
            rest = _("paused") if clock.paused_at else left.countdown(clock, now, calendar.zone, fine=True)
            due = moments.shown(clock.due_at, calendar, now)
            part = (fit(rest, LEFT, right=True), tone(clock, now))
            lines.append(Content.assemble(part, f"  {name}\t", (due, "$foreground-muted")))
        else:
            mark = "✓" if clocks.was_kept(clock) else clocks.ending_name(clock)
            text = f"{fit(mark, LEFT, right=True)}  {name}\t{moments.shown(clock.ended_at, calendar, now)}"
            lines.append(Content.styled(text, "$foreground-muted"))
    if done and not whole:
        kept = sum(clocks.was_kept(clock) for clock in done)
        said = _("✓ {kept} kept", kept=kept)
        if kept < len(done):
            said += " · " + _("{count} ended otherwise", count=len(done) - kept)
        lines.append(Content.styled(f"{' ' * (LEFT - 1)}{said}", "$foreground-muted"))
    return lines


def tone(clock: Clock, now: datetime) -> str:
    """The tone of a running promise's time: nothing shouts that can be kept, and nothing that is lost for days."""
    if clock.paused_at is not None:
        return "$foreground-muted"
    if clock.due_at < now:
        return "bold $error" if now - clock.due_at < timedelta(days=1) else "$error"
    return "$warning" if clock.warn_at is not None and now >= clock.warn_at else "bold"


def timeline(desk: Desk, record: str, calendar: Calendar) -> list[Content]:
    """What happened to a record, from the journal: day by day, the newest first."""
    with desk.read() as session:
        entries, who = journal.timeline(session, record), Posts(session)
    lines = [heading(_("Timeline"))] if entries else []
    today, day = calendar.local(desk.now()).date(), None
    for entry in reversed(entries):
        local = calendar.local(entry.at)
        if local.date() != day:
            day = local.date()
            lines.append(Content.styled(_day_said(day, today), "$foreground-muted"))
        lines.append(Content(f"  {local:%H:%M}  {one_line(f'{journal.said(entry)}  {who[entry.operator]}')}"))
    return lines


def _day_said(day: date, today: date) -> str:
    """A day above what happened on it."""
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return f"{day:%m-%d}" if day.year == today.year else str(day)


def _hours(clock: Clock, calendar: Calendar) -> list[Content]:
    """The rules of the hours in which a promise counts, as the site says them."""
    if not clock.calendar.startswith("duty"):
        return []
    rules = calendar.plan(clock.calendar).rules(calendar.local(clock.started_at).date())
    return [pair(_("Hours"), "; ".join(map(said, rules)))]


def explanation(desk: Desk, clock_id: int) -> list[Content]:
    """Why a promise is due when it is: rule, clause, start, hours that counted and that did not."""
    with desk.read() as session:
        found, who = clocks.explain(session, clock_id, standards.of_site(desk.store.path)), Posts(session)
    clock, calendar, now = found.clock, found.calendar, desk.now()

    def at(moment: datetime | None) -> str:
        return moments.shown(moment, calendar)

    entry = _("journal entry")
    stands = clocks.ending_name(clock) or left.countdown(clock, now, calendar.zone, fine=True)
    lines = [
        heading(left.clock_name(clock)),
        pair(_("Record"), f"{clock.record}  {clock.subject}"),
        pair(_("Rule"), f"{clock.rule} ({clock.rule_version})  {clocks.limit_name(clock)}"),
        pair(_("Clauses"), clock.clauses),
        pair(_("Started"), f"{at(clock.started_at)}  ({entry} {clock.start_entry})"),
        pair(_("Due"), f"{at(clock.due_at)}  {stands}"),
    ]
    if clocks.began_late(clock):
        text = _(
            "It counts from {time}; it was overdue already when it began: {why}",
            time=at(clock.anchor_at),
            why=found.began_with,
        )
        lines.append(Content.styled(one_line(text), "$warning"))
    lines += _hours(clock, calendar)
    if not found.live:
        text = _("Nothing at this desk starts this promise yet: its system does not exist.")
        lines.append(Content.styled(text, "$warning"))
    if clock.not_before is not None:
        lines.append(pair(_("Not before"), at(clock.not_before)))
    if clock.provisional:
        lines.append(Content.styled(_("Provisional: that year's holiday notice is not known yet."), "$warning"))
    lines.append(heading(_("What counted")))
    for span in found.spans[:60]:
        mark, style = ("+", "$success") if span.counted else ("-", "$foreground-muted")
        text = f"{mark} {at(span.start)} – {at(span.end)}  {clocks.why_name(span.why)}"
        lines.append(Content.styled(one_line(text), style))
    if len(found.spans) > 60:
        lines.append(Content(_("... and {count} more stretches", count=len(found.spans) - 60)))
    for pause in found.pauses:
        text = _("Paused {start} – {end}: {reason}", start=at(pause.from_at), end=at(pause.to_at), reason=pause.reason)
        lines.append(Content(one_line(f"{text} ({who[pause.operator]})")))
    for longer in found.extensions:
        text = _("Extended to {end}: {reason}", end=at(longer.new_due_at), reason=longer.reason)
        lines.append(Content(one_line(f"{text} ({who[longer.operator]})")))
    return lines
