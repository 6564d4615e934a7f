"""What intake asks: who it is and how they came, and then what it is about."""

from collections.abc import Callable, Sequence

from data.words import N_, _
from desk import complaints
from desk.contacts import carrying, intake
from desk.ground import channels
from desk.ground.fields import Field, among
from desk.quality import warranty
from screens import people
from screens.house import House

# So many of the last callers have room below an empty prompt.
RECENT = 8
PROMISED = ("request", "suggestion", "commission")


def of_caller(app: House) -> list[Field]:
    """Who it is, how they came, and the number on the display."""
    return [
        Field(
            "who",
            N_("Who"),
            "find",
            stranger=True,
            find=people.finder(app),
            recent=people.recent(app, RECENT),
            expected=True,
            hint=N_("name, pinyin, room, phone, plate"),
            subject=lambda key: key[0],
        ),
        Field(
            "channel",
            N_("How"),
            "choice",
            lambda: [(k, channels.channel_name(k)) for k in channels.CHANNELS],
            default="phone",
        ),
        Field(
            "caller_number",
            N_("Caller's no."),
            hint=N_("from the display; 000 when hidden"),
            expected=True,
            longest=20,
            asked=lambda values: values["channel"] in ("phone", "fax"),
            of=("who",),
            bound=True,
        ),
    ]


def of_matter(app: House, orders: Callable[[], Sequence[tuple[str, str]]]) -> list[Field]:
    """What it is about, and what each kind of matter has to say besides.

    Args:
        orders: the open orders near the caller, as (number, line).
    """
    return [
        Field(
            "kind",
            N_("What it is"),
            "choice",
            lambda: [(k, intake.kind_name(k)) for k in intake.KINDS],
            of=("who",),
            expected=True,
        ),
        Field(
            "category",
            N_("Class"),
            "choice",
            among(complaints.CATEGORIES, complaints.category_name),
            asked=kind_in("complaint"),
            of=("who",),
        ),
        Field("part", N_("Which part"), "choice", lambda: parts(app), asked=kind_in("quality"), of=("who",)),
        Field("what", N_("Matter"), hint=N_("what they said"), of=("who",), expected=True),
        Field(
            "same",
            N_("Same cause as"),
            "find",
            find=lambda text: alike(orders(), text),
            hint=N_("number, room or words of an open order; empty: a new one"),
            asked=lambda values: values["kind"] == "repair" and bool(orders()),
            of=("who",),
        ),
        Field(
            "answer",
            N_("Answer"),
            hint=N_("what you told them; or leave it and agree a time below"),
            asked=kind_in("question"),
            of=("who",),
        ),
        Field(
            "handed_to",
            N_("Handed to"),
            hint=N_("who takes it on"),
            expected=True,
            longest=60,
            asked=kind_in(*intake.HANDED_OVER),
            of=("who",),
        ),
        Field(
            "answer_by",
            N_("Or answer by"),
            hint=N_("a specialist answers: 15:30, +2h"),
            longest=30,
            asked=lambda values: values["kind"] == "question",
            of=("who",),
        ),
        Field(
            "promised_at",
            N_("Promised by"),
            hint=N_("empty: within a day; 15:30, +2h"),
            longest=30,
            asked=kind_in(*PROMISED),
            of=("who",),
        ),
        Field(
            "carry",
            N_("Why it waits"),
            # Whoever takes calls after hours opens nothing: all of it waits.
            hint=N_("for the next duty day; empty: open it now")
            if app.desk.may("contacts.take")
            else N_("for the next duty day: what keeps it until then"),
            longest=carrying.LONGEST,
            asked=lambda values: values["kind"] in carrying.KINDS and may_wait(app),
            of=("who",),
        ),
    ]


def kind_in(*kinds: str) -> Callable[[dict[str, str]], bool]:
    """Whether the matter is of one of some kinds."""
    return lambda values: values["kind"] in kinds


def may_wait(app: House) -> bool:
    """Whether something may be left to the next duty day now."""
    with app.desk.look() as view:
        return carrying.is_possible(view)


def alike(orders: Sequence[tuple[str, str]], text: str) -> list[tuple[object, str]]:
    """The open orders near the caller in which some words stand."""
    return [(number, line) for number, line in orders if text.strip().upper() in line.upper()]


def parts(app: House) -> list[tuple[str, str]]:
    """The parts of a building by the site's list of warranties; it need not be plain yet which."""
    found = warranty.rules(app.desk.store.path).parts
    return [("", _("not known yet")), *((part.id, warranty.part_name(part)) for part in found)]
