"""The evening's list of orders whose first copy is not back 未交回联单, a table a worker, signed as they hand in."""

from itertools import groupby

from data.words import _
from desk import site
from desk.act import Desk
from desk.calendar import moments
from desk.operators import Posts
from desk.paper.document import Document, Table
from desk.repairs import board


def document(desk: Desk) -> Document:
    """What every worker still has to hand in, the oldest first (REP-16).

    Raises:
        NotAllowed: the role takes no copies back.
    """
    desk.require("repairs.return_copy")
    calendar, now = desk.calendar(), desk.now()
    with desk.read() as session:
        names, name = Posts(session), site.setting(session, "site.name")
        out = board.papers_out(session)
    headings = (_("number"), _("finished"), _("where"), _("about"), _("handed in"))
    tables = [
        Table(
            names[worker] if worker else _("nobody"),
            headings,
            [
                (one.number, moments.shown(one.finished_at or one.closed_at, calendar, now), one.subject, one.what, "")
                for one in orders
            ],
        )
        for worker, orders in ((worker, list(found)) for worker, found in groupby(out, key=lambda one: one.worker))
    ]
    return Document(
        _("First copies not back"), name, moments.shown(now, calendar), tables=tables,
        signatures=[(_("Engineering"), ""), (_("Front desk"), "")],
    )  # fmt: skip
