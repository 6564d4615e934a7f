"""Every system's steps, each said once."""

from desk.administration.staff_steps import STEPS as OPERATORS
from desk.administration.steps import STEPS as SITE
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
