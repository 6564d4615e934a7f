"""The steps of a release pass: called again, signed, sealed, voided, extended, its lower part, its alert."""

from collections.abc import Mapping

from data.passes import Pass
from data.words import N_, _
from desk import directory
from desk.ground.fields import Field, among
from desk.passes import issuing, life, proof, watch
from desk.steps import Step
from desk.view import View

REASON = Field("reason", N_("Reason"), longest=200)
HOW_LOST = N_("how it was lost, who says so")


def slips() -> list[tuple[str, str]]:
    """What may have become of the lower part of a pass that is voided."""
    return [("destroyed", _("destroyed")), ("due", _("not back yet")), ("lost", _("lost"))]


def _is_lost(values: Mapping[str, str]) -> bool:
    return values["slip"] == "lost"


def _in_charge(_view: View, paper: Pass) -> dict[str, object] | None:
    return {} if paper.proof == "company" else None


def _number(view: View, paper: Pass) -> dict[str, object]:
    """The number of the owner, where the owner is called."""
    phones = proof.owner_phones(view.session, paper.unit_id) if paper.proof == "owner" else []
    return {"default": phones[0] if phones else ""}


def _made(values: Mapping[str, str]) -> dict[str, object]:
    return {"made": proof.Call(values["called"], values["outcome"], values["opinion"], values.get("called_name", ""))}


def _debts(view: View, paper: Pass) -> list[str]:
    """What the room of a pass owes now, fee by fee."""
    debts = directory.card(view.session, paper.unit_id, view.now).arrears
    owed = "  ".join(f"{directory.fee_name(fee)} {directory.yuan(fen)}" for fee, fen, _at in debts)
    return [N_("Arrears"), _("The room owes: {owed}", owed=owed) if owed else _("The room owes nothing.")]


STEPS = (
    Step(
        issuing.call, "passes.issue", issuing.why_not_call, "t", N_("Call again"),
        N_("Take up a pass on hold: write down the next call"), title=N_("Call for {number}"),
        asks=(
            Field("called_name", N_("In charge"), longest=60, finds=_in_charge),
            Field("called", N_("Number called"), longest=20, finds=_number),
            Field("outcome", N_("They"), "choice", among(proof.OUTCOMES, proof.outcome_name)),
            Field("opinion", N_("In words"), longest=200, hint=N_("what they said")),
        ),
        reads=_made,
    ),
    Step(
        life.sign_fees, "passes.sign_fees", life.why_not_sign, "w", N_("Sign fees"),
        N_("Finance signs that the fees are settled, with their own code"),
        title=N_("Finance signs that the fees of {number} are settled"), signer=N_("of finance"), beside=_debts,
        said=N_("{number}: signed that the fees are settled."), command="sign",
    ),
    Step(
        life.seal, "passes.seal", life.why_not_seal, "b", N_("Seal"),
        N_("Apply the seal: the pass is valid from now on"), title=N_("Seal {number}: from then on it is valid"),
        said=N_("{number} is sealed and valid."), command="seal",
    ),
    Step(
        life.void, "passes.void", life.why_not_end, "v", N_("Void"), N_("Void this pass, with a reason"),
        title=N_("Void {number}"),
        asks=(
            REASON,
            Field("slip", N_("Lower part"), "choice", slips, default="destroyed"),
            Field("statement", N_("Statement"), longest=200, hint=HOW_LOST, asked=_is_lost),
        ),
        said=N_("{number} is void."), command="void",
    ),
    Step(
        life.extend, "passes.extend", life.why_not_extend, "e", N_("Extend"),
        N_("A supervisor lets it be valid for longer"), title=N_("Later end for {number}"),
        asks=(Field("until", N_("New end"), hint="11-26 15:30, +2h"), REASON), times=("until",),
        signer=N_("of the supervisor"), said=N_("{number} is valid for longer."), command="extend",
    ),
    Step(
        life.return_slip, "passes.return_slip", life.why_not_slip, "l", N_("Lower part back"),
        N_("The lower part came back from the gate"), title=N_("The lower part of {number} is back"),
        reads=lambda _values: {}, said=N_("{number}: lower part back."),
    ),
    Step(
        life.lose_slip, "passes.return_slip", life.why_not_slip, "L", N_("Lower part lost"),
        N_("Lost: say how, and who says so"), title=N_("Lower part of {number} is lost"),
        asks=(Field("statement", N_("Statement"), longest=200, hint=HOW_LOST),), foot=False,
    ),
    Step(
        watch.look, "passes.look", watch.why_not_look, "y", N_("Looked at"),
        N_("A supervisor has looked at the piece-by-piece alert"), title=N_("Looked at the alert of {number}"),
        signer=N_("of the supervisor"), said=N_("{number}: looked at."), command="look",
    ),
)  # fmt: skip
