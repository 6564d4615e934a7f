"""How things stand, each in one line: an emergency that nobody has heard of, and who is here and what is due."""

from rich.cells import cell_len

from data.words import _
from desk.calendar import Calendar
from desk.ground import left
from desk.ground.roles import DESK, LEADERS
from desk.systems import may
from desk.timekeeping import Doubt
from screens.house import House
from screens.text import fit, one_line

# Cells of a home and its matter, below which they say nothing.
LEAST = 8


def alarm(house: House, *, named: bool = True) -> str:
    """The emergency that nobody has acknowledged, for the first row of every room; "" where there is none.

    Args:
        named: whether whoever looks may read whose home it is.
    """
    if house.who is not None and house.doubt is not None and house.calendar is not None:
        return _doubt(house, house.doubt, house.calendar)
    if house.who is None or not house.unheard:
        return ""
    first, more = house.unheard[0], len(house.unheard) - 1
    since = left.for_long(house.desk.now() - first.since)
    may_hear = may(house.who.roles, "emergencies.acknowledge")
    # Whoever may not confirm it reads whose it is to do so.
    theirs = _("‼ EMERGENCY {number} unconfirmed for {time}", number=first.record, time=since)
    others = _("‼ EMERGENCY {number} awaits a leader, {time}", number=first.record, time=since)
    begin = theirs if may_hear else others
    rest = [_("and {count} more", count=more)] if more else []
    rest += [_("F10 confirms it") if may_hear else _("F10 shows it")] if named else []
    if rest and cell_len("   ".join([begin, *rest])) > house.size.width - 2:
        rest[-1] = rest[-1].split()[0]
    # Whose it is gets what room is left; that there are more, and the key, are never cut.
    room = house.size.width - 2 - sum(cell_len(part) + 3 for part in (begin, *rest))
    about = one_line(first.subject) if named and may(house.who.roles, "emergencies.read") else ""
    if cell_len(about) > room:
        about = fit(about, room).rstrip() if room > LEAST else ""
    return "   ".join(filter(None, (begin, about, *rest)))


def _doubt(house: House, doubt: Doubt, calendar: Calendar) -> str:
    """What the machine's clock says and should say; until it is one of the two nothing is stamped."""
    theirs = house.who is not None and may(house.who.roles, "journal.confirm_time")
    key = _("Ctrl+F: it is right") if theirs else _("a leader confirms it")
    text = _("‼ CLOCK {said}, should be {reckoned}: nothing is stamped", **doubt.shown(calendar))
    return f"{fit(text, max(LEAST, house.size.width - cell_len(key) - 5)).rstrip()}   {key}"


def status(house: House, title: str) -> str:
    """The status line: room, operator, duty or why not, overdue, next due."""
    from desk.clocks import clocks

    if house.who is None or house.calendar is None:
        return title
    now = house.desk.now()
    if house.next_due is not None and house.next_due < now:
        house.pulse()
    why = house.calendar.why_off(now)
    duty = _("on duty") if not why else _("not on duty: {why}", why=clocks.why_name(why))
    parts = [title, house.who.name]
    # How the whole desk stands is for those who run it; a guard has other eyes on the clock.
    runs_it = bool(set(house.who.roles.split()) & (DESK | LEADERS))
    late = _("{count} overdue", count=house.overdue) if house.overdue else _("nothing overdue")
    parts += [late] if runs_it else []
    due = house.next_due if runs_it else None
    soon = _("next due: {time}", time=left.until(due, now, house.calendar.zone)) if due is not None else ""
    # Where the terminal is narrow, why the desk is off duty goes first, then who sits here.
    shorter = ([*parts, soon, _("on duty") if not why else _("not on duty")], [*parts[:1], *parts[2:], soon])
    for said in ([*parts, soon, duty], *shorter):
        line = " · ".join(filter(None, said))
        if cell_len(line) <= house.size.width - 2:
            break
    return line
