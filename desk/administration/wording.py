"""Small goods, whom an emergency is told, and the words to say, as a site can set them."""

from data.cleaning import clean
from data.words import N_, _
from desk import emergencies, prompts, site
from desk.administration.site_value import LONGEST, SiteValue, lines
from desk.ground import reference
from desk.view import View


def values(view: View) -> list[SiteValue]:
    """Small goods, whom to tell, and what is said at each moment."""
    known = view.settings
    found = [
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


def _small(text: str) -> str:
    return " ".join(clean(text).split())[:LONGEST]


def _people_of(text: str) -> str:
    return "; ".join(line.partition("|")[0].strip() for line in text.splitlines())
