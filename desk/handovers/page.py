"""The page of a post as it stands now: what runs, is late, waits, was promised, is out (DUT-3, DUT-10)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from data.cases import WAITS, Contact, Emergency, Repair
from data.clocks import Clock
from data.duty import Handover, HandoverMark, PostEntry
from data.passes import Pass
from data.rounds import PlannedVisit
from data.words import LANGUAGES, language, named, speaking
from desk import cases, reading
from desk.calendar import moments
from desk.duty import cover
from desk.duty import terms as duty
from desk.ground.roles import DESK
from desk.handovers import terms
from desk.repairs import board
from desk.repairs.terms import CAUSES
from desk.repairs.terms import SYSTEM as REPAIRS
from desk.rounds.terms import KINDS as VISITS
from desk.view import View

MOST = 2000


@dataclass(frozen=True)
class Line:
    """One record that concerns whoever comes next.

    kind: a key of KINDS; about: what it is, as it was typed; names: what the program calls it, by language, for whoever
    reads it later; until: when; standing: what must change for the line to have moved.
    mark, words: what the outgoing says of it; same: at how many handovers in a row it stands unmoved, this
    one counted; later: it came after the page was offered; seen: the codes of who opened it before taking over.
    """

    record: str
    system: str
    kind: str
    about: str
    until: str = ""
    standing: str = ""
    mark: str = "1"
    words: str = ""
    same: int = 1
    seen: tuple[str, ...] = ()
    later: bool = False
    names: dict[str, str] = field(default_factory=dict)

    @property
    def matter(self) -> str:
        """What it is, in the reader's language."""
        return self.in_words(language())

    def in_words(self, tongue: str) -> str:
        """What it is, in a language."""
        return " ".join(filter(None, ("＋" if self.later else "", self.about, self.names.get(tongue, ""))))


def _names(name: Callable[[], str]) -> dict[str, str]:
    """What the program calls something, in every language."""
    found = {}
    for tongue in LANGUAGES:
        with speaking(tongue):
            found[tongue] = name()
    return found


def lines(view: View, post: str) -> list[Line]:
    """What stands on the page of a post, one line a record, what is said of first, then by KINDS."""
    found: dict[str, Line] = {}
    for line in _all(view, post):
        found.setdefault(line.record, line)
    marks = {one.record: one for one in view.session.exec(select(HandoverMark).where(HandoverMark.post == post))}
    before = {line.record: line for line in of(last_taken(view, post))}
    done = []
    for line in found.values():
        old, said = before.get(line.record), marks.get(line.record)
        same = old.same + 1 if old is not None and old.standing == line.standing else 1
        mark, words = (said.mark, said.words) if said is not None else (line.mark, line.words)
        done.append(replace(line, same=same, mark=mark, words=words))
    order = list(terms.KINDS)
    # What is said of comes first, then what moved since the last handover.
    return sorted(done, key=lambda one: (-int(one.mark), order.index(one.kind), one.same > 1))


def _all(view: View, post: str) -> Iterator[Line]:
    end = cover.next_ends(view, post)
    yield from _emergencies(view)
    if post == duty.DESK and not reading.may(view.session, "contacts.read"):
        return
    if post == duty.DESK:
        yield from _carried(view)
        yield from _events(view, "")
        yield from _promises(view, end)
        yield from _appointments(view, end)
        yield from _passes(view, ("hold",), "hold")
        yield from _waiting(view)
        yield from _late_repairs(view)
    else:
        yield from _events(view, post)
        yield from _passes(view, ("hold",), "hold")
        yield from _passes(view, ("sealed",), "pass", end)


def _emergencies(view: View) -> Iterator[Line]:
    query = select(Emergency).where(col(Emergency.state).in_(cases.RUNNING)).limit(MOST)
    for one in view.session.exec(query):
        yield Line(one.number, "emergencies", "emergency", f"{one.place} {one.what}", "", one.state)


def _carried(view: View) -> Iterator[Line]:
    """What was taken and must become an order or a record on the next duty day (DUT-6, DUT-7)."""
    found = list(view.session.exec(select(Contact).where(WAITS).order_by(col(Contact.number)).limit(MOST)))
    running = select(Clock.record, Clock.due_at).where(
        col(Clock.record).in_([one.number for one in found]), col(Clock.ended_at).is_(None)
    )
    ends = {number: moments.shown(due, view.calendar, view.now) for number, due in view.session.exec(running)}
    for one in found:
        about = f"{cases.who_came(view.session, one)} {one.what}"
        yield Line(one.number, "contacts", "carried", about, ends.get(one.number, ""), one.carried)


