"""Every system's steps, each said once, and the record that a number of each means."""

from collections.abc import Callable

from data.tables import Record
from desk import cases
from desk.administration import staff, values
from desk.administration.staff_steps import STEPS as OPERATORS
from desk.administration.steps import STEPS as SITE
from desk.archive import life as archive
from desk.archive.steps import STEPS as ARCHIVE
from desk.complaints.steps import STEPS as COMPLAINTS
from desk.contacts.steps import STEPS as CONTACTS
from desk.emergencies.steps import STEPS as EMERGENCIES
from desk.followups.steps import steps_of
from desk.mending.steps import mended
from desk.passes.steps import STEPS as PASSES
from desk.repairs.steps import STEPS as REPAIRS
from desk.requests.steps import STEPS as REQUESTS
from desk.steps import Step
from desk.view import View

STEPS: dict[str, tuple[Step, ...]] = {
    "contacts": (*CONTACTS, *mended("contacts")),
    "directory": ARCHIVE,
    "passes": PASSES,
    "site": SITE,
    "operators": OPERATORS,
    "complaints": (*COMPLAINTS, *steps_of("complaints"), *mended("complaints")),
    "requests": (*REQUESTS, *steps_of("requests"), *mended("requests")),
    "repairs": (*REPAIRS, *mended("repairs")),
    "emergencies": (*EMERGENCIES, *steps_of("emergencies"), *mended("emergencies")),
}
# Systems whose records are called by something else than a number on paper.
FOUND: dict[str, Callable[[View, str], Record]] = {
    "directory": lambda view, label: archive.unit_of(view.session, label),
    "site": values.find,
    "operators": staff.get,
}


def record_of(view: View, system: str, number: str) -> Record:
    """The record of a system that a number means; refuses an unknown one."""
    find = FOUND.get(system)
    return find(view, number) if find else cases.get(view.session, system, number)
