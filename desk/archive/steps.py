"""The steps of a home in the archive: somebody moves in, is mended, is proven, moves out."""

from collections.abc import Callable, Mapping

from data.directory import Unit
from data.words import N_, _
from desk import directory
from desk.archive import cars, homes, joining, life, reducing, residents, taking_back
from desk.ground.fields import Field, among, yes_no
from desk.ground.relations import RELATIONS, relation_name
from desk.steps import Step, always
from desk.view import View

PROOF = Field("proof", N_("Proven by"), "choice", among(residents.PROOFS, residents.proof_name))
RELATION = Field("relation", N_("They are"), "choice", among(RELATIONS, relation_name))
PHONE = Field("phone", N_("Phones"), hint=N_("one after the other"), longest=120)
PAPER = Field("paper", N_("Paper no."), hint=N_("ID card, passport, permit"), longest=40, private=True)
DETAILS = (
    ("workplace", N_("Workplace"), 60),
    ("emergency", N_("Emergency no."), 30),
    ("birthday", N_("Birthday"), 20),
    ("note", N_("Note"), 500),
    ("nature", N_("Company"), 60),
    ("in_charge", N_("In charge"), 60),
)


def _people(view: View, unit: Unit) -> dict[str, object]:
    """Who lives in the home."""
    known = {
        str(person.id): f"{person.name} {relation_name(tie.relation)}"
        for tie, person in view.once(("ties", unit.id), lambda: residents.ties(view.session, unit.id or 0))
    }
    return {"options": among(known, lambda key: known[key])}


def _gone(view: View, unit: Unit) -> dict[str, object]:
    """Who lived in the home before."""
    known = {
        str(one.id): f"{one.name} {relation_name(tie.relation)} – {tie.until}"
        for one, tie in taking_back.gone(view, unit)
    }
    return {"options": among(known, lambda key: known[key])}


def _one_person(view: View, unit: Unit, values: Mapping[str, str]) -> list[str]:
    """Whom joining would make one, where the two entries are not alike."""
    return joining.unlike(view, unit, values.get("person", ""), values.get("other", ""))


def _vip() -> list[tuple[str, str]]:
    return [("", _("as it is")), *yes_no()]


def _as_it_is(names: Mapping[str, str]) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [("", _("as it is")), *((key, _(name)) for key, name in names.items())]


def _owes(fee: str) -> Callable[[View, Unit], dict[str, object]]:
    """What the home owes of a fee, as it is written."""

    def finds(view: View, unit: Unit) -> dict[str, object]:
        card = view.once(("card", unit.id), lambda: directory.card(view.session, unit.id or 0, view.now))
        owed = {name: fen for name, fen, _at in card.arrears}
        return {"default": f"{owed.get(fee, 0) / 100:.2f}"}

    return finds


WHO = Field("person", N_("Who"), "choice", finds=_people)

OTHER = Field("other", N_("Is also"), hint=N_("name here, or the number of the other entry"), longest=60)

