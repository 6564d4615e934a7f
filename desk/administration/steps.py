"""The steps of what a site can set: it is changed, or a change that is planned is withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.words import N_, _
from desk.administration import changing, holidays, later, site_files
from desk.administration.site_value import LONGEST, SiteValue
from desk.calendar import moments
from desk.clocks.reckoning import Moved
from desk.ground.fields import Field
from desk.ground.left import clock_name
from desk.ground.refusals import Refused
from desk.steps import Step, always
from desk.view import View

MOST_SHOWN = 6


def _value(_view: View, value: SiteValue) -> dict[str, object]:
    """The field as it is typed or chosen, with what is in force."""
    kind = "choice" if value.options else "long" if value.long else "text"
    return {"kind": kind, "options": lambda: value.options, "default": value.value, "hint": value.hint}


def _running(_view: View, value: SiteValue) -> dict[str, object] | None:
    return {} if value.moves else None


def _ways() -> list[tuple[str, str]]:
    return [("", "–"), (changing.KEEP, _("keep their end")), (changing.MOVE, _("move, too"))]


def _since(_view: View, value: SiteValue) -> dict[str, object] | None:
    return None if value.key.startswith("day:") else {}


def _preview(view: View, value: SiteValue, values: Mapping[str, str]) -> list[str]:
    """Which running promises would move, the next one due first."""
    return _moved(view, changing.preview(view, value, values))


def _preview_day(view: View, _record: object, values: Mapping[str, str]) -> list[str]:
    return _moved(view, changing.preview_day(view, values))


def _preview_notice(view: View, _record: object, values: Mapping[str, str]) -> list[str]:
    """Which running promises the notice in the file would move; nothing while there is none."""
    try:
        return _moved(view, holidays.preview(view, holidays.read_file(values.get("file", ""))))
    except Refused:
        return []


def _preview_calendar(view: View, _record: object, values: Mapping[str, str]) -> list[str]:
    return _moved(view, changing.preview_calendar(view, values))


def _preview_withdrawal(view: View, value: SiteValue, _values: Mapping[str, str]) -> list[str]:
    return _moved(view, changing.preview_withdrawal(view, value))


def _moved(view: View, moved: Sequence[Moved]) -> list[str]:
    """The promises that would move, the next one due first."""
    if not moved:
        return []
    shown = [
        _(
            "{record} {promise}: {was} → {due}",
            record=one.clock.record,
            promise=clock_name(one.clock),
            was=moments.shown(one.clock.due_at, view.calendar, view.now),
            due=moments.shown(one.deadline.due, view.calendar, view.now),
        )
        for one in moved[:MOST_SHOWN]
    ]
    more = [_("… and {count} more", count=len(moved) - MOST_SHOWN)] if len(moved) > MOST_SHOWN else []
    return [_("{count} running promises would end at another time:", count=len(moved)), *shown, *more]


def _beside(view: View, value: SiteValue) -> list[str]:
    plans = [
        _("planned from {day}: {value}", day=day, value=value.shows(text))
        for day, text in changing.planned(view, value).values()
    ]
    return [N_("Where it comes from"), *value.lines, *plans]


def _waiting(view: View, _record: object) -> dict[str, object]:
    """The first file that waits to be taken in, so that mostly nothing has to be typed."""
    found = site_files.waiting(view.store.path)
    return {"default": found[0]} if found else {}


SINCE = Field("since", N_("From"), hint=N_("a day such as 2026-12-01; empty: now"), longest=20)
REASON = Field("reason", N_("Reason"), longest=later.LONGEST_REASON)
RUNNING = Field("running", N_("Running promises"), "choice", _ways)
ADMINISTRATOR = N_("of an administrator")

STEPS = (
    Step(
        changing.change, "site.change", changing.why_not_change, "e", N_("Change"),
        N_("Set this, now or from a day on"), title="{what}", fills=lambda _view, value: {"what": value.title},
        asks=(
            Field("value", N_("Value"), longest=LONGEST, finds=_value),
            replace(SINCE, finds=_since),
            Field("running", N_("Running promises"), "choice", _ways, finds=_running),
            REASON,
        ),
        said=N_("It is set."), beside=_beside, previews=_preview, command="change", words=("value",),
    ),
    Step(
        changing.withdraw, "site.change", changing.why_not_withdraw, "w", N_("Withdraw"),
        N_("Take back what is planned for a later day"), title=N_("Withdraw what is planned for {what}"),
        fills=lambda _view, value: {"what": value.title}, asks=(REASON,), said=N_("Withdrawn."), command="withdraw",
        previews=_preview_withdrawal,
    ),
    Step(
        changing.set_day, "site.change", always, "d", N_("Single day"),
        N_("Close, open or give other hours to one day"), title=N_("A single day"),
        asks=(
            Field("day", N_("Day"), hint=N_("such as 2026-12-24"), longest=20),
            Field("value", N_("Hours"), longest=120,
                  hint=N_("closed, open, 08:00-12:00; behind a | what it is called")),
            Field("calendar", N_("Only for"), hint=N_("desk or the name of a calendar; empty: for all"), longest=20),
            RUNNING, REASON,
        ),
        signer=ADMINISTRATOR, command="day", words=("day", "value"), new=True, previews=_preview_day,
    ),
    Step(
        changing.add_calendar, "site.change", always, "n", N_("New calendar"),
        N_("Hours of their own for repairs, guards or others"), title=N_("A new calendar"),
        asks=(
            Field("calendar", N_("Name"), hint=N_("small letters: repairs, guards"), longest=20),
            Field("value", N_("Hours"), "long", default="Mon-Fri 08:00-12:00,13:00-17:00", longest=2000),
            SINCE, RUNNING, REASON,
        ),
        signer=ADMINISTRATOR, command="calendar", words=("calendar", "value"), new=True, previews=_preview_calendar,
    ),
    Step(
        changing.remove_calendar, "site.change", changing.why_not_remove, "x", N_("Remove"),
        N_("A calendar that was made by mistake"), title=N_("Take the calendar {what} away?"),
        fills=lambda _view, value: {"what": value.title}, asks=(REASON,), said=N_("It is gone."), command="remove",
        foot=False,
    ),
    Step(
        site_files.take_in, "site.take_in", always, "f", N_("Site file"),
        N_("Use a file that lies beside the store: standards, words, lists"), title=N_("A file of the site's own"),
        asks=(Field("file", N_("File"), hint=N_("standards.toml, prompts.toml, emergencies.toml and the like"),
                    longest=60, finds=_waiting),),
        said=N_("It is used from now on."), signer=ADMINISTRATOR, command="take-in", words=("file",), new=True,
        foot=False,
    ),
    Step(
        site_files.put_aside, "site.take_in", always, "u", N_("Shipped file again"),
        N_("Use the shipped file instead of the site's own"), title=N_("The shipped file again"),
        asks=(Field("file", N_("File"), longest=60),), said=N_("The shipped file is used."), signer=ADMINISTRATOR,
        command="put-aside", words=("file",), new=True, foot=False,
    ),
    Step(
        holidays.take_in_file, "holidays.import", always, "h", N_("Holiday notice"),
        N_("Take in the holiday notice of a year"), title=N_("The holiday notice of a year"),
        asks=(Field("file", N_("File"), hint=N_("path of the notice in the holiday-cn form (JSON)"), longest=400),),
        said=N_("The notice is taken in."), signer=ADMINISTRATOR, new=True, previews=_preview_notice,
    ),
)  # fmt: skip
