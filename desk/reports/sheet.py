"""A sheet put together: one document for the screen, the PDF and the spreadsheet (RPT-6 to RPT-10, RPT-13, RPT-14)."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from sqlmodel import Session

from data.cases import Complaint
from data.reports import ClosedSheet
from data.words import _, language
from desk import cases, choices, complaints, journal, requests, site
from desk.act import Desk
from desk.calendar import Calendar, moments
from desk.contacts import intake
from desk.emergencies import emergency_name
from desk.ground import left
from desk.ground.channels import channel_name
from desk.paper.document import Cell, Document, Table
from desk.reports import balance, by_day, closed, kept, mended, past, reading, visited
from desk.reports import signed as signed_below
from desk.reports.counted import Count, Find, grouped
from desk.reports.periods import Period, closed_record
from desk.rounds.lived import lived_in

LONG_OPEN = timedelta(days=30)
MOST_BREACHES = 60
# So many parts of a sheet are shown one by one as they are read; the rest comes with the whole.
TOP = 2


def document(desk: Desk, span: Period) -> Document:
    """The sheet of a period, with the journal's head, so that a cut-off tail is noticed; a closed month as signed."""
    *_parts, whole = growing(desk, span)
    return whole


def growing(desk: Desk, span: Period) -> Generator[Document, None, None]:
    """The sheet of a period while it is put together: what stands on top first, the whole sheet last.

    Of a closed month, first what was signed.
    """
    calendar, now = desk.calendar(), desk.now()
    desk.require("reports.read")
    with desk.read() as session:
        name, head = site.setting(session, "site.name"), journal.last_entry(session)
        foot = f"{head.number} {head.digest}" if head else ""

        below = signed_below.of(session, calendar, span)

        def sheet(shown: list[Table]) -> Document:
            return Document(
                span.name,
                name,
                moments.shown(now, calendar),
                texts=below.texts,
                tables=shown,
                signatures=below.signatures,
                foot=foot,
            )

        record = closed_record(span.kind, span.first)
        signed = session.get(ClosedSheet, record) if span.kind in ("month", "year") else None
        if signed is not None:
            yield sheet(closed.signed(signed))
        shown: list[Table] = []
        for place, more in enumerate(_parts(session, calendar, desk.store.path, span, now)):
            shown += more
            desk.store.let_others_write(session)
            if signed is None and place < TOP:
                yield sheet(list(shown))
        yield sheet(shown if signed is None else closed.tables(signed, shown))


def tables(session: Session, calendar: Calendar, store: Path, span: Period, now: datetime) -> list[Table]:
    """The tables of a sheet that say anything."""
    return [table for part in _parts(session, calendar, store, span, now) for table in part]


def _parts(session: Session, calendar: Calendar, store: Path, span: Period, now: datetime) -> Iterator[list[Table]]:
    """The tables of a sheet that say anything, in the order in which they stand on it; what takes longest comes last.

    Everything is as it was at the end of the period, or now while it runs: a sheet of a day that is over never changes.
    """
    end = min(span.end, now + timedelta(microseconds=1))
    new = past.standings(session, reading.received(session, span, end), end)
    matters = reading.some(session, list(new))
    closings, again = past.ends(session, span.begin, end)
    done = past.standings(session, list(reading.some(session, [number for number, _at in closings]).values()), end)
    # What comes in while the sheet is read belongs to the next one.
    until = replace(span, end=end)
    visits = reading.visits_made(session, until)
    # Whoever opens a sheet wants to know first whether what was promised was kept.
    yield [_rates(session, calendar, store, span, end, new, visits)]
    yield [_movement(session, calendar, span, end, new, closings, again)]
    works = balance.events(session, span.begin, end, *mended.VERBS, "quality.judge", "quality.claim")
    rest: tuple[Callable[[], Sequence[Table]], ...] = (
        lambda: [by_day.table(session, calendar, span, end, works, closings)] if span.kind == "week" else [],
        lambda: [*_contacts(session, until), *_by(session, new)],
        lambda: [_times(session, calendar, new, done, end), _promises(session, span, end)],
        lambda: [_breaches(session, calendar, span, end), _visits(visits), _recurring(session, new, end)],
        lambda: [_requests(session, until, end), _urgent(session, calendar, until, new, matters, works, end)],
        lambda: mended.tables(session, calendar, span, end, works),
        lambda: balance.tables(session, span, end, works),
        lambda: visited.tables(session, calendar, store, span, end, works, visits),
    )
    for make in rest:
        yield [table for table in make() if table.rows]


