"""After the years for which a form is kept, the people in it are taken out; the form, its number and its facts stay.

Four forms are kept by customer service for three years: the register of contacts, the repair order, and the two sheets
of a quality complaint. Nothing of them is ever deleted; before the years are over nothing of them is reduced (REC-1).
"""

from datetime import datetime

from sqlalchemy import and_, func, or_
from sqlmodel import col, select, update

from data.cases import CaseBase, CaseNote, Complaint, Contact, Repair
from data.clocks import Clock
from data.directory import Unit
from data.quality import Quality, QualityParty
from data.tables import Record, model
from data.words import N_, _
from desk import cases
from desk.act import Act
from desk.ground import texts
from desk.ground.numbers import system_of
from desk.view import View

RULE = "T-32"
# The records whose forms these are, besides the contacts that they came of.
TABLES: tuple[type[CaseBase], ...] = (Repair, Quality, Complaint)
# What says who agreed or signed, in the words of a form.
NAMES = ("consent", "agree", "permitted", "developer")
NOBODY = "–"
MOST = 5000


def before(view: View) -> datetime:
    """The instant before which a form has been kept for its years: their calendar, so that 29 February is no puzzle."""
    option = view.standards.chosen(RULE, view.choices)
    years = int(option.value.split()[0])
    today = view.calendar.local(view.now).date()
    last = today.replace(year=today.year - years, day=min(today.day, 28) if today.month == 2 else today.day)
    return view.calendar.midnight(last)


def due(view: View) -> list[Record]:
    """The records that are older, over, and still name somebody; contacts once what came of them is over."""
    moment = before(view)
    found: list[Record] = []
    for table in TABLES:
        # What ended within the years is kept for its years, too.
        over = and_(col(table.state).in_(cases.OVER), col(table.received_at) < moment, col(table.closed_at) < moment)
        named = or_(col(table.person_id).is_not(None), col(table.subject) != func.coalesce(Unit.label, NOBODY))
        joined = select(table).join(Unit, col(Unit.id) == table.unit_id, isouter=True)
        found += view.session.exec(joined.where(over, named).limit(MOST))
    named = or_(col(Contact.person_id).is_not(None), col(Contact.stranger) != NOBODY)
    contacts = select(Contact).where(Contact.at < moment, named)
    found += [one for one in view.session.exec(contacts.limit(MOST)) if _is_over(view, one, moment)]
    return found


def _is_over(view: View, contact: Contact, moment: datetime) -> bool:
    system = system_of(contact.became)
    if not system:
        return True
    came = view.session.get(model(system), contact.became)
    return came is None or (came.closed_at is not None and came.closed_at < moment)


def preview(view: View, _record: Record) -> list[str]:
    """How many would be reduced."""
    day = view.calendar.local(before(view)).date()
    found = len(due(view))
    return [N_("Kept for their years"), _("{count} records from before {day} name somebody.", count=found, day=day)]


def reduce(act: Act, *, reason: str) -> int:
    """Take the people out of every form that was kept for its years; returns out of how many (REC-1).

    Names, phones and who signed go; room, matter, times, amounts, numbers and the journal stay. It cannot be undone.

    Raises:
        Invalid: at "reason".
    """
    act.require("directory.reduce")
    reason = texts.needed(reason, "reason", 200)
    found = due(act)
    if not found:
        return 0
    labels = dict(act.session.exec(select(Unit.id, Unit.label)).all())
    for one in found:
        home = labels.get(one.unit_id or 0, NOBODY)
        if isinstance(one, Contact):
            one.person_id, one.stranger, one.caller_number = None, NOBODY, ""
        else:
            one.person_id, one.subject = None, home
        if isinstance(one, Repair):
            one.phone = ""
        if isinstance(one, Quality):
            one.consented, one.developer = (NOBODY if said else "" for said in (one.consented, one.developer))
            signed = update(QualityParty).where(col(QualityParty.number) == one.number, col(QualityParty.name) != "")
            act.session.exec(signed.values(name=NOBODY))
        act.session.add(one)
        act.session.exec(update(Clock).where(col(Clock.record) == one.number).values(subject=home))
        said = and_(col(CaseNote.number) == one.number, col(CaseNote.kind).in_(NAMES))
        act.session.exec(update(CaseNote).where(said).values(text=NOBODY))
    act.record("directory.reduce", "", by_itself=False, count=len(found), before=before(act), reason=reason)
    return len(found)
