"""A change of the site: from a day on, with a reason, and with whatever promises it would move shown before."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import col, select

from data.clocks import Clock
from data.tables import Value
from data.words import N_
from desk import emergencies, site
from desk.act import Act
from desk.administration import later, staff
from desk.administration.site_value import SiteValue
from desk.administration.values import find
from desk.calendar import DESK, moments
from desk.clocks.reckoning import Moved, Rule, again, carry_over, counts_hours
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.standards import OWN
from desk.view import View

KEEP, MOVE = RUNNING = ("keep", "move")


def why_not_change(_view: View, _value: SiteValue) -> Refused | None:
    """Everything that is shown can be changed."""
    return None


def why_not_withdraw(view: View, value: SiteValue) -> Refused | None:
    """Only what is planned for a later day can be withdrawn."""
    return None if planned(view, value) else StateChanged(N_("Nothing of this is planned for a later day."))


def change(act: Act, *, number: str, value: str, reason: str, since: str = "", running: str = "") -> SiteValue:
    """Set something of the site, now or from a day on.

    Args:
        number: the key of what is set.
        since: the first day on which it counts; today when empty, and never a day that is past.
        running: "keep" or "move": whether promises that run keep their end; needed only when some would move.

    Raises:
        Invalid: at the field: what cannot be, what is so already, a day that is past, no reason; at "running", when
            promises would move and it is not said whether they do.
    """
    act.require("site.change")
    known = find(act, number)
    kept = known.check(value)
    why = later.why(reason)
    today = act.calendar.local(act.now).date()
    if known.key.startswith(site.DAY) and known.key.removeprefix(site.DAY)[:10] < str(today):
        raise Invalid(N_("A past day never changes: choose today or a later one."), field="day")
    day, ahead = later.day_of(act, since)
    key = f"{known.key}@{day}" if known.dated else known.key
    was = act.settings.get(key, "")
    if kept == (was or ("" if known.key.startswith(OWN) else known.value)) and not planned(act, known):
        raise Invalid(N_("It says so already."), field="value")
    moved = moved_by(act, known, key, kept)
    if not known.dated:
        moved = on_day(act, moved, day)
    if moved and running not in RUNNING:
        raise Invalid(
            N_("{count} running promises would end at another time: say whether they do."),
            field="running",
            count=len(moved),
        )
    if ahead and not known.dated:
        later.keep(act, day, key, {"value": kept, "running": running or KEEP})
        act.record("site.plan", known.key, since=str(day), reason=why, **_facts(known.key, known.value, kept))
        return known
    _put(act, key, kept)
    _record(act, known, kept, reason=why, since=str(day) if known.dated else None)
    _carry(act, moved if running == MOVE else [])
    return known


def set_day(act: Act, *, day: str, value: str, reason: str, calendar: str = "", running: str = "") -> SiteValue:
    """Close, open or give other hours to one day, for every calendar or for one; refuses no day at "day"."""
    if not day.strip():
        raise Invalid(N_("Which day?"), field="day")
    one = moments.day(day, act.calendar.local(act.now).date(), field="day")
    name = calendar.strip()
    if name not in ("", DESK) and f"duty:{name}" not in act.calendar.others and name not in act.calendar.others:
        raise Invalid(N_("There is no calendar {name}."), field="calendar", name=name)
    key = f"{site.DAY}{one}@{name}"
    return change(act, number=key, value=value, reason=reason, running=running)


def add_calendar(act: Act, *, calendar: str, value: str, reason: str, since: str = "", running: str = "") -> SiteValue:
    """Give a calendar of its own to repairs, guards or others, now or from a day on."""
    name = calendar.strip()
    if name == DESK or any(key.startswith(f"{site.HOURS}{name}@") for key in act.settings):
        raise Invalid(N_("There is a calendar {name} already: change its hours."), field="calendar", name=name)
    return change(act, number=f"{site.HOURS}{name}", value=value, reason=reason, since=since, running=running)


def why_not_remove(view: View, value: SiteValue) -> Refused | None:
    """A calendar of the site's own on which nothing counts, neither a promise that runs nor a standard."""
    name = value.key.removeprefix(site.HOURS)
    if not value.key.startswith(site.HOURS) or name == DESK or not value.value:
        return StateChanged(N_("Only a calendar of the site's own can be removed."))
    counts = select(Clock.id).where(Clock.calendar == f"duty:{name}", col(Clock.ended_at).is_(None)).limit(1)
    if view.session.exec(counts).first() is not None:
        return StateChanged(N_("Promises that run count on {name}: it stays until they are over."), name=name)
    used = [key for key, text in view.settings.items() if key != value.key and text.endswith(f"duty:{name}")]
    if used:
        return StateChanged(N_("{rule} counts on it: give it another calendar first."), rule=used[0].removeprefix(OWN))
    return None


