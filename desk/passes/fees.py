"""What a unit owes, and finance's signature on a pass (REL-8, REL-9, REL-20, FEE-1, FEE-2; X-12)."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from data.directory import Arrears
from data.store.relied import rely_on_all
from data.words import N_
from desk import directory
from desk.act import Act
from desk.ground.refusals import Invalid, Refused
from desk.view import View

MOST_FEN = 100_000_000_00


def owed(session: Session, unit_id: int) -> int:
    """What a unit owes in all, in fen."""
    return sum(one.fen for one in _debts(session, unit_id))


def _debts(session: Session, unit_id: int) -> list[Arrears]:
    """The fees of a unit of which something is owed; as whole rows, so that an act relies on none that was changed."""
    rely_on_all(session, Arrears)
    rows = session.exec(select(Arrears).where(Arrears.unit_id == unit_id).order_by(col(Arrears.fee))).all()
    return [one for one in rows if one.fen > 0]


def owed_by_unit(session: Session, unit_ids: Collection[int]) -> dict[int, int]:
    """What some units owe in all, in fen; those that owe nothing are left out."""
    query = (
        select(Arrears.unit_id, func.sum(Arrears.fen))
        .where(col(Arrears.unit_id).in_(unit_ids), Arrears.fen > 0)
        .group_by(col(Arrears.unit_id))
    )
    return {unit: int(fen) for unit, fen in session.exec(query)}


def snapshot(session: Session, unit_id: int) -> str:
    """What a unit owes of each fee and as of when, as it is written on the pass: JSON [[fee, fen, ISO instant], …]."""
    debts = [[one.fee, one.fen, one.as_of.isoformat()] for one in _debts(session, unit_id)]
    return json.dumps(debts, separators=(",", ":"))


def read_snapshot(text: str) -> list[tuple[str, int, datetime]]:
    """The fees of a snapshot: (fee, fen, as of)."""
    return [(fee, fen, datetime.fromisoformat(at)) for fee, fen, at in json.loads(text)]


def need_signature(view: View, nature: str) -> bool:
    """Whether finance must sign a pass of this nature, by the site's choice; moving out always (X-12)."""
    return view.chosen("X-12") == "every" or nature == "moving_out"


def must_be_settled(session: Session, unit_id: int, clause: str) -> None:
    """Refuse while the unit owes anything."""
    if (refused := why_not_settled(session, unit_id, clause)) is not None:
        raise refused


def why_not_settled(session: Session, unit_id: int, clause: str) -> Refused | None:
    """What the unit owes, as a refusal; None where it owes nothing."""
    debt = owed(session, unit_id)
    if not debt:
        return None
    return Invalid(
        N_("The unit owes {amount}: nothing leaves before it is settled."), clause=clause, amount=directory.yuan(debt)
    )


def record_arrears(act: Act, *, unit_id: int, fee: str, fen: int) -> None:
    """Finance writes what a unit owes of one fee as of now; 0 says it is settled (FEE-2).

    Raises:
        Invalid: an unknown fee, a negative amount or one beyond a hundred million yuan.
    """
    act.require("fees.record")
    unit = directory.unit_by_id(act.session, unit_id)
    if fee not in directory.FEES:
        raise Invalid(N_("Choose the fee."), field="fee")
    if not 0 <= fen <= MOST_FEN:
        raise Invalid(N_("An amount is written like 120.50, from 0 up."), field=fee)
    row = act.session.exec(select(Arrears).where(Arrears.unit_id == unit_id, Arrears.fee == fee)).first()
    if row is None:
        row = Arrears(unit_id=unit_id, fee=fee, fen=0, as_of=act.now)
    row.fen, row.as_of = fen, act.now
    act.session.add(row)
    act.record("fees.record", f"unit:{unit.label}", fee=fee, fen=fen)
