"""The steps of a home in the archive: somebody moves in, is mended, is proven, moves out."""

from typing import Any

from data.directory import Unit
from data.words import N_, _
from desk import directory
from desk.archive import life
from desk.fields import Field, among, yes_no
from desk.steps import Step
from desk.view import View

PROOF = Field("proof", N_("Proven by"), "choice", among(life.PROOFS, life.proof_name))
RELATION = Field("relation", N_("They are"), "choice", among(directory.RELATIONS, directory.relation_name))
PHONE = Field("phone", N_("Phones"), hint=N_("one after the other"), longest=120)
PAPER = Field("paper", N_("Paper no."), hint=N_("ID card, passport, permit"), longest=40, private=True)
DETAILS = (
    ("workplace", N_("Workplace"), 60),
    ("emergency", N_("Emergency no."), 30),
    ("birthday", N_("Birthday"), 20),
    ("note", N_("Note"), 500),
)


def _people(view: View, unit: Unit) -> dict[str, Any]:
    """Who lives in the home."""
    known = {
        str(person.id): f"{person.name} {directory.relation_name(tie.relation)}"
        for tie, person in view.once(("ties", unit.id), lambda: life.ties(view.session, unit.id or 0))
    }
    return {"options": among(known, lambda key: known[key])}


def _vip() -> list[tuple[str, str]]:
    return [("", _("as it is")), *yes_no()]


WHO = Field("person", N_("Who"), "choice", finds=_people)

STEPS = (
    Step(
        life.add, "directory.add", life.why_not_home, "a", N_("Add"),
        N_("Somebody moves in, or was never written down"),
        title=N_("Who lives in {number}"),
        asks=(Field("name", N_("Name"), longest=60), RELATION, PHONE, PAPER,
              *(Field(name, label, longest=longest) for name, label, longest in DETAILS), PROOF),
        signer=N_("of an archivist or a leader"), command="add",
    ),
    Step(
        life.mend, "directory.mend", life.why_not_people, "e", N_("Mend"),
        N_("What changed of somebody here; empty stays, - takes away"), title=N_("Mend somebody of {number}"),
        asks=(WHO, PHONE, *(Field(name, label, longest=longest) for name, label, longest in DETAILS),
              Field("vip", N_("VIP"), "choice", _vip), PROOF),
        command="mend",
    ),
    Step(
        life.set_paper, "directory.set_paper", life.why_not_people, "i", N_("Paper"),
        N_("The number of the paper that proves somebody"), title=N_("The paper of somebody of {number}"),
        asks=(WHO, PAPER, PROOF), signer=N_("of an archivist or a leader"), command="paper",
    ),
    Step(
        life.set_cars, "directory.set_cars", life.why_not_people, "v", N_("Vehicles"),
        N_("The plates of somebody here"),
        title=N_("The vehicles of somebody of {number}"),
        asks=(WHO, Field("plates", N_("Plates"), hint=N_("one after the other; empty: none"), longest=80), PROOF),
        command="cars",
    ),
    Step(
        life.move_out, "directory.move_out", life.why_not_people, "o", N_("Move out"),
        N_("Somebody lives here no longer"), title=N_("Who leaves {number}"),
        asks=(WHO, Field("day", N_("Last day"), hint=N_("empty: today"), longest=20), PROOF),
        signer=N_("of an archivist or a leader"), command="move-out",
    ),
)  # fmt: skip
