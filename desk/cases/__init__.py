"""The one life that complaints, requests and repairs share: register, pass on, reply, close."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from data.cases import CaseBase, CaseNote, Contact
from data.cleaning import clean
from data.clocks import Clock
from data.directory import Person, Unit
from data.tables import Record, Value, Where, model, series
from data.words import N_, named
from desk import reading
from desk.act import Act
from desk.ground import numbers, texts
from desk.ground.refusals import Invalid, NotFound, Refused, StateChanged
from desk.ground.roles import DEPARTMENTS
from desk.view import View

# What stands between numbers that are typed in a row.
_BETWEEN = re.compile(r"[,，;；、]")
Case = TypeVar("Case", bound=CaseBase)
Row = TypeVar("Row", bound=SQLModel)
STATES = {
    "open": N_("open"),
    "ordered": N_("order written"),
    "referred": N_("passed on"),
    "collected": N_("collected"),
    "on_site": N_("on site"),
    "finished": N_("finished"),
    "explained": N_("explained"),
    "appraised": N_("appraised"),
    "planned": N_("plan made"),
    "agreed": N_("plan agreed"),
    "replied": N_("holding answer"),
    "answered": N_("answered"),
    "closed": N_("closed"),
    "archived": N_("filed"),
}
# A record in one of these states is over: only a return visit, prevention and filing are left.
OVER = ("closed", "archived")
# Those in which it is not, named one by one, so that the index of states answers.
RUNNING = tuple(state for state in STATES if state not in OVER)
# What an entry says of its record, so that the clocks it starts know it.
STANDING = ("first_asked", "received_at", "department", "sort")
LATEST_PROMISE = timedelta(days=366)


def register(
    act: Act,
    table: type[Case],
    *,
    contact: Contact,
    what: str,
    subject: str,
    promised_at: datetime | None,
    facts: Mapping[str, Value] | None = None,
    **columns: Value,
) -> Case:
    """Open a record for a contact; the one who was first asked stays answerable (ROL-12, CMP-48).

    Args:
        facts: what else the entry says, for the clocks it starts.
        columns: what a system's own table keeps of it.
    """
    system = series(table)
    verb = f"{system}.register"
    act.require(verb)
    case = table(
        number=act.number(system),
        contact=contact.number,
        channel=contact.channel,
        unit_id=contact.unit_id,
        person_id=contact.person_id,
        subject=subject,
        what=texts.needed(what, "what"),
        first_asked=act.operator.code,
        received_at=act.now,
        promised_at=promised_at,
        **columns,
    )
    act.session.add(case)
    act.session.flush()
    enter(
        act,
        verb,
        case,
        contact=contact.number,
        channel=contact.channel,
        promised="yes" if promised_at else "no",
        promised_at=promised_at,
        **(facts or {}),
    )
    return case


def enter(act: Act, verb: str, case: CaseBase, *, by_itself: bool = False, **facts: object) -> None:
    """Leave a record's entry with what its clocks need to know of it: first asked, received, department."""
    standing = {name: value for name in STANDING if (value := getattr(case, name, ""))}
    act.record(verb, case.number, f"{case.subject} {case.what}", by_itself=by_itself, **{**standing, **facts})


def get(session: Session, system: str, number: str) -> Record:
    """One record of a system; refuses an unknown number."""
    return _find(session, model(system), number)


def _find(session: Session, table: type[Row], number: str) -> Row:
    case = session.get(table, clean(number).upper())
    if case is None:
        raise NotFound(N_("There is no record {number}."), field="number", number=number)
    return case


def why_not_open(_view: View, case: CaseBase) -> Refused | None:
    """What is closed goes no further."""
    return StateChanged(N_("{number} is closed already."), number=case.number) if case.state in OVER else None


def get_ready(act: Act, table: type[Row], number: str, why_not: Callable[[View, Row], Refused | None]) -> Row:
    """One record that is ready for a step; raises what the step's rule says against it."""
    case = _find(act.session, table, number)
    if (refused := why_not(act, case)) is not None:
        raise refused
    return case


def get_all_ready(
    act: Act, table: type[Case], number: str, others: str, why_not: Callable[[View, Case], Refused | None]
) -> list[Case]:
    """A record and others that the same signature takes a step further; all of them are ready, or none is taken.

    Args:
        others: further numbers, or the last digits of open ones, with blanks or commas between.

    Raises:
        Invalid: at "others", with which of them is not ready and why; else what the rule says of the first.
    """
    found: list[Case] = []
    typed = [number, *_BETWEEN.sub(" ", others).split()]
    for one in dict.fromkeys(clean(each).upper() for each in typed):
        try:
            found.append(get_ready(act, table, meant(act.session, table, one) if found else one, why_not))
        except Refused as refused:
            if not found:
                raise
            raise Invalid(N_("{number}: {why}"), field="others", number=one, why=str(refused)) from refused
    return found


def meant(session: Session, table: type[CaseBase], typed: str) -> str:
    """The number of the one open record whose last digits were typed; what was typed where it is none or several."""
    if session.get(table, typed) is not None or not any(char.isdecimal() for char in typed):
        return typed
    running = session.exec(select(table.number).where(col(table.state).in_(RUNNING)))
    found = [number for number in running if numbers.ends_so(number, typed)]
    return found[0] if len(found) == 1 else typed


