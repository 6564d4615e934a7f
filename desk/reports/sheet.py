"""A sheet put together: one document for the screen, the PDF and the spreadsheet (RPT-6 to RPT-10, RPT-13, RPT-14)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

from sqlmodel import Session

from data.cases import Complaint, Visit
from data.words import _, language
from desk import cases, choices, clocks, complaints, intake, journal, moments, requests, site
from desk.act import Desk
from desk.calendar import Calendar
from desk.document import Cell, Document, Table
from desk.emergencies import emergency_name
from desk.reports import reading
from desk.reports.periods import Period

LONG_OPEN = timedelta(days=30)
MOST_BREACHES = 60


def document(desk: Desk, span: Period) -> Document:
    """The sheet of a period, with the journal's head so that a cut-off tail is noticed."""
    calendar, now = desk.calendar(), desk.now()
    with desk.read() as session:
        name = site.setting(session, "site.name")
        head = journal.last_entry(session)
        new, done = reading.received(session, span), reading.closed(session, span)
        tables = [
            _movement(session, calendar, span, new, done, now),
            _rates(session, desk, span, new, done, now),
            _contacts(session, span),
            *_by(session, new),
            _times(session, calendar, new, done),
            _promises(session, span, now),
            _breaches(session, calendar, span, now),
            _visits(session, span),
            _recurring(session, new),
            _requests(session, span),
            _urgent(session, calendar, span, new),
        ]
    foot = f"{head.number} {head.digest}" if head else ""
    shown = [table for table in tables if table.rows]
    return Document(span.name, name, moments.shown(now, calendar), tables=shown, foot=foot)


def _movement(
    session: Session, calendar: Calendar, span: Period, new: list[Complaint], done: list[Complaint], now: datetime
) -> Table:
    """Carried over, new, done, open, completion, cumulative, long open, waiting for another reply (OUT-7)."""
    end = min(span.end, now + timedelta(seconds=1))
    carried, left = reading.open_at(session, span.begin), reading.open_at(session, end)
    year = calendar.midnight(span.first.replace(month=1, day=1))
    whole = len(carried) + len(new)
    return Table(_("Complaints"), (_("Measure"), _("Count")), [
        (_("carried over"), len(carried)), (_("new"), len(new)), (_("closed"), len(done)), (_("still open"), len(left)),
        (_("completion %"), _share(len(done), whole)),
        (_("this year so far"), reading.count_received(session, year, end)),
        (_("open longer than a month"), sum(one.received_at < end - LONG_OPEN for one in left)),
        (_("major"), sum(one.grade == "major" for one in new)),
        (_("valid"), sum(one.nature == "valid" for one in new)),
        (_("invalid"), sum(one.nature == "invalid" for one in new)),
        (_("not judged yet"), sum(not one.nature for one in new)),
    ])  # fmt: skip


def _share(part: int, whole: int) -> Cell:
    return round(100 * part / whole, 1) if whole else "–"


def _rates(
    session: Session, desk: Desk, span: Period, new: list[Complaint], done: list[Complaint], now: datetime
) -> Table:
    """Rates with what they are divided by, beside their targets (N-1, N-7, N-8; RV-8, RV-24, RV-35, RV-39)."""
    store = desk.store.path

    def target(rule: str) -> str:
        return choices.value(session, store, rule)

    closed_at = {one.number: one.closed_at for one in done}
    since = [one for one in reading.visits(session, done) if one.reached and one.at >= (closed_at[one.number] or now)]
    visited = {one.number for one in since}
    made = [one for one in reading.visits_made(session, span) if one.reached]
    due = [one for one in done if one.number in visited or not _visit_still_due(session, one, now)]
    happy = sum(one.satisfied == "yes" for one in made)
    valid = sum(one.nature == "valid" for one in new)
    answered = sum(one.answered_at is not None for one in new)
    base_name = target("N-8-base")
    base = reading.occupied(session) if base_name.startswith("occupied") else len(reading.contacts(session, span))
    replies = reading.first_replies(session, new)
    kept = [one for one in reading.promises(session, span, now) if one.due]
    whole, missed = sum(one.due for one in kept), sum(one.missed for one in kept)
    return Table(_("Rates"), (_("Rate"), "%", _("Of"), _("Target")), [
        (_("return visits, of closed complaints whose visit is due"), _share(len(visited), len(due)), len(due),
         target("N-1")),
        (_("satisfied, of visits made"), _share(happy, len(made)), len(made), ""),
        (_("answered, of complaints received"), _share(answered, len(new)), len(new), ""),
        (_("valid complaints, of {base}", base=_base_name(base_name)), _share(valid, base), base, target("N-8")),
        (_("first reply given, of complaints received"), _share(len(replies), len(new)), len(new), ""),
        (_("promises kept in time, of those due"), _share(whole - missed, whole), whole, "100 %"),
    ])  # fmt: skip