def _events(view: View, post: str) -> Iterator[Line]:
    query = select(PostEntry).where(col(PostEntry.handled_at).is_(None)).order_by(col(PostEntry.number)).limit(MOST)
    for one in view.session.exec(query.where(PostEntry.post == post) if post else query):
        names = _names(partial(duty.post_name, one.post))
        yield Line(one.number, "postbook", "event", one.what, names=names)


def _promises(view: View, end: datetime) -> Iterator[Line]:
    """What the desk owes: late, or due before the next shift is over."""
    own = col(Clock.role).in_(sorted(DESK)) & col(Clock.system).not_in((duty.SYSTEM, terms.SYSTEM))
    yield from _running(view, own & (col(Clock.due_at) <= end))


def _late_repairs(view: View) -> Iterator[Line]:
    """Repairs that others are late with: the desk urges them (REP-2)."""
    yield from _running(view, (col(Clock.system) == REPAIRS) & (col(Clock.due_at) < view.now))


def _running(view: View, which: ColumnElement[bool]) -> Iterator[Line]:
    query = select(Clock).where(col(Clock.ended_at).is_(None), which)
    for one in view.session.exec(query.order_by(col(Clock.due_at), col(Clock.id)).limit(MOST)):
        kind = "late" if one.due_at < view.now else "due"
        until = moments.shown(one.due_at, view.calendar, view.now)
        names = {"en": one.name_en, "zh": one.name_zh}
        yield Line(one.record, one.system, kind, one.subject, until, f"{one.rule} {one.due_at}", names=names)


def _appointments(view: View, end: datetime) -> Iterator[Line]:
    ahead = col(Repair.appointment_at).between(view.now, end)
    for one in view.session.exec(select(Repair).where(ahead, col(Repair.state).in_(board.OPEN)).limit(MOST)):
        at = moments.shown(one.appointment_at, view.calendar, view.now)
        yield Line(one.number, "repairs", "appointment", f"{one.subject} {one.what}", at, at)
    soon = col(PlannedVisit.meet_at).between(view.now, end)
    for visit in view.session.exec(select(PlannedVisit).where(soon, PlannedVisit.state == "open").limit(MOST)):
        at = moments.shown(visit.meet_at, view.calendar, view.now)
        names = _names(partial(named, VISITS, visit.kind))
        yield Line(visit.number, "rounds", "appointment", visit.subject, at, at, names=names)


def _passes(view: View, states: tuple[str, ...], kind: str, end: datetime | None = None) -> Iterator[Line]:
    query = select(Pass).where(col(Pass.state).in_(states), Pass.valid_until >= view.now)
    query = query.where(Pass.moving_at <= end) if end is not None else query
    for one in view.session.exec(query.order_by(col(Pass.moving_at)).limit(MOST)):
        at = moments.shown(one.moving_at, view.calendar, view.now)
        yield Line(one.number, "passes", kind, f"{one.owner} → {one.destination}", at, one.state)


def _waiting(view: View) -> Iterator[Line]:
    query = select(Repair).where(Repair.waits_for != "", col(Repair.state).in_(board.OPEN)).limit(MOST)
    for one in view.session.exec(query):
        until = moments.shown(one.waits_until, view.calendar, view.now)
        names = _names(partial(named, CAUSES, one.waits_for))
        yield Line(
            one.number, "repairs", "waiting", one.subject, until, f"{one.waits_for} {until}", names=names
        )  # fmt: skip
    for one in board.papers_out(view.session)[:MOST]:
        yield Line(one.number, "repairs", "paper", f"{one.subject} {one.worker}", "", "")


def last_taken(view: View, post: str) -> Handover | None:
    """The handover of a post that was signed last, with its lines; covering over lunch has none."""
    return cover.last_taken(view, post, "shift")


def of(handover: Handover | None) -> list[Line]:
    """The lines of a handover as they stood when it was offered."""
    return (
        [Line(**{**one, "seen": tuple(one["seen"])}) for one in json.loads(handover.body)]
        if handover is not None and handover.body
        else []
    )


def is_open(session: Session, handover: Handover) -> bool:
    """Whether whoever reads may see what was said: the desk's words are the guards' once it was handed to them."""
    guards = handover.post != duty.DESK or (handover.goes_to == "guards" and handover.state in ("offered", "taken"))
    return guards or reading.may(session, "contacts.read")


def shown(session: Session, handover: Handover) -> list[Line]:
    """The lines of a handover as whoever reads may see them."""
    return of(handover) if is_open(session, handover) else []


def written(found: list[Line]) -> str:
    """Some lines as a handover keeps them."""
    return json.dumps([asdict(line) for line in found], ensure_ascii=False)
