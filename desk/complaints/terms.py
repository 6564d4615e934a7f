"""The words of complaints: classes, natures, grades with the clauses that give them, ways to confirm."""

from dataclasses import dataclass

from data.words import N_, _, named

SYSTEM = "complaints"

# The classes a centre handles (CMP-42), with outages and safety, which the major list knows (CMP-35, CMP-43).
CATEGORIES = {
    "noise": N_("decoration noise"),
    "facility": N_("public facilities"),
    "indoor": N_("indoor repair"),
    "mail": N_("mail and papers"),
    "cleaning": N_("cleaning and plants"),
    "pests": N_("pests"),
    "service": N_("service and staff"),
    "security": N_("security and parking"),
    "outage": N_("power, water or equipment cut"),
}
NATURES = {"valid": N_("valid"), "invalid": N_("invalid")}
# What a manager agrees to and a superior hears of, whoever dealt with it.
WEIGHTY = ("major", "important")
GRADES = {"major": N_("major"), "important": N_("important"), "minor": N_("minor")}
CONFIRMATIONS = {
    "in_person": N_("in person"),
    "phone": N_("by phone"),
    "paper": N_("on paper"),
    "declined": N_("will not confirm"),
}


@dataclass(frozen=True)
class Reason:
    """A clause that gives a grade; it is offered where the site chose `option` for the standard `choice`."""

    grade: str
    text: str
    choice: str = ""
    option: str = ""


REASONS = {
    "CMP-29": Reason("major", N_("promise not kept, raised several times"), "T-18", "S0"),
    "CMP-30": Reason("major", N_("heavy loss or injury by our fault"), "T-18", "S0"),
    "CMP-31": Reason("major", N_("not solved within a month"), "T-18", "S0"),
    "CMP-32": Reason("major", N_("promise not kept, raised several times"), "T-18", "S3"),
    "CMP-33": Reason("major", N_("any loss, injury or bad effect by our fault"), "T-18", "S3"),
    "CMP-34": Reason("major", N_("not solved within a week"), "T-18", "S3"),
    "CMP-35": Reason("major", N_("large outage or sudden stop of equipment")),
    "CMP-36": Reason("major", N_("several households, one event"), "X-4", "S3"),
    "CMP-37": Reason("major", N_("the company declares it")),
    "CMP-43": Reason("major", N_("several households, one event"), "X-4", "S2"),
    "CMP-38": Reason("important", N_("our service fell short or was at fault")),
    "CMP-39": Reason("important", N_("a need not met in time, or very bad attitude")),
    "CMP-40": Reason("minor", N_("facilities, not people; slight and improvable"), "X-8", "S0"),
    "CMP-41": Reason("minor", N_("slight, mended at once; staff attitude too"), "X-8", "S3"),
}


def category_name(category: str) -> str:
    """The class in the reader's language."""
    return named(CATEGORIES, category)


def nature_name(nature: str) -> str:
    """The nature in the reader's language."""
    return named(NATURES, nature)


def grade_name(grade: str) -> str:
    """The grade in the reader's language."""
    return _(GRADES[grade]) if grade in GRADES else ""


def reason_name(reason: str) -> str:
    """A clause and what it says, in the reader's language."""
    return f"{reason} {_(REASONS[reason].text)}" if reason in REASONS else reason


def confirmation_name(how: str) -> str:
    """How the customer confirmed, in the reader's language."""
    return named(CONFIRMATIONS, how)
