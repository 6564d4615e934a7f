"""The life of an issued pass: signed, sealed, extended, printed, voided or replaced (REL-8 to REL-14, D3)."""

from collections import Counter
from datetime import datetime, timedelta

from data.passes import Pass
from data.words import N_
from desk.act import Act
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.ground.texts import limited, needed
from desk.passes import contents, fees
from desk.passes.eyes import must_be_another
from desk.passes.issuing import Draft, issue
from desk.passes.reading import get, items_of, ready, unit_label, why_not_in
from desk.passes.terms import LIVE
from desk.view import View

LONGEST_EXTENSION = timedelta(days=7)


OVER = N_("The moving time is over: void this pass and write a new one.")


def _owing_clause(paper: Pass) -> str:
    return "REL-20" if paper.nature == "moving_out" else "REL-8"


def why_not_sign(view: View, paper: Pass) -> Refused | None:
    """Finance signs an issued pass whose room owes nothing (REL-8, REL-9, REL-20)."""
    return why_not_in(view, paper, "issued") or fees.why_not_settled(view.session, paper.unit_id, _owing_clause(paper))


def sign_fees(act: Act, *, number: str) -> Pass:
    """Finance signs that the fees are settled; refused while the unit owes (REL-8, REL-9, REL-20, FEE-1)."""
    act.require("passes.sign_fees")
    paper = ready(act, number, why_not_sign)
    must_be_another(act, paper.issued_by)
    paper.arrears = fees.snapshot(act.session, paper.unit_id)
    paper.fees_by, paper.fees_at, paper.state = act.operator.code, act.now, "signed"
    mac = contents.stamp(act, paper)
    subject = f"{unit_label(act.session, paper)} {paper.mover}"
    act.record("passes.sign_fees", paper.number, subject=subject, needs="seal", mac=mac)
    return paper


def why_not_seal(view: View, paper: Pass) -> Refused | None:
    """Only what is signed and still in its time is sealed, while the room owes nothing (REL-4, REL-9, REL-10)."""
    if paper.state == "issued":
        return StateChanged(N_("Finance has not signed that the fees are settled."), clause="REL-9")
    if (refused := why_not_in(view, paper, "signed")) is not None:
        return refused
    if fees.need_signature(view, paper.nature):
        owes = fees.why_not_settled(view.session, paper.unit_id, _owing_clause(paper))
        if owes is not None:
            return owes
    return StateChanged(OVER, clause="REL-4") if paper.valid_until <= view.now else None


def seal(act: Act, *, number: str) -> Pass:
    """Apply the official seal: from now on the pass is valid (REL-12); never before the signatures (REL-9, REL-10)."""
    act.require("passes.seal")
    paper = ready(act, number, why_not_seal)
    paper.state, paper.sealed_by, paper.sealed_at = "sealed", act.operator.code, act.now
    act.record("passes.seal", paper.number, mac=contents.stamp(act, paper))
    return paper


def why_not_end(view: View, paper: Pass) -> Refused | None:
    """A pass that is out or void already is neither voided nor replaced (REL-14)."""
    return why_not_in(view, paper, *LIVE, genuine=False)


def void(act: Act, *, number: str, reason: str, slip: str = "destroyed", statement: str = "") -> Pass:
    """Void a pass: the stub stays and is marked, the number stays used, the lower part is accounted for (REL-14).

    Args:
        slip: "destroyed"; "lost" with a statement of how; "due" while the gate or the mover still holds it.

    Raises:
        Invalid: no reason, or a lost lower part without a statement; StateChanged: out or void already.
    """
    act.require("passes.void")
    paper = ready(act, number, why_not_end)
    paper.void_reason = needed(reason, "reason", 200)
    if slip not in ("destroyed", "lost", "due"):
        raise Invalid(
            N_("Say what became of the lower part: destroyed, lost, or still due."), field="slip", clause="REL-14"
        )
    paper.slip, paper.slip_at = slip, act.now
    paper.slip_note = needed(statement, "statement", 200) if slip == "lost" else limited(statement, "statement", 200)
    paper.state, paper.void_by, paper.void_at = "void", act.operator.code, act.now
    act.record("passes.void", paper.number, slip=slip, mac=contents.stamp(act, paper))
    return paper


def correct(act: Act, *, number: str, draft: Draft, reason: str, slip: str = "destroyed", statement: str = "") -> Pass:
    """Replace a pass: what is signed never changes, so the old one is voided and the new one names it (REL-13, REL-14).

    A pass that the gate refused is replaced the same way; the new one names the refused one (OUT-16). What has left
    already cannot leave again on the new one.

    Raises:
        Invalid: another room, or more of something than is left on the old pass once part of it is out.
    """
    old = ready(act, number, why_not_end)
    if draft.unit_id != old.unit_id:
        raise Invalid(N_("The new pass is for the same room as the old one."), field="room", clause="REL-3")
    last_used = _last_used(act, old)
    if last_used is not None:
        left, wanted = Counter[str](), Counter[str]()
        for old_item in items_of(act.session, last_used.number):
            left[old_item.name] += old_item.quantity - old_item.out
        for item in draft.items:
            wanted[item.name] += item.quantity
        for name, count in wanted.items():
            if (name in left and count > left[name]) or wanted.total() > left.total():
                raise Invalid(
                    N_("Only {count} pieces are left on {number}, of {name} {some}."),
                    field="items",
                    clause="REL-7",
                    name=name,
                    some=left[name],
                    count=left.total(),
                    number=last_used.number,
                )
    void(act, number=number, reason=reason, slip=slip, statement=statement)
    return issue(act, draft=draft, replaces=old.number)


