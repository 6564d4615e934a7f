"""The gate: any fragment to a verdict, goods let out part by part, or refused (REL-27, REL-29, GRD-26, GRD-35)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from data.chain import PASS_FIELDS, pass_digest
from data.kept import from_micros
from data.passes import Pass, PassTrip
from data.words import N_, _, named
from desk import passes, search
from desk.act import Act, Desk
from desk.ground.numbers import is_number
from desk.ground.refusals import Invalid, NotFound, StateChanged
from desk.ground.texts import limited, needed
from desk.passes import contents
from desk.passes.eyes import must_be_another

LIMIT = 20
SCAN = 1000
TOP = "\U0010ffff"
# However it was typed or scanned: with words before it, blanks, or no dashes.
NUMBER = re.compile(r"FX[\W_一ー丨]*(\d{2})[\W_一ー丨]*(\d{6,})[\W_一ー丨]*(\d)(?!\d)", re.I)
SERIES = re.compile(r"(?:^|[ .:])FX *(?=\d)", re.I)
# What a scanner or an input method makes of a dash.
DASHES = re.compile("[\u2010-\u2015\u2212\u00ad_~～·・—ー一丨](?=\\d)")
_FIND = """
SELECT DISTINCT number, issued FROM
  (SELECT number, issued FROM pass_term WHERE term >= :low AND term < :high ORDER BY term LIMIT :scan) AS near
ORDER BY issued LIMIT :limit
"""
_WHOLE = "SELECT DISTINCT number, issued FROM pass_term WHERE term = :term ORDER BY issued LIMIT :limit"
_TAIL = """
SELECT number FROM pass_term WHERE term = :tail
   AND (replace(number, '-', '') LIKE '%' || :tail OR replace(number, '-', '') LIKE '%' || :tail || '_')
ORDER BY issued LIMIT :limit
"""
READ = "passes.read"
SHORTEST_TAIL, USUAL_TAIL = 2, 4
_LOST = "SELECT 1 FROM lost_numbers WHERE series = :series AND :number BETWEEN first AND last"
_EXACT = "SELECT number FROM release_pass WHERE number = :number"
# One statement, so that the goods are those of the same moment as the pass and its digest.
_PASS = f"""
SELECT g.line, g.name, g.quantity, g.unit, g.out, {", ".join("p." + name for name in PASS_FIELDS)},
       p.contents_mac, p.void_reason, p.out_at, p.out_by, u.label,
       (SELECT number FROM release_pass WHERE replaces = p.number ORDER BY number DESC LIMIT 1),
       (SELECT coalesce(sum(fen), 0) FROM arrears WHERE unit_id = p.unit_id AND fen > 0)