def remove_calendar(act: Act, *, number: str, reason: str) -> None:
    """Take away a calendar that was made by mistake, with whatever was said of it for later days."""
    act.require("site.change")
    known, because = find(act, number), later.why(reason)
    if (refused := why_not_remove(act, known)) is not None:
        raise refused
    for key in [key for key in act.settings if key.startswith(f"{known.key}@")]:
        site.unset(act.session, key)
    _forget(act)
    _record(act, known, "", reason=because)


def withdraw(act: Act, *, number: str, reason: str) -> SiteValue:
    """Take back what was planned for a later day."""
    act.require("site.change")
    known = find(act, number)
    if (refused := why_not_withdraw(act, known)) is not None:
        raise refused
    why = later.why(reason)
    for key in planned(act, known):
        # What was to move with it moves back.
        back = moved_by(act, known, key, "") if known.dated else []
        site.unset(act.session, key)
        _forget(act)
        _carry(act, back)
    act.record("site.withdraw", known.key, reason=why)
    return known


def _facts(key: str, was: str, value: str) -> dict[str, Value]:
    """From what to what; whom an emergency is told are people, and stays out of the journal."""
    if key == emergencies.LIST:
        return {"was": len(was.splitlines()), "value": len(value.splitlines())}
    return {"was": later.masked(was), "value": later.masked(value)}


def _put(act: Act, key: str, value: str) -> None:
    if value:
        site.put(act.session, key, value)
    else:
        site.unset(act.session, key)
    _forget(act)


def _forget(act: Act) -> None:
    """What this act knows of the site is asked anew."""
    act.session.flush()
    for name in ("settings", "choices", "calendar", "standards"):
        act.__dict__.pop(name, None)


def _record(act: Act, known: SiteValue, value: str, *, by_itself: bool = False, **facts: Value) -> None:
    """Leave the entry that a past day is read from: choices and standards are the rule's, the rest the site's."""
    key = known.key
    if key.startswith(site.CHOICE):
        facts |= {"option": value, "was": known.value}
        act.record("standards.choose", key.removeprefix(site.CHOICE), by_itself=by_itself, **facts)
    elif key.startswith(OWN):
        facts |= {"value": value, "was": known.value}
        act.record("standards.set", key.removeprefix(OWN), by_itself=by_itself, **facts)
    else:
        act.record("site.change", key, by_itself=by_itself, **facts, **_facts(key, known.value, value))


def journal_record(key: str) -> str:
    """Under what the changes of something stand in the journal: a standard's under its own id."""
    return key.removeprefix(site.CHOICE).removeprefix(OWN)


def moved_by(view: View, known: SiteValue, key: str, value: str) -> list[Moved]:
    """The running promises that would end at another time if this were set; nothing is written.

    Args:
        key: under which it would be kept; value: as it would be kept, "" for nothing of the site's own.
    """
    if not known.moves:
        return []
    settings = {**view.settings, key: value}
    if not value:
        settings = {**site.DEFAULTS, **{name: one for name, one in settings.items() if name != key}}
    calendar, choices = site.calendar(view.session, settings), site.choices(view.session, settings)
    rule = key.removeprefix(site.CHOICE).removeprefix(OWN) if key.startswith((site.CHOICE, OWN)) else ""
    running = select(Clock).where(col(Clock.ended_at).is_(None)).order_by(col(Clock.due_at), col(Clock.id))
    running = running.where(Clock.rule == rule) if rule else running.where(counts_hours())
    found = []
    for clock in view.session.exec(running).all():
        limit = Rule(clock.within, clock.calendar)
        if rule:
            before, after = (view.standards.chosen(rule, known) for known in (view.choices, choices))
            if before.anchor != after.anchor:
                continue
            limit = Rule(after.value, after.calendar)
        try:
            deadline = again(view.session, clock, calendar, limit)
            as_it_is = again(view.session, clock, view.calendar)
        except Refused:
            # What cannot be reckoned by it keeps its end.
            continue
        # An end that was kept before, against another change, is not moved by this one.
        if deadline.due not in (clock.due_at, as_it_is.due):
            found.append(Moved(clock, deadline, limit))
    return found


