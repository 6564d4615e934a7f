"""The forms of every system, each said in the system's own room (F-3, F-4, F-10 to F-16).

One record is printed under whichever title a site uses for it (X-15, X-28). Printed forms are Chinese.
"""

from importlib import import_module

from data.words import N_
from desk import cases, site
from desk.act import Desk
from desk.ground.late import Late
from desk.ground.refusals import Invalid
from desk.paper.document import Document
from desk.paper.parts import At, Form, Sheet
from desk.systems import SYSTEMS


def _forms(name: str) -> dict[str, Form]:
    found: dict[str, Form] = import_module(SYSTEMS[name].forms).FORMS
    return found


FORMS = Late([name for name, system in SYSTEMS.items() if system.forms], _forms)


def titles(system: str) -> dict[str, str]:
    """The titles under which a record of a system is printed, by form."""
    return {name: form.title for name, form in FORMS.get(system, {}).items()}


def document(desk: Desk, system: str, number: str, form: str = "") -> Document:
    """One record as the form that was asked for, the system's first when none was named.

    Raises:
        Invalid: the system has no such form; StateChanged: what the form says was not done yet.
    """
    known = FORMS.get(system, {})
    name = form or next(iter(known), "")
    if name not in known:
        raise Invalid(N_("There is no such form: use {names}."), field="form", names=", ".join(known))
    calendar = desk.calendar()
    with desk.read() as session:
        at, named = At(session, calendar), site.setting(session, "site.name")
        sheet = Sheet(session, at, named, known[name].title, desk.store.path, calendar.local(desk.now()).date())
        return known[name].fill(sheet, cases.get(session, system, number))