def _base_name(value: str) -> str:
    return _("occupied households") if value.startswith("occupied") else _("contacts taken")


def _visit_still_due(session: Session, one: Complaint, now: datetime) -> bool:
    """Whether the visit's time is not over yet, so that its lack does not count against the rate."""
    running = [c for c in clocks.of_record(session, one.number) if c.rule in ("T-21", "T-21b") and c.ended_at is None]
    return bool(running) and running[0].due_at > now


def _contacts(session: Session, span: Period) -> Table:
    rows = reading.contacts(session, span)
    kinds = Counter(kind for _channel, kind in rows)
    channels = Counter(channel for channel, _kind in rows)
    counted = [(intake.kind_name(kind), count) for kind, count in kinds.most_common()]
    counted += [(intake.channel_name(channel), count) for channel, count in channels.most_common()]
    return Table(_("Contacts by kind and way"), (_("Kind or way"), _("Count")), _rows(counted), bar=1)


def _rows(counted: Iterable[tuple[str, int]]) -> list[tuple[Cell, ...]]:
    return [(name, count) for name, count in counted]


def _by(session: Session, new: list[Complaint]) -> list[Table]:
    """Complaints received, by class, grade, department and building."""
    places = reading.buildings(session)
    ways: tuple[tuple[str, str, Callable[[Complaint], str]], ...] = (
        (_("By class"), _("Class"), lambda one: complaints.category_name(one.category) or _("no class")),
        (
            _("By grade"),
            _("Grade"),
            lambda one: complaints.grade_name(one.grade) or complaints.nature_name(one.nature) or "?",
        ),
        (_("By department"), _("Department"), lambda one: cases.department_name(one.department) or _("not passed on")),
        (_("By building"), _("Building"), lambda one: places.get(one.unit_id or 0, _("elsewhere"))),
    )
    return [
        Table(title, (head, _("Count")), _rows(Counter(map(name, new)).most_common()), bar=1)
        for title, head, name in ways
    ]  # fmt: skip


def _times(session: Session, calendar: Calendar, new: list[Complaint], done: list[Complaint]) -> Table:
    """Hours on duty to the first reply and to the solution."""
    replies = reading.first_replies(session, new)
    to_reply = [reading.business_hours(calendar, one.received_at, replies[one.number])
                for one in new if one.number in replies]  # fmt: skip
    to_solve = [reading.business_hours(calendar, one.received_at, one.settled_at) for one in done if one.settled_at]
    rows = [_spread(_("to the first reply"), to_reply), _spread(_("to the solution"), to_solve)]
    headings = (_("Hours on duty"), _("Count"), _("Middle"), _("Longest"))
    return Table(_("Times"), headings, [row for row in rows if row[1]])


def _spread(name: str, hours: Sequence[float]) -> tuple[Cell, ...]:
    return (name, len(hours), round(median(hours), 2), round(max(hours), 2)) if hours else (name, 0, "–", "–")