def _carry(act: Act, moved: list[Moved]) -> int:
    return sum(carry_over(act, one.clock, one.deadline, one.rule) for one in moved)


def planned(view: View, known: SiteValue) -> dict[str, tuple[date, str]]:
    """What is planned of this for a later day: setting to (day, value)."""
    today = view.calendar.local(view.now).date()
    found = {key: (day, str(said["value"])) for key, (day, said) in later.planned(view, known.key).items()}
    for key, text in view.settings.items():
        if known.dated and key.startswith(f"{known.key}@") and (day := key.rpartition("@")[2]) > str(today):
            found[key] = (date.fromisoformat(day), text)
    return found


def take_effect(act: Act) -> int:
    """Set what was planned for today or before; returns how many things."""
    due = later.due(act)
    for stands, key, said in due:
        if key.startswith(staff.PLANNED):
            site.unset(act.session, stands)
            staff.take_effect(act, key.removeprefix(staff.PLANNED), said)
            continue
        try:
            known = find(act, key)
        except Refused as gone:
            # What can no longer be set is taken back, so that nothing that falls due waits behind it.
            site.unset(act.session, stands)
            act.record("site.withdraw", key, by_itself=True, reason=str(gone))
            continue
        # As it was shown: what was due before the day comes is missed, or kept, by then.
        begins = act.calendar.midnight(date.fromisoformat(stands.split(":")[1]))
        found = moved_by(act, known, key, said["value"]) if said["running"] == MOVE else []
        moved = [one for one in found if one.clock.due_at >= begins]
        site.unset(act.session, stands)
        _put(act, key, said["value"])
        _record(act, known, said["value"], by_itself=True)
        _carry(act, moved)
    return len(due)


def preview_day(view: View, values: Mapping[str, str]) -> list[Moved]:
    """Which running promises a single day that stands in the form would move."""
    try:
        one = moments.day(values.get("day", ""), view.calendar.local(view.now).date(), field="day")
        return preview(view, find(view, f"{site.DAY}{one}@{values.get('calendar', '').strip()}"), values)
    except Refused:
        return []


def preview_calendar(view: View, values: Mapping[str, str]) -> list[Moved]:
    """Which running promises the hours of a new calendar would move."""
    try:
        return preview(view, find(view, f"{site.HOURS}{values.get('calendar', '').strip()}"), values)
    except Refused:
        return []


def preview_withdrawal(view: View, known: SiteValue) -> list[Moved]:
    """Which running promises would move back if what is planned were taken back."""
    keys = planned(view, known) if known.dated else {}
    return [one for key in keys for one in moved_by(view, known, key, "")]


def preview(view: View, known: SiteValue, values: Mapping[str, str]) -> list[Moved]:
    """Which running promises what stands in the form would move; none while it cannot be read."""
    try:
        kept = known.check(values.get("value", ""))
        day = moments.day(values.get("since", ""), view.calendar.local(view.now).date(), field="since")
    except Refused:
        return []
    found = moved_by(view, known, f"{known.key}@{day}" if known.dated else known.key, kept)
    return found if known.dated else on_day(view, found, day)


def _today(view: View) -> date:
    return view.calendar.local(view.now).date()


def on_day(view: View, moved: list[Moved], day: date) -> list[Moved]:
    """Of the promises that a change would move, those that still run on the day from which it counts."""
    return [one for one in moved if one.clock.due_at >= view.calendar.midnight(day)] if day > _today(view) else moved