STEPS = (
    Step(
        homes.add_home, "directory.add_home", always, "n", N_("New home"), N_("A home that no roster has named"),
        title=N_("A new home"),
        asks=(Field("label", N_("Home"), hint=N_("the whole path, such as 3-2-1502"), longest=60),
              Field("kind", N_("What it is"), "choice", among(homes.KINDS, homes.kind_name))),
        signer=N_("of an archivist or a leader"), command="add-home", words=("label",), new=True,
    ),
    Step(
        life.add, "directory.add", residents.why_not_home, "a", N_("Add"),
        N_("Somebody moves in, or was never written down"),
        title=N_("Who lives in {number}"),
        asks=(Field("name", N_("Name"), longest=60), RELATION, PHONE, PAPER,
              *(Field(name, label, longest=longest) for name, label, longest in DETAILS),
              Field("since", N_("Lives here since"), hint=N_("empty: today"), longest=20), PROOF),
        signer=N_("of an archivist or a leader"), command="add",
    ),
    Step(
        life.mend, "directory.mend", residents.why_not_people, "e", N_("Mend"),
        N_("What changed of somebody here; empty stays, - takes away"), title=N_("Mend somebody of {number}"),
        asks=(WHO, Field("name", N_("Name"), hint=N_("empty: as it is"), longest=60), PHONE,
              *(Field(name, label, longest=longest) for name, label, longest in DETAILS),
              Field("vip", N_("VIP"), "choice", _vip), PROOF),
        command="mend",
        household=True,
    ),
    Step(
        life.set_paper, "directory.set_paper", residents.why_not_people, "i", N_("Paper"),
        N_("The number of the paper that proves somebody"), title=N_("The paper of somebody of {number}"),
        asks=(WHO, PAPER, PROOF), signer=N_("of an archivist or a leader"), command="paper",
        household=True,
    ),
    Step(
        cars.set_cars, "directory.set_cars", residents.why_not_people, "v", N_("Vehicles"),
        N_("The plates of somebody here"),
        title=N_("The vehicles of somebody of {number}"),
        asks=(WHO, Field("plates", N_("Plates"), hint=N_("one after the other; empty: none"), longest=80), PROOF),
        command="cars",
        household=True,
    ),
    Step(
        life.relate, "directory.relate", residents.why_not_people, "r", N_("Becomes"),
        N_("Somebody is something else here from now on: a tenant has bought it"),
        title=N_("Who of {number} is something else now"), asks=(WHO, RELATION, PROOF),
        signer=N_("of an archivist or a leader"), command="becomes", household=True, foot=False,
    ),
    Step(
        life.move_out, "directory.move_out", residents.why_not_people, "o", N_("Move out"),
        N_("Somebody lives here no longer"), title=N_("Who leaves {number}"),
        asks=(WHO, Field("day", N_("Last day"), hint=N_("empty: today"), longest=20), PROOF),
        signer=N_("of an archivist or a leader"), command="move-out",
        household=True,
    ),
    Step(
        taking_back.move_back, "directory.move_back", taking_back.why_not_move_back, "B", N_("Move back"),
        N_("Somebody was said to have moved out and did not"), title=N_("Who never left {number}"),
        asks=(Field("person", N_("Who"), "choice", finds=_gone), PROOF), foot=False,
        said=N_("They live here again; their vehicles are to be written down anew."),
        signer=N_("of an archivist or a leader"), command="move-back",
    ),
    Step(
        taking_back.remove_home, "directory.remove_home", taking_back.why_not_remove, "X", N_("Remove"),
        N_("A home that was added by mistake, of which nothing is written down"),
        title=N_("Take {number} out of the archive?"), asks=(Field("reason", N_("Reason"), longest=200),), foot=False,
        said=N_("{number} is no longer in the archive."), signer=N_("of an archivist or a leader"), command="remove",
    ),
    Step(
        homes.set_unit, "directory.set_unit", residents.why_not_home, "u", N_("Home"),
        N_("What the home is, in what state, how large"), title=N_("The home {number}"),
        asks=(
            Field("kind", N_("What it is"), "choice", _as_it_is(homes.KINDS)),
            Field("state", N_("State"), "choice", _as_it_is(homes.STATES)),
            Field("area", N_("Area"), hint=N_("square metres; empty: as it is"), longest=12),
            Field("handed", N_("Handed over"), hint=N_("the day, for the warranty; empty: as it is"), longest=20),
            Field("accepted", N_("Accepted"), hint=N_("its building, the day; empty: as it is"), longest=20),
            *(Field(name, label, hint=N_("empty: as it is; - for none"), longest=homes.LONGEST_NOTE)
              for name, label in (("note", N_("Note")), ("alert", N_("Alert")), ("parking", N_("Parking")))),
            PROOF,
        ),
        command="home",
    ),
    Step(
        homes.set_arrears, "fees.record", residents.why_not_home, "m", N_("Arrears"),
        N_("Finance writes what this room owes, or that it is settled"), title=N_("What {number} owes, in yuan"),
        asks=tuple(Field(fee, name, longest=12, finds=_owes(fee)) for fee, name in directory.FEES.items()),
        signer=N_("of finance"),
    ),
    Step(
        joining.join, "directory.join", residents.why_not_people, "J", N_("Join"),
        N_("Two entries of the archive are one person"), title=N_("Who of {number} stands here twice"),
        asks=(WHO, OTHER, PROOF),
        signer=N_("of an archivist or a leader"), command="join", foot=False,
        household=True, previews=_one_person,
    ),
    Step(
        joining.part, "directory.part", residents.why_not_people, "P", N_("Part"),
        N_("One entry of the archive is two people: another one lives here"), title=N_("Who really lives in {number}"),
        asks=(WHO, Field("name", N_("Name"), longest=60),
              Field("phones", N_("Phones"), hint=N_("those of the entry that are theirs"), longest=120), PAPER, PROOF),
        signer=N_("of an archivist or a leader"), command="part", foot=False,
        household=True,
    ),
    Step(
        reducing.reduce, "directory.reduce", always, "Z", N_("Old forms"),
        N_("Take the people out of forms that were kept for their years"), title=N_("Take the people out of old forms"),
        asks=(Field("reason", N_("Reason"), longest=200),), signer=N_("of an archivist or a leader"), new=True,
        beside=reducing.preview, command="reduce", words=("reason",), foot=False, tells=str,
        said=N_("Nobody is named in the old forms any more."),
    ),
)  # fmt: skip
