"""An act: one thing a person does at the desk. One transaction, one instant, one operator, all or nothing."""

import socket
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any, ClassVar

from sqlmodel import Session

from data.clocks import Holiday
from data.journal import JournalEntry, RequestDone, Setting
from data.kept import from_micros
from data.operators import Operator
from data.store import site_files
from data.store.relied import rely_on_all
from data.store.store import Store
from data.words import N_
from desk import journal, reading, site, timekeeping
from desk.calendar import Calendar
from desk.ground import numbers
from desk.ground.refusals import AlreadyDone, NotAllowed, SigninRefused
from desk.ground.wallclock import wall_clock
from desk.reading import UNSEEN
from desk.standards import promises
from desk.systems import HEEDED, may
from desk.timekeeping import Doubt, Timekeeper
from desk.view import View

SYSTEM = "desk"
NEWEST_AT = "SELECT at FROM journal ORDER BY number DESC LIMIT 1"
Now = Callable[[], datetime]


@dataclass
class Act(View):
    """What a procedure works with: a view in which things change, and what it leaves in the journal."""

    operator: Operator
    workstation: str = ""
    # Whoever sits at the desk, where somebody else signs this act.
    writer: str = ""
    keeps: ClassVar[bool] = False
    _last: JournalEntry | None = field(default=None)
    _before: JournalEntry | None = field(default=None)

    def require(self, verb: str) -> None:
        """Refuse unless the operator's roles may do this, as the store says now."""
        if self.operator.code != SYSTEM and not may(self.operator.roles, verb):
            raise NotAllowed(N_("Your role may not do this; ask somebody whose post it is to sign."))

    def number(self, system: str) -> str:
        """The next number on paper of a system, by the site's own year."""
        return numbers.next_number(self.session, system, self.calendar.local(self.now).year)

    def record(
        self, verb: str, record: str = "", subject: str = "", *, by_itself: bool = False, **facts: object
    ) -> JournalEntry:
        """Leave the act's entry in the journal; the clocks follow it, and what other systems do upon it.

        Args:
            verb: "system.verb", such as "complaints.refer".
            record: the number of the record concerned.
            subject: what the queue shows of it; kept on the clock only.
            by_itself: a rule did it, not the person at the desk.
            facts: states, numbers and ISO instants; no personal data.
        """
        facts = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in facts.items() if v is not None}
        entry = journal.append(
            self.session,
            self.store.keys.journal,
            at=self.now,
            operator=SYSTEM if by_itself else self.operator.code,
            workstation=self.workstation,
            verb=verb,
            record=record,
            facts=facts,
            before=self._last or self._before,
        )
        promises.follow(
            self.session,
            entry,
            facts,
            subject=subject,
            standards=self.standards,
            choices=self.choices,
            calendar=self.calendar,
        )
        self._last = entry
        for place in HEEDED.get(verb, ()):
            module, _colon, name = place.partition(":")
            getattr(import_module(module), name)(self, record, facts)
        return entry


class Desk:
    """An open desk: a store, a clock, a workstation, and whoever is signed in.

    Args:
        store: the open store.
        now: reads the time; tests hand in their own.
        steady: seconds of a clock that nobody sets; the machine's own beside the machine's time.
        workstation: the name of this machine.
    """

    def __init__(
        self, store: Store, now: Now = wall_clock, workstation: str = "", steady: Callable[[], float] | None = None
    ) -> None:
        self.store, self.now = store, now
        self.time = Timekeeper(store.path, now, steady)
        # Whoever may read the file may read what is in it, until somebody signs in: the command line's reads.
        self.open_to_file = False
        self.workstation = workstation or socket.gethostname()[:40]
        self.operator: str | None = None
        self._memory: dict[Hashable, tuple[int, Any]] = {}

    @contextmanager
    def act(self, *, operator: str | None = None, request: str = "", confirm_time: bool = False) -> Iterator[Act]:
        """One act of the signed-in operator, or of a signer named for this act only.

        Args:
            operator: code of somebody whose secret was checked just now.
            request: id of the form behind it; the same id is never committed twice.
            confirm_time: a leader says that the machine's time is right although it is doubted.

        Raises:
            AlreadyDone, TimeDoubted, NotAllowed, SigninRefused, StoreProblem.
        """
        code = operator or self.operator
        with self.store.writing() as session:
            rely_on_all(session, Operator, Setting, Holiday)
            who = session.get(Operator, code) if code else None
            if who is None or who.disabled:
                raise SigninRefused(N_("This operator may no longer work here: sign in again."))
            if request:
                _refuse_repeat(session, request)
            before = journal.last_entry(session)
            last_at = before.at if before is not None else None
            writer = self.operator or who.code
            act = Act(self.store, session, self.now(), who, workstation=self.workstation, writer=writer, _before=before)
            if not confirm_time:
                if (doubt := timekeeping.doubt(act.now, self.time, last_at, act.chosen)) is not None:
                    raise doubt.refusal(act.calendar)
                act.now = max(act.now, last_at or act.now)
            yield act
            last = act._last
            if request and last is not None:
                session.add(RequestDone(id=request, journal_number=last.number, record=last.record))
        if last is not None:
            self.store.save_head(last.number, last.digest)
            self.time.believe(confirmed=confirm_time)
            if last.system == "site":
                site_files.forget()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One short read, of what whoever is at the desk may read."""
        with self.store.reading() as session:
            known = session.info.get(reading.READER)
            if known is None or known.operator != self.operator:
                session.info[reading.READER] = reading.Reader(self.operator, self.open_to_file, self._memory)
            yield session

    @contextmanager
    def look(self) -> Iterator[View]:
        """One short view, for rules that are asked: as the operator at the desk sees the store now."""
        with self.read() as session:
            who = session.get(Operator, self.operator) if self.operator else None
            yield View(self.store, session, self.now(), who)

    def doubt(self) -> Doubt | None:
        """Why the machine's time is not believed now; None where it is."""
        last = self.store.ask(NEWEST_AT)
        return timekeeping.doubt(self.now(), self.time, from_micros(last[0][0]) if last else None, self._chosen)

    def _chosen(self, rule: str) -> str:
        with self.look() as view:
            return view.chosen(rule)

    def snapshot(self) -> AbstractContextManager[None]:
        """Within it everything is read at one instant of the store: a record is shown as it stood, not as it became."""
        return self.store.snapshot()

    def calendar(self) -> Calendar:
        """The site's calendar."""
        with self.read() as session:
            return reading.kept(session, "calendar", lambda: site.calendar(session))

    def may(self, verb: str) -> bool:
        """Whether whoever is at the desk may do this, as the store says now."""
        if self.operator is None:
            return self.open_to_file
        roles = self.store.ask(reading.ROLES, self.operator)
        return bool(roles) and may(roles[0][0], verb)

    def require(self, verb: str) -> None:
        """Refuse what the role of whoever is at the desk may not see."""
        if not self.may(verb):
            raise NotAllowed(UNSEEN)

    def ask(self, verb: str, sql: str, **values: object) -> Sequence[Any]:
        """The rows of one hot question, for whom this act is allowed."""
        self.require(verb)
        return self.store.ask(sql, **values)


def _refuse_repeat(session: Session, request: str) -> None:
    done = session.get(RequestDone, request)
    if done is not None:
        problem = AlreadyDone(N_("This was saved already as {record}."), record=done.record)
        problem.record = done.record
        raise problem
