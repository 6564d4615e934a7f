"""The gate: any fragment to a verdict, and letting the goods out (REL-27, REL-29, GRD-35)."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from data.passes import Pass, PassItem
from data.store.store import Store
from data.words import N_, _
from desk import passes, rooms
from desk.act import Act
from desk.refusals import StateChanged

LIMIT = 20
SCAN = 200
TOP = "\U0010ffff"
_FIND = """
SELECT DISTINCT number, issued FROM
  (SELECT number, issued FROM pass_term WHERE term >= :low AND term < :high ORDER BY term LIMIT :scan) AS near
ORDER BY issued LIMIT :limit
"""
VERDICTS = {
    "ok": N_("LET OUT"),
    "unsealed": N_("NOT SEALED"),
    "out": N_("ALREADY OUT"),
    "expired": N_("EXPIRED"),
    "void": N_("VOID"),
    "unknown": N_("NO SUCH PASS"),
}
NEXT_STEPS = {
    "ok": N_("Check the goods one by one, then let them out."),
    "unsealed": N_("Do not let out: send them to the desk for the seal."),
    "out": N_("Do not let out again: this pass was used."),
    "expired": N_("Do not let out: the desk must issue a new pass."),
    "void": N_("Do not let out: this pass was voided."),
    "unknown": N_("Do not let out: send them to the desk."),
}


@dataclass(frozen=True)
class Verdict:
    """What the guard reads across the room; ID and phone only masked."""

    kind: str
    number: str
    unit: str
    mover: str
    mover_id: str
    plate: str
    destination: str
    moving_at: datetime
    valid_until: datetime
    items: list[PassItem]
    out_at: datetime | None
    out_by: str
    void_reason: str


def kind_of(paper: Pass, now: datetime) -> str:
    """The verdict on a pass at an instant: only a sealed one inside its validity may leave (REL-12)."""
    if paper.state in ("void", "out"):
        return paper.state
    if paper.state != "sealed":
        return "unsealed"
    return "expired" if now > paper.valid_until else "ok"


def find(store: Store, fragment: str) -> list[str]:
    """Numbers of the passes that a fragment may mean, newest first: number, tail, room, name, plate, phone."""
    text = fragment.strip()
    if re.fullmatch(r"[A-Za-z]{2}\d{2}-?\d{6,}-?\d?", text):
        low = re.sub(r"\D", "", text)
    else:
        low = rooms.normal(text) if re.search(r"\d", text) else text.lower().replace(" ", "")
    if not low:
        return []
    low = low[:40]
    rows = store.ask(_FIND, low=low, high=low + TOP, scan=SCAN, limit=LIMIT)
    return [row[0] for row in rows]


def verdict(session: Session, number: str, now: datetime) -> Verdict:
    """The verdict on one pass."""
    paper = passes.get(session, number)
    return Verdict(
        kind_of(paper, now), paper.number, passes.unit_label(session, paper), paper.mover, paper.mover_id_masked,
        paper.plate, paper.destination, paper.moving_at, paper.valid_until, passes.items_of(session, paper.number),
        paper.out_at, paper.out_by, paper.void_reason,
    )  # fmt: skip


def let_out(act: Act, *, number: str) -> Pass:
    """Record that guard and goods agreed and the goods left (REL-27); of two guards one is told it changed."""
    act.require("passes.let_out")
    paper = passes.get(act.session, number)
    kind = kind_of(paper, act.now)
    if kind != "ok":
        raise StateChanged(
            N_("{number}: {verdict}. {next}"),
            number=paper.number, verdict=_(VERDICTS[kind]), next=_(NEXT_STEPS[kind]), clause="REL-27",
        )  # fmt: skip
    paper.state, paper.out_by, paper.out_at = "out", act.operator.code, act.now
    act.session.add(paper)
    act.record("passes.let_out", paper.number)
    return paper