FROM release_pass p JOIN unit u ON u.id = p.unit_id LEFT JOIN pass_item g ON g.number = p.number
WHERE p.number = :number ORDER BY g.line
"""  # noqa: S608
GOODS_COLUMNS = 5

VERDICTS = {
    "ok": N_("LET OUT"),
    "part": N_("PART OUT"),
    "held": N_("ON HOLD"),
    "unsealed": N_("NOT SEALED"),
    "out": N_("ALREADY OUT"),
    "early": N_("NOT TODAY"),
    "owes": N_("FEES OWED"),
    "expired": N_("EXPIRED"),
    "refused": N_("REFUSED"),
    "void": N_("VOID"),
    "changed": N_("CHANGED"),
    "doubted": N_("WRONG CLOCK"),
    "unknown": N_("NO SUCH PASS"),
}
NEXT_STEPS = {
    "ok": N_("Check the goods one by one, then let them out."),
    "part": N_("Part has left: check the rest one by one, then let it out."),
    "held": N_("Do not let out: the owner has not agreed yet."),
    "unsealed": N_("Do not let out: send them to the desk for the seal."),
    "out": N_("Do not let out again: this pass was used."),
    "early": N_("Do not let out yet: the move is on another day."),
    "owes": N_("Do not let out: the room owes fees and moves out. Send them to finance."),
    "expired": N_("Do not let out: the desk must issue a new pass."),
    "refused": N_("Do not let out: this pass was refused, the desk issues a new one."),
    "void": N_("Do not let out: this pass was voided."),
    "changed": N_("Do not let out: what is written here is not what was signed. Tell the supervisor."),
    "doubted": N_("Do not let out yet: the machine's clock is wrong. Have it set right, or confirmed by a leader."),
    "unknown": N_("Do not let out: send them to the desk."),
}
MAY_LEAVE = ("ok", "part")
REFUSALS = {
    "more": N_("more than the pass says"),
    "other_goods": N_("other goods"),
    "other_person": N_("another person"),
    "other": N_("other reason"),
}
PROOFS = {"id": N_("ID card seen"), "known": N_("known to the guard")}


@dataclass(frozen=True)
class Goods:
    """One line of goods at the gate: what the pass says and what has left."""

    line: int
    name: str
    quantity: int
    unit: str
    out: int

    @property
    def left(self) -> int:
        """How many may still leave."""
        return self.quantity - self.out


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
    items: list[Goods]
    trips: int
    out_at: datetime | None
    out_by: str
    void_reason: str
    replaced_by: str


def find(desk: Desk, fragment: str, limit: int = LIMIT) -> list[str]:
    """Numbers of the passes that a fragment may mean, newest first: number, tail, room, name, plate, phone.

    Digits with dashes may be a room or the tail of a number; what either means is answered. Of a fragment with which
    more than SCAN terms begin, the newest among the first SCAN are answered.
    """
    text = DASHES.sub("-", unicodedata.normalize("NFKC", fragment)).strip()
    if match := NUMBER.search(text):
        exact = desk.ask(READ, _EXACT, number=f"FX{match[1]}-{match[2]}-{match[3]}")
        if exact or is_number(f"FX{match[1]}-{match[2]}-{match[3]}"):
            return [row[0] for row in exact]
    if match := SERIES.search(text):
        text = re.sub(r"[ -]", "", text[match.end() :])
    low = search.normal(text)
    if not low:
        return []
    low = low[:40]
    if low.isdecimal() and len(low) >= USUAL_TAIL:
        # Digits are mostly a whole tail; when those fill the list, what only begins with them need not be read.
        whole = [row[0] for row in desk.ask(READ, _WHOLE, term=low, limit=limit)]
        if len(whole) == limit:
            return whole
    found = [row[0] for row in desk.ask(READ, _FIND, low=low, high=low + TOP, scan=max(SCAN, limit), limit=limit)]
    plain = re.sub(r"[\W_]", "", text)
    if plain != low and plain.isdecimal() and len(plain) >= SHORTEST_TAIL:
        found += [row[0] for row in desk.ask(READ, _TAIL, tail=plain, limit=limit) if row[0] not in found]
    return found[:limit]


def lost(desk: Desk, text: str) -> NotFound | None:
    """What to say of a number that was given out and is gone since a backup was restored; None for any other."""
    match = NUMBER.search(DASHES.sub("-", unicodedata.normalize("NFKC", text)))
    if match is None or not is_number(number := f"FX{match[1]}-{match[2]}-{match[3]}"):
        return None
    if not desk.ask(READ, _LOST, series=f"passes:20{match[1]}", number=int(match[2])):
        return None
    return NotFound(
        N_(
            "{number} was issued before a backup was restored, and the store no longer knows what is on it: keep the "
            "goods here, and let the desk write a new pass."
        ),
        field="number",
        number=number,
    )


def verdict(desk: Desk, number: str) -> Verdict:
    """The verdict on one pass: only a sealed one, in its time and unchanged since it was signed, may leave (REL-12).

    Raises:
        NotFound: there is no such pass; StoreProblem: the store gives no answer, and nothing may leave.
    """
    rows = desk.ask(READ, _PASS, number=number.strip().upper())
    if not rows:
        raise lost(desk, number) or NotFound(N_("There is no pass {number}."), field="number", number=number)
    goods = [Goods(*line[:GOODS_COLUMNS]) for line in rows if line[0] is not None]
    row = rows[0][GOODS_COLUMNS:]
    known = dict(zip(PASS_FIELDS, row, strict=False))
    mac, void_reason, out_at, out_by, label, replaced_by, owed = row[len(PASS_FIELDS) :]
    if (
        pass_digest(desk.store.keys.journal, row[: len(PASS_FIELDS)], [tuple(vars(item).values()) for item in goods])
        != mac
    ):
        kind = "changed"
    else:
        now = desk.now()
        early, over = now < from_micros(known["valid_from"]), now > from_micros(known["valid_until"])
        kind = _kind(known["state"], early, over, owes=known["nature"] == "moving_out" and owed > 0)
        if kind in (*MAY_LEAVE, "early", "expired") and desk.doubt() is not None:
            kind = "doubted"
    return Verdict(
        kind,
        row[0],
        label,
        known["mover"],
        known["mover_id_masked"],
        known["plate"],
        known["destination"],
        from_micros(known["moving_at"]),
        from_micros(known["valid_until"]),
        goods,
        known["trips"],
        from_micros(out_at) if out_at is not None else None,
        out_by,
        void_reason,
        replaced_by or "",
    )


def _kind(state: str, early: bool, over: bool, *, owes: bool) -> str:
    if state in ("void", "out", "refused"):
        return state
    if state == "hold":
        return "held"
    if state not in ("sealed", "part"):
        return "unsealed"
    if early or over:
        return "early" if early else "expired"
    if owes:
        return "owes"
    return "part" if state == "part" else "ok"


def let_out(
    act: Act,
    *,
    number: str,
    goods: Mapping[int, int] | None = None,
    seen: int | None = None,
    proof: str = "id",
    plate: str = "",
    note: str = "",
) -> Pass:
    """Record that guard and goods agreed and what left; the rest may follow on the same pass (REL-27, GRD-35).

    Args:
        goods: line of the pass to how many of it leave now; None for all that is left.
        seen: how many trips the guard's screen showed; of two guards at once the second is told it changed.
        proof: how the mover was known, a key of PROOFS.

    Raises:
        StateChanged: the pass may not leave, or somebody was faster; Invalid: more than the pass says.
    """
    act.require("passes.let_out")
    paper = passes.get(act.session, number)
    _must_be_as_seen(paper, seen)
    _must_may_leave(act, paper)
    must_be_another(act, paper.issued_by, paper.fees_by)
    if proof not in PROOFS:
        raise Invalid(N_("Say how you know the mover."), field="proof", clause="REL-27")
    leaving = _leaving(act.session, paper.number, goods)
    items = passes.items_of(act.session, paper.number)
    for item in items:
        item.out += leaving.get(item.line, 0)
        act.session.add(item)
    rest = sum(item.quantity - item.out for item in items)
    carried = "; ".join(f"{item.name} {leaving[item.line]}" for item in items if leaving.get(item.line))
    act.session.add(
        PassTrip(
            number=paper.number,
            at=act.now,
            guard=act.operator.code,
            goods=carried,
            proof=proof,
            plate=limited(plate, "plate", 12) or paper.plate,
            note=limited(note, "note", 200),
        )
    )
    paper.trips += 1
    paper.state, paper.out_by, paper.out_at = "part" if rest else "out", act.operator.code, act.now
    paper.slip = paper.slip if rest else "due"
    mac = contents.stamp(act, paper)
    act.record(
        "passes.let_out", paper.number, subject=paper.mover, trip=paper.trips, rest="some" if rest else "none", mac=mac
    )
    return paper


def _must_be_as_seen(paper: Pass, seen: int | None) -> None:
    if seen is not None and seen != paper.trips:
        raise StateChanged(N_("{number} was changed at another gate just now: look at it again."), number=paper.number)


def _must_may_leave(act: Act, paper: Pass) -> None:
    owes = paper.nature == "moving_out" and passes.owed(act.session, paper.unit_id) > 0
    kind = _kind(paper.state, act.now < paper.valid_from, act.now > paper.valid_until, owes=owes)
    if not contents.genuine(act, paper):
        kind = "changed"
    if kind not in MAY_LEAVE:
        raise StateChanged(
            N_("{number}: {verdict}. {next}"),
            number=paper.number,
            verdict=_(VERDICTS[kind]),
            next=_(NEXT_STEPS[kind]),
            clause="REL-27",
        )


def _leaving(session: Session, number: str, goods: Mapping[int, int] | None) -> dict[int, int]:
    left = {item.line: item.quantity - item.out for item in passes.items_of(session, number)}
    if goods is None:
        return {line: count for line, count in left.items() if count}
    for line, count in goods.items():
        if line not in left or count < 0 or count > left[line]:
            raise Invalid(
                N_("Line {line}: more than the pass says may not leave; refuse it, and the desk issues a new pass."),
                field="goods",
                clause="REL-27",
                line=line,
            )
    if not any(goods.values()):
        raise Invalid(N_("Nothing is marked as leaving."), field="goods", clause="REL-27")
    return {line: count for line, count in goods.items() if count}


def refuse(act: Act, *, number: str, reason: str, seen: int | None = None, note: str = "", plate: str = "") -> Pass:
    """Turn a load away at the gate: the pass is used no more and goes back to the desk (REL-28, GRD-26, OUT-16).

    Args:
        reason: a key of REFUSALS; "other" needs a note.
        seen: how many trips the guard's screen showed.
    """
    act.require("passes.refuse")
    paper = passes.get(act.session, number)
    _must_be_as_seen(paper, seen)
    _must_may_leave(act, paper)
    if reason not in REFUSALS:
        raise Invalid(N_("Choose why it is refused."), field="reason", clause="REL-27")
    note = needed(note, "note", 200) if reason == "other" else limited(note, "note", 200)
    act.session.add(
        PassTrip(
            number=paper.number,
            at=act.now,
            guard=act.operator.code,
            refused=reason,
            note=note,
            plate=limited(plate, "plate", 12),
        )
    )
    paper.trips += 1
    paper.state, paper.slip = "refused", "due"
    mac = contents.stamp(act, paper)
    act.record("passes.refuse", paper.number, subject=paper.mover, reason=reason, mac=mac)
    return paper


def read_goods(texts: list[str]) -> dict[int, int]:
    """Which lines leave and how many, from texts such as 1:2; refuses any other form and a line named twice."""
    found: dict[int, int] = {}
    for text in texts:
        match = re.fullmatch(r"(\d{1,3}):(\d{1,4})", text.strip())
        if match is None:
            raise Invalid(N_("What leaves is written LINE:COUNT, such as 1:2."), field="goods")
        if int(match[1]) in found:
            raise Invalid(N_("Line {line} is named twice."), field="goods", line=match[1])
        found[int(match[1])] = int(match[2])
    return found


def trips_of(session: Session, number: str) -> list[PassTrip]:
    """What happened to a pass at the gate, the first trip first."""
    return list(session.exec(select(PassTrip).where(PassTrip.number == number).order_by(col(PassTrip.id))))


def refusal_name(reason: str) -> str:
    """Why a load was refused, in the reader's language."""
    return named(REFUSALS, reason)


def proof_name(proof: str) -> str:
    """How the mover was known, in the reader's language."""
    return named(PROOFS, proof)
