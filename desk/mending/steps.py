"""The steps of a saved record that was written down wrongly, or of which something is to be added."""

from data.tables import Record
from data.words import N_, _
from desk import mending
from desk.act import Act
from desk.ground.fields import Field
from desk.mending.classes import CLASSES, Class
from desk.steps import Step

WHAT = Field("what", N_("Matter"), "long", finds=lambda _view, record: {"default": record.what})
MENDED = (
    Field("room", N_("Home"), hint=N_("the right one; - for nobody's here; empty: as it is"), longest=60),
    Field("name", N_("Who"), hint=N_("somebody who lives there, or a stranger"), longest=60),
    WHAT,
)
WHY = Field("reason", N_("Reason"), longest=mending.LONGEST_REASON)


def _field(sort: Class) -> Field:
    return Field(
        "category", sort.label, "choice", lambda: [("", _("as it is")), *((k, _(n)) for k, n in sort.names.items())]
    )


def remarked(system: str) -> Step:
    """A remark is written below a numbered record, whatever its state and whoever signed it."""

    def note(act: Act, *, number: str, text: str) -> Record:
        return mending.note(act, system, number=number, text=text)

    return Step(
        note,
        f"{system}.note",
        mending.why_not_note,
        "N",
        N_("Remark"),
        N_("Write a remark below the record"),
        title=N_("A remark on {number}"),
        asks=(Field("text", N_("Remark"), "long"),),
        command="note",
        words=("text",),
        foot=False,
    )


def mended(system: str) -> Step:
    """A saved record is mended where it was written down wrongly."""

    def mend(act: Act, *, number: str, reason: str, room: str = "", name: str = "", what: str = "") -> Record:
        return mending.mend(act, system, number=number, reason=reason, room=room, name=name, what=what)

    def mend_class(
        act: Act, *, number: str, reason: str, room: str = "", name: str = "", what: str = "", category: str = ""
    ) -> Record:
        return mending.mend(
            act, system, number=number, reason=reason, room=room, name=name, what=what, category=category
        )

    sort = CLASSES.get(system)
    return Step(
        mend_class if sort else mend,
        f"{system}.mend",
        mending.why_not_mend(system),
        "E",
        N_("Mend"),
        N_("Wrong household, a typo, the wrong class: what stood before stays readable"),
        title=N_("Mend what {number} says"),
        asks=(*MENDED, *([_field(sort)] if sort else []), WHY),
        command="mend",
        foot=False,
    )
