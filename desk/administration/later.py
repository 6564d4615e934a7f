"""What is set from a later day on: kept with its reason until that day comes, then done by itself."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from data.cleaning import clean, masked_phone
from data.journal import Setting
from data.words import N_
from desk import site
from desk.act import Act
from desk.calendar import moments
from desk.ground.refusals import Invalid
from desk.view import View

# later:DAY:KEY is a change that counts from a day on and is not in force yet.
LATER = "later:"
LONGEST_REASON = 200
_PHONES = re.compile(r"(?<![\d:.-])\d[\d ]{5,}[\dXx](?![\d:])")


def why(reason: str) -> str:
    """The reason of a change, as the journal keeps it; refuses none at "reason"."""
    if not clean(reason):
        raise Invalid(N_("A reason is needed."), field="reason")
    return masked(clean(reason)[:LONGEST_REASON])


def masked(text: str) -> str:
    """A text of the site as the journal keeps it: a phone number in it is nobody's business there."""
    return _PHONES.sub(lambda found: masked_phone(found[0]), text)


def day_of(act: Act, since: str) -> tuple[date, bool]:
    """The day from which a change counts, and whether it is a later one; refuses a day that is past at "since"."""
    today = act.calendar.local(act.now).date()
    day = moments.day(since, today, field="since")
    if day < today:
        raise Invalid(N_("A past day never changes: choose today or a later one."), field="since")
    return day, day > today


def keep(act: Act, day: date, key: str, said: Mapping[str, Any]) -> None:
    """Keep what is said of something until its day comes."""
    site.put(act.session, f"{LATER}{day}:{key}", json.dumps(said))
    act.session.flush()
    act.__dict__.pop("settings", None)


def planned(view: View, key: str) -> dict[str, tuple[date, dict[str, Any]]]:
    """What is kept of something for later days: setting to (day, what was said)."""
    return {
        one: (date.fromisoformat(one.split(":")[1]), json.loads(text))
        for one, text in sorted(view.settings.items())
        if one.startswith(LATER) and one.split(":", 2)[2] == key
    }


def falls_due(session: Session, now: datetime) -> bool:
    """Whether a planned change counts from today or an earlier day on; asked twice a second, so by one question."""
    plans = select(Setting.key).where(col(Setting.key) >= LATER, col(Setting.key) < f"{LATER}~")
    first = session.exec(plans.order_by(col(Setting.key)).limit(1)).first()
    if first is None:
        return False
    today = now.astimezone(site.zone(site.setting(session, "site.zone"))).date()
    return first.split(":")[1] <= str(today)


def due(act: Act) -> list[tuple[str, str, dict[str, Any]]]:
    """What was planned for today or before, first day first: (setting, key, what was said)."""
    today = str(act.calendar.local(act.now).date())
    return [
        (one, one.split(":", 2)[2], json.loads(text))
        for one, text in sorted(act.settings.items())
        if one.startswith(LATER) and one.split(":")[1] <= today
    ]
