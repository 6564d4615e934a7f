"""What a post owes today, beside an empty form: the first question of a receptionist who sits down."""

from textual.content import Content

from data.words import _
from desk.act import Desk
from desk.calendar import moments
from desk.clocks import banding, queueing
from desk.ground import left
from screens.text import fit, one_line
from screens.timeline import heading, tone

# So many promises are told; more than a few nobody keeps in mind.
MOST = 8
# Cells of a countdown.
LEFT = 9


def today_parts(desk: Desk) -> list[Content]:
    """How the day has gone, and whom this post promised something by when, the first first; behind a tab, when."""
    with desk.snapshot(), desk.look() as view:
        roles = view.operator.roles.split() if view.operator is not None else []
        if view.operator is None or not desk.may("clocks.read"):
            return []
        day = queueing.day_so_far(view.session, view.calendar.midnight(view.today))
        owed, count = banding.owed(view, roles, MOST)
    parts = [
        Content.assemble(
            (_("Today") + "  ", "bold"), _("{taken} taken; promises: {kept} kept, {late} late", **vars(day))
        ),
        heading(_("You owe {count} of today", count=count) if count else _("You owe nothing of today.")),
    ]
    for clock in owed:
        rest = fit(left.countdown(clock, view.now, view.calendar.zone), LEFT, right=True)
        name, due = one_line(left.clock_name(clock)), moments.shown(clock.due_at, view.calendar, view.now)
        parts.append(Content.assemble((rest, tone(clock, view.now)), f"  {name}\t", (due, "$foreground-muted")))
        parts.append(Content.styled(f"{' ' * (LEFT + 2)}{one_line(clock.subject)}\t", "$foreground-muted"))
    return [*parts, Content("")]
