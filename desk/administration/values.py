"""Everything that a site can set, group by group."""

from data.words import N_
from desk import reading, site
from desk.administration import rules, times, wording
from desk.administration.site_value import SiteValue
from desk.ground.refusals import NotFound
from desk.view import View

# The groups in the order in which they stand in the room.
GROUPS = {
    "site": N_("Site"),
    "hours": N_("Hours on duty"),
    "days": N_("Single days"),
    "posts": N_("Posts and what is counted there"),
    "choices": N_("Choices between the sources"),
    "standards": N_("Standards"),
    "retention": N_("Kept for"),
    "words": N_("Goods, words and whom to tell"),
}


def values(view: View) -> list[SiteValue]:
    """Everything that the site can set."""
    reading.require(view.session, "site.read")
    return [*times.values(view), *rules.values(view), *wording.values(view)]


def find(view: View, key: str) -> SiteValue:
    """One thing that can be set, also a calendar or a day of which the site has said nothing yet.

    Raises:
        NotFound: nothing of this name can be set.
    """
    known = next((one for one in values(view) if one.key == key), None)
    if known is not None:
        return known
    if key.startswith(site.HOURS) and times.CALENDAR.fullmatch(name := key.removeprefix(site.HOURS)):
        return times.hours_of(view, name)
    if key.startswith(site.DAY):
        return times.day_of(view, key)
    raise NotFound(N_("There is nothing called {key} to set."), field="number", key=key)