Standings = Mapping[str, past.Standing]


def _movement(
    session: Session,
    calendar: Calendar,
    span: Period,
    end: datetime,
    new: Standings,
    closings: past.Dated,
    again: past.Dated,
) -> Table:
    """Carried over, new, opened again, closed, open; what came in and was carried over went out or is open (OUT-7)."""
    carried, left = past.open_at(session, span.begin), past.open_at(session, end)
    year = calendar.midnight(span.first.replace(month=1, day=1))
    whole = len(carried) + len(new) + len(again)
    stood = new.values()

    def those(holds: Callable[[past.Standing], bool]) -> Count:
        return Count.of(one.number for one in stood if holds(one))

    return Table(
        _("Complaints"),
        (_("Measure"), _("Count")),
        [
            (_("carried over"), Count.of(one.number for one in carried)),
            (_("new"), Count.of(new)),
            (_("opened again"), Count.of(record for record, _at in again)),
            (_("closed"), Count.of(record for record, _at in closings)),
            (_("still open"), Count.of(one.number for one in left)),
            (_("completion %"), _share(len(closings), whole)),
            (_("this year so far"), reading.count_received(session, year, end)),
            (_("open longer than a month"), Count.of(one.number for one in left if one.received_at < end - LONG_OPEN)),
            (_("major"), those(lambda one: one.grade == "major")),
            (_("valid"), those(lambda one: one.nature == "valid")),
            (_("invalid"), those(lambda one: one.nature == "invalid")),
            (_("not judged yet"), those(lambda one: not one.nature)),
        ],
    )


def _share(part: int, whole: int) -> Cell:
    return round(100 * part / whole, 1) if whole else "–"


def _rates(
    session: Session,
    calendar: Calendar,
    store: Path,
    span: Period,
    end: datetime,
    new: Standings,
    visits: Sequence[reading.Made],
) -> Table:
    """Rates with what they are divided by, beside their targets (N-1, N-7, N-8; RV-8, RV-24, RV-35, RV-39)."""

    def target(rule: str) -> str:
        return choices.value_at(session, store, rule, end)

    visited, due = kept.return_visits(session, span, end)
    made = [one for one in visits if one.reached]
    happy = sum(one.satisfied == "yes" for one in made)
    valid = sum(one.nature == "valid" for one in new.values())
    answered = sum(one.answered for one in new.values())
    base_name = target("N-8-base")
    base = (
        len(lived_in(session, calendar.local(end - timedelta(seconds=1)).date(), known=end))
        if base_name.startswith("occupied")
        else len(reading.contacts(session, replace(span, end=end)))
    )
    replies = reading.first_replies(session, list(new.values()), end)
    counted = kept.promises(session, span, end)
    whole, missed = sum(one.due for one in counted), sum(one.missed for one in counted)
    return Table(
        _("Rates"),
        (_("Rate"), "%", _("Of"), _("Target")),
        [
            (_("return visits made, of those that fell due"), _share(visited, len(due)), Count.of(due), target("N-1")),
            (_("satisfied, of visits made"), _share(happy, len(made)), Count.of(one.number for one in made), ""),
            (_("answered, of complaints received"), _share(answered, len(new)), Count.of(new), ""),
            (_("valid complaints, of {base}", base=_base_name(base_name)), _share(valid, base), base, target("N-8")),
            (_("first reply given, of complaints received"), _share(len(replies), len(new)), Count.of(new), ""),
            (_("promises kept in time, of those due"), _share(whole - missed, whole), whole, "100 %"),
        ],
        bar=1,
        target=3,
    )


