"""Where the sources contradict each other the site chooses: either value is run, and moves what it should."""

from datetime import timedelta
from pathlib import Path

import pytest

from desk import standards
from desk.act import Desk
from tests.helpers import choose, clock_of, close, closed_major, take

DAY = timedelta(days=1)


@pytest.mark.clause("RV-4", "RV-23")
@pytest.mark.parametrize(("rule", "weight"), [("T-21", "minor"), ("T-21b", "major")])
@pytest.mark.parametrize(("option", "days"), [("S3", 1), ("S0", 3)])
def test_the_visit_after_a_complaint_is_due_within_the_days_that_the_site_chose(
    desk: Desk, rule: str, weight: str, option: str, days: int
) -> None:
    with desk.act(operator="admin") as act:
        choose(act, rule=rule, option=option)
    record = closed_major(desk) if weight == "major" else take(desk).record
    if weight == "minor":
        close(desk, record)
    found = clock_of(desk, record, rule)
    assert (found.due_at - found.started_at, found.role) == (
        days * DAY,
        "project_supervisor" if weight == "major" else "receptionist",
    )


def test_of_every_choice_that_something_reads_the_other_value_is_run_by_some_test() -> None:
    book = standards.shipped()
    several = {one.id for one in book.timers.values() if one.live and len(one.options) > 1}
    several |= {one.id for one in book.targets.values() if len(one.options) > 1}
    said = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    run = {rule for rule in several if f'"{rule}", option=' in said}
    # These are chosen by name in a loop or a table of their own test.
    assert several - run == {"T-15", "T-16", "T-21", "T-21b"}
