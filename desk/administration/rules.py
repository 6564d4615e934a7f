"""What the desk promises, as a site can set it: the choices between the sources, and the standards' values."""

import re

from data.cleaning import clean
from data.words import N_, _
from desk import site
from desk.administration.site_value import Check, SiteValue, one_of
from desk.calendar import is_calendar, parse_hours, parse_within
from desk.clocks.clocks import limit_said
from desk.ground.refusals import Invalid
from desk.ground.roles import ROLES, role_names
from desk.standards import OWN, READ, Option, Target, Timer
from desk.view import View

# What the values between which a site chooses say to a reader.
SAID = {
    "no human factors": N_("nothing that somebody did"),
    "staff attitude too": N_("also how the staff behaved"),
    "every": N_("every pass"),
    "moving_out": N_("only moving out"),
    "owner called": N_("the owner is called"),
    "tenant on file": N_("the tenant on file proves it"),
    "occupied households": N_("of occupied households"),
    "contacts taken": N_("of contacts taken"),
}


# The rates that some rule or sheet reads; one that nothing reads would only pretend to be set.
SHOWN = frozenset({"N-1", "N-2", "N-3", "N-4", "N-6", "N-8"})


def values(view: View) -> list[SiteValue]:
    """The choices between the sources, and every standard that can be started or is a number."""
    return [*_choices(view), *_standards(view)]


def _choices(view: View) -> list[SiteValue]:
    book = view.standards
    both: list[Timer | Target] = [*book.timers.values(), *book.targets.values()]
    rules = [rule for rule in both if len(rule.options) > 1]
    return [
        SiteValue(
            f"{site.CHOICE}{rule.id}",
            "choices",
            f"{rule.id} {rule.name}",
            book.chosen(rule.id, view.choices).name,
            one_of([option.name for option in rule.options]),
            shows=dict(_options(rule)).__getitem__,
            options=_options(rule),
            moves=isinstance(rule, Timer),
            lines=[f"{option.name}: {_limit(option, rule)}  {' '.join(option.clauses)}" for option in rule.options],
        )
        for rule in rules
        if isinstance(rule, Timer) or rule.id in READ
    ]


def _options(rule: Timer | Target) -> list[tuple[str, str]]:
    return [(option.name, f"{option.name}: {_limit(option, rule)}") for option in rule.options]


def _limit(option: Option, rule: Timer | Target) -> str:
    if isinstance(rule, Timer):
        return limit_said(option.value, option.calendar)
    if set(option.value.replace("|", " ").split()) <= set(ROLES):
        return " / ".join(role_names(part.strip()) for part in option.value.split("|"))
    return _(SAID.get(option.value, option.value))


def _standards(view: View) -> list[SiteValue]:
    book = view.standards
    found = []
    both: list[Timer | Target] = [*book.timers.values(), *book.targets.values()]
    for rule in both:
        option = book.chosen(rule.id, view.choices)
        timer = rule if isinstance(rule, Timer) else None
        if timer is not None and (timer.kind == "target" or (timer.kind == "clock" and not timer.live)):
            continue
        if timer is None and (len(rule.options) > 1 or (rule.id.startswith("N-") and rule.id not in SHOWN)):
            continue
        origin = book.chosen(rule.id, {key: one for key, one in view.choices.items() if not key.startswith(OWN)})
        value = f"{option.value}, {option.calendar}" if timer else option.value
        found.append(
            SiteValue(
                f"{OWN}{rule.id}",
                "retention" if timer and timer.kind == "retention" else "standards",
                f"{rule.id} {rule.name}",
                value,
                check=_years(origin) if timer and timer.kind == "retention" else _standard(view, timer, origin),
                shows=_shown_limit if timer else str,
                moves=timer is not None and timer.kind != "retention",
                hint=_hint(timer),
                lines=[
                    _("The procedures: {value}", value=f"{origin.value}, {origin.calendar}" if timer else origin.value),
                    " ".join(origin.clauses) or rule.source,
                ],
            )
        )
    return found


def _hint(timer: Timer | None) -> str:
    if timer is None:
        return ""
    if timer.kind == "retention":
        return N_("years, such as 5 years; never fewer than the procedures say")
    return N_("how long, calendar: 15 min, always · 2 h, duty · 1 working day, working · 4 h, duty:repairs")


def _years(origin: Option) -> Check:
    """Checks for how many years forms are kept: as long as the procedures say, or longer (REC-1)."""
    least = int(origin.value.split()[0])

    def check(text: str) -> str:
        said = re.fullmatch(r"(\d{1,2}) ?(?:years?|年)(?:\s*,\s*always)?", clean(text).replace("，", ","))
        if said is None or int(said[1]) < least:
            raise Invalid(
                N_("Forms are kept for {count} years or longer: write it like 5 years."),
                field="value",
                clause="REC-1",
                count=least,
            )
        return "" if int(said[1]) == least else f"{int(said[1])} years, always"

    return check


# A number that is no number but a limit, such as how long a pass is valid.
_LIMITS = ("same day", "next day")


def _limit_of(text: str) -> None:
    try:
        parse_within(text, "always")
    except Invalid as problem:
        problem.field = "value"
        raise


def _shown_limit(text: str) -> str:
    within, _comma, calendar = text.rpartition(", ")
    return limit_said(within, calendar)


def _standard(view: View, timer: Timer | None, origin: Option) -> Check:
    """Checks a standard's value; what the procedures say themselves is kept as nothing of the site's own."""

    def check(text: str) -> str:
        text = clean(text).replace("，", ",")
        if timer is None:
            if origin.value in _LIMITS:
                _limit_of(text)
                return "" if text == origin.value else text
            if (
                not text
                or len(text) > 20
                or not re.fullmatch(re.sub(r"\d+", r"\\d{1,4}", re.escape(origin.value)), text)
            ):
                raise Invalid(N_("Write it like {value}."), field="value", value=origin.value)
            if "-" in origin.value and ":" in origin.value:
                parse_hours(text, field="value")
            elif any(int(number) == 0 for number in re.findall(r"\d+", text)) and "0" not in origin.value.split():
                raise Invalid(N_("Nothing here is 0."), field="value")
            return "" if text == origin.value else text
        within, _comma, calendar = (part.strip() for part in text.rpartition(","))
        if not within:
            within, calendar = calendar, origin.calendar
        if not is_calendar(calendar):
            raise Invalid(
                N_("There is no calendar {name}: use always, duty, working or duty:NAME."), field="value", name=calendar
            )
        if (name := calendar.partition(":")[2]) and name not in view.calendar.others:
            raise Invalid(N_("There is no calendar {name}."), field="value", name=name)
        try:
            limit = parse_within(within, calendar)
            if (limit.before or limit.word == "by") and not (origin.anchor or timer.anchor):
                raise Invalid(N_("a limit relative to an agreed moment needs an anchor"), field="value")
            # What cannot be reckoned from now on would stop whatever starts it.
            view.calendar.deadline(view.now, within, calendar)
        except Invalid as problem:
            problem.field = "value"
            raise
        return "" if (within, calendar) == (origin.value, origin.calendar) else f"{within}, {calendar}"

    return check
