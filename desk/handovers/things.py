"""What is counted when a post is handed over: keys, radios, the seal; by the incoming, before they see what it was."""

import json
import re
from collections.abc import Mapping

from data.cleaning import clean
from data.duty import Handover
from data.words import N_
from desk.ground.refusals import Invalid
from desk.handovers import page, terms
from desk.view import View

LONGEST_NAME = 20
MOST = 20
LARGEST = 100_000
LONGEST_COUNT = 9
_THING = re.compile(r"(?P<name>\D.*?)\s*(?P<count>\d{1,6})")


def parse(text: str) -> dict[str, int]:
    """The things of a post with how many there were when they were written down: keys 12, radios 2.

    Raises:
        Invalid: at "value", a thing without a number, twice the same, or too many.
    """
    found: dict[str, int] = {}
    for part in filter(None, (clean(one) for one in re.split(r"[,，;；、\n]+", text))):
        match = _THING.fullmatch(part)
        if match is None or len(match["name"]) > LONGEST_NAME or match["name"] in found:
            raise Invalid(N_("Things are written like keys 12, radios 2, seal 1."), field="value")
        found[match["name"]] = int(match["count"])
    if len(found) > MOST:
        raise Invalid(N_("At most {count} things are counted."), field="value", count=MOST)
    return found


def check(text: str) -> str:
    """The things of a post as they are kept."""
    return ", ".join(f"{name} {count}" for name, count in parse(text).items())


def names(view: View, post: str) -> list[str]:
    """What is counted at a post."""
    return list(parse(view.settings.get(terms.THINGS + post, "")))


def expected(view: View, post: str) -> dict[str, int]:
    """How many of each there should be: as they were counted last, else as the site has written them down."""
    said = parse(view.settings.get(terms.THINGS + post, ""))
    return {name: counted(page.last_taken(view, post)).get(name, number) for name, number in said.items()}


def counted(handover: Handover | None) -> dict[str, int]:
    """What was counted at a handover."""
    found: dict[str, int] = json.loads(handover.counted) if handover is not None and handover.counted else {}
    return found


def read_counts(text: str, wanted: list[str]) -> dict[str, int]:
    """The numbers that the incoming typed, in the order of the names.

    Raises:
        Invalid: at "counts", a number that is missing, too many or no number.
    """
    typed = re.split(r"[\s,，、;；]+", text.strip()) if text.strip() else []
    if len(typed) != len(wanted):
        raise Invalid(
            N_("Count {things}: {count} numbers, in this order."),
            field="counts", clause="DUT-10", things=", ".join(wanted), count=len(wanted),
        )  # fmt: skip
    if not all(one.isdecimal() and len(one) <= LONGEST_COUNT and int(one) <= LARGEST for one in typed):
        raise Invalid(N_("A number, such as 40."), field="counts")
    return {name: int(one) for name, one in zip(wanted, typed, strict=True)}


def differences(before: Mapping[str, int], now: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """What is more or fewer than it should be: name to (should be, is)."""
    return {name: (number, now[name]) for name, number in before.items() if name in now and now[name] != number}