def _base_name(value: str) -> str:
    return _("occupied households") if value.startswith("occupied") else _("contacts taken")


def _contacts(session: Session, span: Period) -> list[Table]:
    rows = reading.contacts(session, span)
    kinds = grouped((intake.kind_name(kind), number) for number, _channel, kind in rows)
    channels = grouped((channel_name(channel), number) for number, channel, _kind in rows)
    return [
        Table(_("Contacts by kind"), (_("Kind"), _("Count")), kinds, bar=1, parts=True),
        Table(_("Contacts by way"), (_("How"), _("Count")), channels, bar=1, parts=True),
    ]


def _by(session: Session, new: Standings) -> list[Table]:
    """Complaints received, by class, grade, department and building."""
    places = reading.buildings(session)
    ways: tuple[tuple[str, str, Callable[[past.Standing], str]], ...] = (
        (_("By class"), _("Class"), lambda one: complaints.category_name(one.category) or _("no class")),
        (
            _("By grade"),
            _("Grade"),
            lambda one: complaints.grade_name(one.grade) or complaints.nature_name(one.nature) or _("not judged yet"),
        ),
        (_("By department"), _("Department"), lambda one: cases.department_name(one.department) or _("not passed on")),
        (_("By building"), _("Building"), lambda one: places.get(one.unit_id or 0, _("elsewhere"))),
    )
    return [
        Table(title, (head, _("Count")), grouped((name(one), one.number) for one in new.values()), bar=1, parts=True)
        for title, head, name in ways
    ]


def _times(session: Session, calendar: Calendar, new: Standings, done: Standings, end: datetime) -> Table:
    """Hours on duty to the first reply and to the solution."""
    replies = reading.first_replies(session, list(new.values()), end)
    to_reply = [
        reading.business_hours(calendar, one.received_at, replies[one.number])
        for one in new.values()
        if one.number in replies
    ]
    to_solve = [
        reading.business_hours(calendar, one.received_at, one.settled_at) for one in done.values() if one.settled_at
    ]
    rows = [_spread(_("to the first reply"), to_reply), _spread(_("to the solution"), to_solve)]
    headings = (_("Hours on duty"), _("Count"), _("Middle"), _("Longest"))
    return Table(_("Times"), headings, [row for row in rows if row[1]])


def _spread(name: str, hours: Sequence[float]) -> tuple[Cell, ...]:
    return (name, len(hours), round(median(hours), 2), round(max(hours), 2)) if hours else (name, 0, "–", "–")


def _promises(session: Session, span: Period, end: datetime) -> Table:
    counted = sorted(kept.promises(session, span, end), key=lambda one: -one.missed)
    name = "name_zh" if language() == "zh" else "name_en"
    return Table(
        _("Promises that fell due"),
        (_("Promise"), _("Due"), _("Missed"), _("In time %")),
        [
            (
                getattr(one, name),
                Count.asked(one.due, _due_of(span, end, one.rule, missed=False)),
                Count.asked(one.missed, _due_of(span, end, one.rule, missed=True)),
                _share(one.due - one.missed, one.due),
            )
            for one in counted
        ],
        bar=2,
    )


def _due_of(span: Period, end: datetime, rule: str, *, missed: bool) -> Find:
    return lambda session: kept.records(session, span, end, rule, missed=missed)


def _breaches(session: Session, calendar: Calendar, span: Period, end: datetime) -> Table:
    """What was missed, how late it was by then, and the reason written down; none is shown as none."""
    rows: list[tuple[Cell, ...]] = []
    missed = kept.breaches(session, span, end, MOST_BREACHES + 1)
    for one in missed[:MOST_BREACHES]:
        due, late = moments.shown(one.due_at, calendar), left.in_words(one.late)
        rows.append((one.clock.record, left.clock_name(one.clock), due, late, one.reason or _("no reason written")))
    if len(missed) > MOST_BREACHES:
        more = sum(one.missed for one in kept.promises(session, span, end)) - MOST_BREACHES
        rows.append(("…", _("{count} more, of later", count=more), "", "", ""))
    return Table(_("Missed"), (_("Record"), _("Promise"), _("Due"), _("Late by"), _("Reason")), rows)