def get_open(act: Act, table: type[Case], number: str) -> Case:
    """One record that is still open; refuses a closed one."""
    return get_ready(act, table, number, why_not_open)


def refer(act: Act, table: type[Case], *, number: str, department: str, note: str = "") -> Case:
    """Pass a record on to a department (CMP-47, REQ-1)."""
    verb = f"{series(table)}.refer"
    act.require(verb)
    case = get_open(act, table, number)
    if department not in DEPARTMENTS:
        raise Invalid(N_("Choose the department."), field="department")
    pass_on(act, case, department, texts.limited(note, "note"))
    enter(act, verb, case)
    show_department(act, case.number, department)
    return case


def pass_on(act: Act, case: CaseBase, department: str, note: str) -> None:
    """The department has it now; the note goes with it."""
    case.department, case.referred_at = department, act.now
    case.state = "referred" if case.state == "open" else case.state
    act.session.add(case)
    if note:
        write_down(act, case.number, "refer", note)


def show_department(act: Act, record: str, department: str) -> None:
    """Let the running promises of a record name the department that has it."""
    act.session.flush()
    for clock in act.session.exec(select(Clock).where(Clock.record == record, col(Clock.ended_at).is_(None))).all():
        timer = act.standards.timers.get(clock.rule)
        if timer is None or not timer.needs:
            clock.department = department
            act.session.add(clock)


def write_down(act: Act, number: str, kind: str, text: str) -> None:
    """Keep what was said about a record; a later text never takes the place of an earlier one."""
    act.session.add(CaseNote(number=number, at=act.now, operator=act.operator.code, kind=kind, text=text))


def notes_of(session: Session, number: str) -> list[CaseNote]:
    """Everything said about a record, oldest first."""
    return list(session.exec(select(CaseNote).where(CaseNote.number == number).order_by(col(CaseNote.id))))


def reply(act: Act, table: type[Case], *, number: str, text: str) -> Case:
    """Answer the customer and stamp the time (CMP-51, REQ-5)."""
    verb = f"{series(table)}.reply"
    act.require(verb)
    case = get_open(act, table, number)
    stamp_reply(act, case, text)
    case.state = "answered"
    enter(act, verb, case)
    return case


def stamp_reply(act: Act, case: CaseBase, text: str) -> None:
    """Keep what the customer was told, and when."""
    case.reply, case.replied_at = texts.needed(text, "text"), act.now
    act.session.add(case)
    write_down(act, case.number, "reply", case.reply)


def promise(act: Act, table: type[Case], *, number: str, promised_at: datetime, text: str) -> Case:
    """Explain to the customer what cannot be solved yet and fix the next reply; its own clock runs (CMP-21, INT-11).

    Args:
        promised_at: aware instant of the next reply; it takes the place of one agreed before.
        text: what was explained.

    Raises:
        Invalid: at the field that is wrong; StateChanged: the record is closed.
    """
    verb = f"{series(table)}.promise"
    act.require(verb)
    case = get_open(act, table, number)
    text = texts.needed(text, "text")
    if not act.now < promised_at <= act.now + LATEST_PROMISE:
        raise Invalid(N_("The next reply lies ahead, and within a year."), field="promised_at", clause="CMP-21")
    write_down(act, case.number, "promise", text)
    enter(act, verb, case, promised_at=promised_at)
    return case


def why_not_close(view: View, case: CaseBase) -> Refused | None:
    """Nothing is closed without an answer to the customer (CMP-21, INT-21)."""
    if (closed := why_not_open(view, case)) is not None:
        return closed
    if case.replied_at is None:
        return StateChanged(N_("The customer has had no answer yet: reply first, then close."), clause="CMP-21")
    return None


def close(act: Act, table: type[Case], *, number: str, outcome: str, **facts: Value) -> Case:
    """Close a record; never without an answer to the customer (CMP-21, INT-21)."""
    verb = f"{series(table)}.close"
    act.require(verb)
    case = get_ready(act, table, number, why_not_close)
    case.outcome, case.closed_at, case.state = texts.needed(outcome, "outcome"), act.now, "closed"
    act.session.add(case)
    enter(act, verb, case, by_itself=False, **facts)
    return case


def page(
    session: Session, system: str, *, before: str = "", state: str = "", where: Where = None, limit: int = 200
) -> list[Record]:
    """A page of the register, newest first; `where` is what a search asks for (see `desk.looking`)."""
    table = model(system)
    query = select(table).order_by(col(table.number).desc()).limit(limit)
    if where is not None:
        query = query.where(where)
    if before:
        query = query.where(table.number < before)
    if state:
        query = query.where(table.state == state)
    return list(session.exec(query))


def caller_number(session: Session, number: str) -> str:
    """The number from the display of a contact, to ring back on, or "", also for whom contacts are not."""
    contact = session.get(Contact, number) if reading.may(session, "contacts.read") else None
    return contact.caller_number if contact else ""


def who_came(session: Session, contact: Contact) -> str:
    """Room and name of whoever came or called, or the stranger's name."""
    unit = session.get(Unit, contact.unit_id) if contact.unit_id else None
    person = session.get(Person, contact.person_id) if contact.person_id else None
    return " ".join(filter(None, (unit.label if unit else "", person.name if person else contact.stranger)))


def state_name(state: str) -> str:
    """The state in the reader's language."""
    return named(STATES, state)


def department_name(department: str) -> str:
    """The department in the reader's language."""
    return named(DEPARTMENTS, department)