def _promises(session: Session, span: Period, now: datetime) -> Table:
    kept = sorted(reading.promises(session, span, now), key=lambda one: -one.missed)
    name = "name_zh" if language() == "zh" else "name_en"
    return Table(
        _("Promises that fell due"), (_("Promise"), _("Due"), _("Missed"), _("In time %")),
        [(getattr(one, name), one.due, one.missed, _share(one.due - one.missed, one.due)) for one in kept], bar=2,
    )  # fmt: skip


def _breaches(session: Session, calendar: Calendar, span: Period, now: datetime) -> Table:
    """What was missed, how late, and the reason written down; none is shown as none."""
    rows: list[tuple[Cell, ...]] = []
    for one in reading.breaches(session, span, now, MOST_BREACHES):
        clock = one.clock
        late = moments.countdown(clock.due_at, clock.ended_at or now)
        due = moments.shown(clock.due_at, calendar, now)
        rows.append((clock.record, clocks.clock_name(clock), due, late, one.reason or _("no reason written")))
    return Table(_("Missed"), (_("Record"), _("Promise"), _("Due"), _("Late by"), _("Reason")), rows)


def _visits(session: Session, span: Period) -> Table:
    """Attempts and visits made in the period."""
    made: list[Visit] = reading.visits_made(session, span)
    reached = [one for one in made if one.reached]
    rows: list[tuple[Cell, ...]] = [
        (_("made"), len(reached)), (_("reached nobody"), len(made) - len(reached)),
        (_("satisfied"), sum(one.satisfied == "yes" for one in reached)),
        (_("not satisfied"), sum(one.satisfied == "no" for one in reached)),
    ]  # fmt: skip
    return Table(_("Return visits"), (_("Measure"), _("Count")), rows if made else [])


def _recurring(session: Session, new: list[Complaint]) -> Table:
    """The same class in the same building more than once, with the prevention agreed (CMP-16, RPT-14)."""
    places, said = reading.buildings(session), reading.prevention(session, new)
    groups: dict[tuple[str, str], list[Complaint]] = {}
    for one in new:
        if one.category:
            groups.setdefault((one.category, places.get(one.unit_id or 0, "")), []).append(one)
    again = sorted((group for group in groups.items() if len(group[1]) > 1), key=lambda group: -len(group[1]))
    rows: list[tuple[Cell, ...]] = [
        (complaints.category_name(category), place, len(found),
         next((said[one.number] for one in reversed(found) if one.number in said), _("none agreed")))
        for (category, place), found in again
    ]  # fmt: skip
    return Table(_("Coming back"), (_("Class"), _("Building"), _("Count"), _("Prevention")), rows, bar=2)


def _requests(session: Session, span: Period) -> Table:
    """Requests of the period by sort, answered, and suggestions adopted (REQ-6, RPT-10)."""
    found = reading.requests(session, span)
    rows: list[tuple[Cell, ...]] = []
    for sort in requests.SORTS:
        ours = [one for one in found if one.sort == sort]
        answered = sum(one.replied_at is not None for one in ours)
        adopted = sum(one.decision == "adopted" for one in ours)
        if ours:
            rows.append((requests.sort_name(sort), len(ours), answered, adopted))
    return Table(_("Requests and suggestions"), (_("Sort"), _("Count"), _("Answered"), _("Adopted")), rows)


def _urgent(session: Session, calendar: Calendar, span: Period, new: list[Complaint]) -> Table:
    """Major complaints and emergencies, which are reported every day (CMP-18, RPT-13)."""
    at: Callable[[datetime], str] = lambda moment: moments.shown(moment, calendar)  # noqa: E731
    rows: list[tuple[Cell, ...]] = [
        (one.number, at(one.received_at), emergency_name(one.kind), f"{one.place} {one.what}")
        for one in reading.emergencies(session, span)
    ]
    rows += [
        (one.number, at(one.received_at), complaints.reason_name(one.grade_reason), one.what)
        for one in new
        if one.grade == "major"
    ]
    return Table(_("Emergencies and major complaints"), (_("Record"), _("Received"), _("Why"), _("Matter")), rows)