def _visits(made: Sequence[reading.Made]) -> Table:
    """Attempts and visits made in the period."""
    reached = [one for one in made if one.reached]
    rows: list[tuple[Cell, ...]] = [
        (_("made"), Count.of(one.number for one in reached)),
        (_("reached nobody"), Count.of(one.number for one in made if not one.reached)),
        (_("satisfied"), Count.of(one.number for one in reached if one.satisfied == "yes")),
        (_("not satisfied"), Count.of(one.number for one in reached if one.satisfied == "no")),
    ]
    return Table(_("Return visits"), (_("Measure"), _("Count")), rows if made else [])


def _recurring(session: Session, new: Standings, end: datetime) -> Table:
    """The same class in the same building more than once, with the prevention agreed (CMP-16, RPT-14)."""
    places, said = reading.buildings(session), reading.prevention(session, list(new.values()), end)
    groups: dict[tuple[str, str], list[past.Standing]] = {}
    for one in new.values():
        if one.category:
            groups.setdefault((one.category, places.get(one.unit_id or 0, "")), []).append(one)
    again = sorted((group for group in groups.items() if len(group[1]) > 1), key=lambda group: -len(group[1]))
    rows: list[tuple[Cell, ...]] = [
        (
            complaints.category_name(category),
            place,
            Count.of(one.number for one in found),
            next((said[one.number] for one in reversed(found) if one.number in said), _("none agreed")),
        )
        for (category, place), found in again
    ]
    return Table(_("Coming back"), (_("Class"), _("Building"), _("Count"), _("Prevention")), rows, bar=2)


def _requests(session: Session, span: Period, end: datetime) -> Table:
    """Requests of the period by sort, answered, and suggestions adopted (REQ-6, RPT-10)."""
    found = reading.requests(session, span)
    numbers = [one.number for one in found]
    answered = past.answered_requests(session, numbers, end)
    sorts = past.last_said(session, numbers, end, "requests", "sort")
    rows: list[tuple[Cell, ...]] = []
    for sort in requests.SORTS:
        ours = [one for one in found if (sorts.get(one.number) or one.sort) == sort]
        adopted = [one for one in ours if one.decision == "adopted" and one.decided_at and one.decided_at < end]
        told = [one for one in ours if one.number in answered]
        if ours:
            counts = (Count.of(one.number for one in found) for found in (ours, told, adopted))
            rows.append((requests.sort_name(sort), *counts))
    return Table(_("Requests and suggestions"), (_("Sort"), _("Count"), _("Answered"), _("Adopted")), rows)


def _urgent(
    session: Session,
    calendar: Calendar,
    span: Period,
    new: Standings,
    matters: Mapping[str, Complaint],
    works: balance.Events,
    end: datetime,
) -> Table:
    """Major complaints and emergencies, which are reported every day (CMP-18, RPT-13)."""
    at: Callable[[datetime], str] = lambda moment: moments.shown(moment, calendar)  # noqa: E731
    taken = reading.emergencies(session, span)
    kinds = past.last_said(session, [one.number for one in taken], end, "emergencies", "kind")
    rows: list[tuple[Cell, ...]] = [
        (one.number, at(one.received_at), emergency_name(kinds.get(one.number) or one.kind), f"{one.place} {one.what}")
        for one in taken
    ]
    rows += [
        (one.number, at(one.received_at), complaints.reason_name(one.reason), matters[one.number].what)
        for one in new.values()
        if one.grade == "major"
    ]
    rows += [
        (number, moments.shown(moment, calendar), _("compensation claimed"), words)
        for number, moment, words in reading.claims(session, works)
    ]
    return Table(_("Emergencies and major complaints"), (_("Record"), _("Received"), _("Why"), _("Matter")), rows)