def _last_used(act: Act, paper: Pass) -> Pass | None:
    """The pass, or the nearest of those it replaced, on which something has left: the rest of it may still leave."""
    while not any(item.out for item in items_of(act.session, paper.number)):
        if not paper.replaces:
            return None
        paper = get(act.session, paper.replaces)
    return paper


def why_not_extend(view: View, paper: Pass) -> Refused | None:
    """A sealed pass in its time lasts longer, and one of a moving out only while nothing is owed (REL-4, REL-20)."""
    if (refused := why_not_in(view, paper, "sealed", "part")) is not None:
        return refused
    if paper.valid_until < view.now:
        return StateChanged(OVER, clause="REL-4")
    moving_out = paper.nature == "moving_out"
    return fees.why_not_settled(view.session, paper.unit_id, "REL-20") if moving_out else None


def extend(act: Act, *, number: str, until: datetime, reason: str) -> Pass:
    """A supervisor lets a sealed pass be valid for longer, within the same load and nothing else."""
    act.require("passes.extend")
    paper = ready(act, number, why_not_extend)
    if until <= act.now or until <= paper.valid_until:
        raise Invalid(N_("The new end must be later than the old one and than now."), field="until")
    if until > paper.moving_at + LONGEST_EXTENSION:
        raise Invalid(N_("A pass is extended by a week at most: write a new one."), field="until")
    needed(reason, "reason", 200)
    was, paper.valid_until = paper.valid_until, until
    act.record("passes.extend", paper.number, was=was, until=until, mac=contents.stamp(act, paper))
    return paper


def why_not_slip(view: View, paper: Pass) -> Refused | None:
    """A lower part comes back, or is lost, while it is missing (REL-14)."""
    if slip_missing(paper, view.now):
        return None
    return StateChanged(N_("The lower part of {number} is not missing."), number=paper.number)


def return_slip(act: Act, *, number: str, lost: bool = False, statement: str = "") -> Pass:
    """The lower part of a used, expired or voided pass came back, or is lost with a statement of how (REL-14, OUT-16).

    Raises:
        StateChanged: it is not missing; Invalid: it is lost and nothing is said of how.
    """
    act.require("passes.return_slip")
    paper = ready(act, number, why_not_slip)
    if lost:
        paper.slip_note = needed(statement, "statement", 200)
    paper.slip, paper.slip_at = "lost" if lost else "back", act.now
    act.session.add(paper)
    act.record("passes.return_slip", paper.number, slip=paper.slip)
    return paper


def lose_slip(act: Act, *, number: str, statement: str) -> Pass:
    """The lower part is lost; the statement says how, and who says so."""
    return return_slip(act, number=number, lost=True, statement=statement)


def slip_missing(paper: Pass, now: datetime) -> bool:
    """Whether the lower part should be back: the pass is used, or its time is over and nobody has accounted for it."""
    expired = paper.state in ("sealed", "part") and paper.valid_until < now
    return paper.slip == "due" or (expired and not paper.slip)


def why_not_print(view: View, paper: Pass) -> Refused | None:
    """What is signed is printed, and what is void only where a paper of it is about (REL-10)."""
    if (refused := why_not_in(view, paper, "signed", "sealed", "part", "out", "void")) is not None:
        return refused
    if paper.state == "void" and not paper.prints:
        return StateChanged(N_("{number} is void and was never printed."), number=paper.number)
    return None


def begin_print(act: Act, *, number: str) -> int:
    """Count a print of a signed pass before it is made, and say which one it is; from the second on it is a reprint."""
    act.require("passes.print")
    paper = ready(act, number, why_not_print)
    paper.prints += 1
    act.session.add(paper)
    act.record("passes.begin_print", paper.number, count=paper.prints)
    return paper.prints


def end_print(act: Act, *, number: str, count: int, way: str) -> None:
    """What was begun is printed, or saved: only now the journal says so; `way` is "printer" or "file"."""
    act.require("passes.print")
    act.record("passes.print", get(act.session, number).number, count=count, way=way)


def fail_print(act: Act, *, number: str, count: int) -> None:
    """Take a count back when nothing came out of the printer, unless somebody printed since."""
    act.require("passes.print")
    paper = get(act.session, number)
    if paper.prints == count:
        paper.prints -= 1
        act.session.add(paper)
    act.record("passes.fail_print", paper.number, count=count)
