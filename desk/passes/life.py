"""The life of an issued pass: signed, sealed, extended, printed, voided or replaced (REL-8 to REL-14, D3)."""

from collections import Counter
from datetime import datetime, timedelta

from data.passes import Pass
from data.words import N_
from desk.act import Act
from desk.cases import limited, needed
from desk.passes import contents, fees
from desk.passes.issuing import Draft, issue
from desk.passes.reading import get, in_state, items_of, unit_label
from desk.passes.terms import LIVE
from desk.refusals import Invalid, StateChanged

LONGEST_EXTENSION = timedelta(days=7)


def sign_fees(act: Act, *, number: str) -> Pass:
    """Finance signs that the fees are settled; refused while the unit owes (REL-8, REL-9, REL-20, FEE-1)."""
    act.require("passes.sign_fees")
    paper = in_state(act, number, "issued")
    fees.must_be_settled(act.session, paper.unit_id, "REL-20" if paper.nature == "moving_out" else "REL-8")
    paper.arrears = fees.snapshot(act.session, paper.unit_id)
    paper.fees_by, paper.fees_at, paper.state = act.operator.code, act.now, "signed"
    mac = contents.stamp(act, paper)
    subject = f"{unit_label(act.session, paper)} {paper.mover}"
    act.record("passes.sign_fees", paper.number, subject=subject, needs="seal", mac=mac)
    return paper


def seal(act: Act, *, number: str) -> Pass:
    """Apply the official seal: from now on the pass is valid (REL-12); never before the signatures (REL-9, REL-10)."""
    act.require("passes.seal")
    if get(act.session, number).state == "issued":
        raise StateChanged(N_("Finance has not signed that the fees are settled."), clause="REL-9")
    paper = in_state(act, number, "signed")
    if fees.need_signature(act, paper.nature):
        fees.must_be_settled(act.session, paper.unit_id, "REL-20" if paper.nature == "moving_out" else "REL-8")
    if paper.valid_until <= act.now:
        raise StateChanged(N_("The moving time is over: void this pass and write a new one."), clause="REL-4")
    paper.state, paper.sealed_by, paper.sealed_at = "sealed", act.operator.code, act.now
    act.record("passes.seal", paper.number, mac=contents.stamp(act, paper))
    return paper


def void(act: Act, *, number: str, reason: str, slip: str = "destroyed", statement: str = "") -> Pass:
    """Void a pass: the stub stays and is marked, the number stays used, the lower part is accounted for (REL-14).

    Args:
        slip: "destroyed"; "lost" with a statement of how; "due" while the gate or the mover still holds it.

    Raises:
        Invalid: no reason, or a lost lower part without a statement; StateChanged: out or void already.
    """
    act.require("passes.void")
    paper = in_state(act, number, *LIVE, genuine=False)
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
    old = in_state(act, number, *LIVE, genuine=False)
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
                    N_("Only {count} pieces are left on {number}, of {name} {some}."), field="items", clause="REL-7",
                    name=name, some=left[name], count=left.total(), number=last_used.number,
                )  # fmt: skip
    void(act, number=number, reason=reason, slip=slip, statement=statement)
    return issue(act, draft=draft, replaces=old.number)


def _last_used(act: Act, paper: Pass) -> Pass | None:
    """The pass, or the nearest of those it replaced, on which something has left: the rest of it may still leave."""
    while not any(item.out for item in items_of(act.session, paper.number)):
        if not paper.replaces:
            return None
        paper = get(act.session, paper.replaces)
    return paper


def extend(act: Act, *, number: str, until: datetime, reason: str) -> Pass:
    """A supervisor lets a sealed pass be valid for longer, within the same load and nothing else."""
    act.require("passes.extend")
    paper = in_state(act, number, "sealed", "part")
    if until <= act.now or until <= paper.valid_until:
        raise Invalid(N_("The new end must be later than the old one and than now."), field="until")
    if paper.valid_until < act.now:
        raise StateChanged(N_("The moving time is over: void this pass and write a new one."), clause="REL-4")
    if until > paper.moving_at + LONGEST_EXTENSION:
        raise Invalid(N_("A pass is extended by a week at most: write a new one."), field="until")
    if paper.nature == "moving_out":
        fees.must_be_settled(act.session, paper.unit_id, "REL-20")
    needed(reason, "reason", 200)
    was, paper.valid_until = paper.valid_until, until
    act.record("passes.extend", paper.number, was=was, until=until, mac=contents.stamp(act, paper))
    return paper


def return_slip(act: Act, *, number: str, lost: bool = False, statement: str = "") -> Pass:
    """The lower part of a used, expired or voided pass came back, or is lost with a statement of how (REL-14, OUT-16).

    Raises:
        StateChanged: it is not missing; Invalid: it is lost and nothing is said of how.
    """
    act.require("passes.return_slip")
    paper = get(act.session, number)
    if not slip_missing(paper, act.now):
        raise StateChanged(N_("The lower part of {number} is not missing."), number=paper.number)
    if lost:
        paper.slip_note = needed(statement, "statement", 200)
    paper.slip, paper.slip_at = "lost" if lost else "back", act.now
    act.session.add(paper)
    act.record("passes.return_slip", paper.number, slip=paper.slip)
    return paper


def slip_missing(paper: Pass, now: datetime) -> bool:
    """Whether the lower part should be back: the pass is used, or its time is over and nobody has accounted for it."""
    expired = paper.state in ("sealed", "part") and paper.valid_until < now
    return paper.slip == "due" or (expired and not paper.slip)


def begin_print(act: Act, *, number: str) -> int:
    """Count a print of a signed pass before it is made, and say which one it is; from the second on it is a reprint."""
    act.require("passes.print")
    paper = in_state(act, number, "signed", "sealed", "part", "out", "void")
    if paper.state == "void" and not paper.prints:
        raise StateChanged(N_("{number} is void and was never printed."), number=paper.number)
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
