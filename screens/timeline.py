"""The parts that every record shows: its promises and its timeline, and the explanation of a deadline."""

from datetime import datetime

from textual.content import Content

from data.clocks import Clock
from data.words import _
from desk import journal, standards
from desk.act import Desk
from desk.calendar import Calendar, moments, said
from desk.clocks import clocks
from desk.ground import left
from desk.operators import Posts
from screens.text import one_line

NEAR_SHARE = 0.75


def heading(text: str) -> Content:
    """A heading inside a record."""
    return Content.styled(one_line(text), "bold")


def pair(label: str, value: str) -> Content:
    """One line of a record: what, and its value."""
    return Content.assemble((one_line(label) + "  ", "$foreground-muted"), one_line(value))


def promises(desk: Desk, record: str, calendar: Calendar) -> list[Content]:
    """The clocks of a record, the running ones with what is left."""
    now = desk.now()
    with desk.read() as session:
        found = clocks.of_record(session, record)
    lines = [heading(_("Promises"))] if found else []
    for clock in found:
        name = f"{left.clock_name(clock)} [{clock.clauses.partition(' ')[0]}]"
        due = moments.shown(clock.due_at, calendar, now)
        if clock.ended_at is None:
            rest = _("paused") if clock.paused_at else left.countdown(clock, now, calendar.zone, fine=True)
            style = "bold $error" if clock.due_at < now else "$accent"
            lines.append(Content.assemble((f"{rest:>10}  ", style), one_line(f"{name}  {due}")))
        else:
            mark = "✓" if clocks.was_kept(clock) else clocks.ending_name(clock)
            text = f"{mark:>10}  {name}  {moments.shown(clock.ended_at, calendar, now)}"
            lines.append(Content.styled(one_line(text), "$foreground-muted"))
    return lines


def timeline(desk: Desk, record: str, calendar: Calendar) -> list[Content]:
    """What happened to a record, from the journal."""
    with desk.read() as session:
        entries, who = journal.timeline(session, record), Posts(session)
    lines = [heading(_("Timeline"))] if entries else []
    for entry in entries:
        at = moments.shown(entry.at, calendar, desk.now())
        lines.append(Content(one_line(f"{at}  {journal.said(entry)}  {who[entry.operator]}")))
    return lines


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
