"""Small goods, whom an emergency is told, and the words to say, as a site can set them."""

from data.cleaning import clean
from data.words import N_, _
from desk import emergencies, prompts, site
from desk.administration.site_value import LONGEST, SiteValue, lines
from desk.duty import terms as duty
from desk.ground import reference
from desk.handovers import terms as handovers
from desk.handovers import things
from desk.view import View


def values(view: View) -> list[SiteValue]:
    """Small goods, whom to tell, and what is said at each moment."""
    known = view.settings
    found = [
        *_posts(view),
        SiteValue(
            site.SMALL,
            "words",
            _("Small goods of the site's own that need no pass"),
            known.get(site.SMALL, ""),
            _small,
            hint=N_("names with a blank between"),
            lines=["REL-19"],
        ),
        SiteValue(
            emergencies.LIST,
            "words",
            _("Whom an emergency is told, in order"),
            known.get(emergencies.LIST) or "\n".join(map(emergencies.written, emergencies.whole_list(view))),
            emergencies.check_list,
            shows=_people_of,
            long=True,
            lines=[
                _("One a line, in order: who | phone | kinds; without kinds they hear of every one."),
                " ".join(f"{key} {_(name)}" for key, name in emergencies.KINDS.items()),
                "EMG-1",
            ],
        ),
    ]
    for moment, said_then in reference.shipped_tables(prompts.FILE).items():
        for tongue in ("zh", "en"):
            key = prompts.key(moment, tongue)
            text = known.get(key) or "\n".join(prompts.written(view.store.path, moment, tongue))
            found.append(
                SiteValue(
                    key,
                    "words",
                    _("What is said: {moment} ({tongue})", moment=moment, tongue=tongue),
                    text,
                    lines,
                    shows=lambda text: text.replace("\n", " "),
                    long=True,
                    lines=[*map(str, said_then.get(tongue, []))],
                )
            )
    return found


def _posts(view: View) -> list[SiteValue]:
    """When each post but the desk's is manned, and what is counted there at a handover."""
    found = []
    for post, title in duty.POSTS.items():
        if post != duty.DESK:
            found.append(
                SiteValue(
                    duty.POST + post,
                    "posts",
                    _("When it is manned: {post}", post=_(title)),
                    view.settings.get(duty.POST + post, duty.USUAL.get(post, duty.NEVER)),
                    duty.check_stretches,
                    hint=N_("08:00-20:00,20:00-08:00; - for never"),
                    lines=["DUT-1", "DUT-11"],
                )
            )
        found.append(
            SiteValue(
                handovers.THINGS + post,
                "posts",
                _("What is counted at a handover: {post}", post=_(title)),
                view.settings.get(handovers.THINGS + post, ""),
                things.check,
                hint=N_("keys 12, radios 2, seal 1"),
                lines=["DUT-10"],
            )
        )
    return found


def _small(text: str) -> str:
    return " ".join(clean(text).split())[:LONGEST]


def _people_of(text: str) -> str:
    return "; ".join(line.partition("|")[0].strip() for line in text.splitlines())
