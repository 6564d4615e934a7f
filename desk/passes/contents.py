"""A pass is what its acts made it: each act stamps it with a keyed digest, and what was changed otherwise shows."""

import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from data.chain import PASS_FIELDS, pass_digest
from data.kept import micros
from data.passes import Pass, PassItem
from desk.act import Act
from desk.view import View

SHORT = 16


Goods = Sequence[tuple[int, str, int, str, int]]


def digest(view: View, paper: Pass, goods: Goods | None = None) -> str:
    """The digest of a pass as it stands in this act; its goods are read unless they are at hand."""
    values = [getattr(paper, name) for name in PASS_FIELDS]
    values = [micros(value) if isinstance(value, datetime) else value for value in values]
    if goods is None:
        items = view.session.exec(select(PassItem).where(PassItem.number == paper.number).order_by(col(PassItem.line)))
        goods = [(item.line, item.name, item.quantity, item.unit, item.out) for item in items]
    return pass_digest(view.store.keys.journal, values, goods)


def stamp(act: Act, paper: Pass, goods: Goods | None = None) -> str:
    """Stamp a pass that an act has changed; returns what the journal keeps of the digest."""
    paper.contents_mac = digest(act, paper, goods)
    act.session.add(paper)
    return short(paper)


def short(paper: Pass) -> str:
    """What the journal keeps of a pass's digest."""
    return paper.contents_mac[:SHORT]


def genuine(view: View, paper: Pass) -> bool:
    """Whether a pass is as its last act left it."""
    return view.once(("genuine", paper.number), lambda: hmac.compare_digest(digest(view, paper), paper.contents_mac))
