"""Watching for goods that leave piece by piece (REL-18)."""

import re
from datetime import timedelta

from sqlmodel import Session, col, select

from data.passes import Pass
from data.words import N_
from desk.act import Act
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.passes.reading import ready
from desk.view import View

_SPAN = re.compile(r"(\d+) in (\d+) days")


def threshold(act: Act) -> tuple[int, timedelta]:
    """How many single pieces within how long draw attention, as the site has set it."""
    value = act.chosen("pass.repeats")
    match = _SPAN.fullmatch(value)
    if match is None:
        raise Invalid(N_("pass.repeats is written like: 3 in 30 days."), field="pass.repeats")
    return int(match[1]), timedelta(days=int(match[2]))


def earlier_pieces(session: Session, paper: Pass, span: timedelta) -> list[str]:
    """Numbers of the passes with which this unit or person took single pieces out within the span, newest first."""
    since = paper.issued_at - span
    same = Pass.unit_id == paper.unit_id
    if paper.mover_id_index:
        same = same | (Pass.mover_id_index == paper.mover_id_index)
    query = select(Pass.number).where(
        same,
        Pass.issued_at > since,
        Pass.pieces == 1,
        Pass.nature == "temporary",
        Pass.state != "void",
        Pass.number != paper.number,
    )
    return list(session.exec(query.order_by(col(Pass.issued_at).desc(), col(Pass.number).desc()).limit(20)))


def raise_alert(act: Act, paper: Pass) -> None:
    """Write the earlier passes on a pass that is one single piece too many, and tell the supervisor."""
    if paper.nature != "temporary" or paper.pieces != 1:
        return
    count, span = threshold(act)
    earlier = earlier_pieces(act.session, paper, span)
    if len(earlier) + 1 >= count:
        paper.repeats = " ".join(earlier)
        act.session.add(paper)
        act.record("passes.alert", paper.number, subject=paper.mover, earlier=earlier)


def why_not_look(_view: View, paper: Pass) -> Refused | None:
    """There is an alert to be looked at."""
    return None if paper.repeats else StateChanged(N_("There is no alert on {number}."), number=paper.number)


def look(act: Act, *, number: str) -> Pass:
    """A supervisor has looked at an alert; its promise ends."""
    act.require("passes.look")
    paper = ready(act, number, why_not_look)
    act.record("passes.look", paper.number)
    return paper
