"""What begins by itself with a day: periods open, and whoever is on the roster is expected."""

from desk import reports
from desk.act import Desk
from desk.duty import plan


def begin_day(desk: Desk) -> list[str]:
    """Open the periods of today and expect the shifts of today and tomorrow, each once, whichever desk comes first.

    Returns the names of the periods that this desk opened.
    """
    opened = reports.open_periods(desk)
    plan.expect_soon(desk)
    return opened
