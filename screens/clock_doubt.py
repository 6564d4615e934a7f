"""A machine whose clock is not believed: the first row says so at once, and one key says that it is right after all."""

from data.problems import Problem
from data.words import N_, _
from desk import confirming
from screens.base import Room
from screens.house import House


def look_again(house: House) -> None:
    """The clock jumped, or was set right: the first row and what a guard sees follow."""
    before, house.doubt = house.doubt, house.desk.doubt()
    if before != house.doubt and isinstance(house.screen, Room):
        house.screen.reload()
        house.screen.second()


def confirm(house: House) -> None:
    """Whoever may says that the machine's clock is right."""
    try:
        if house.desk.doubt() is None:
            house.notify(_("Nobody doubts the machine's clock."), markup=False)
            return
        undone = confirming.confirm_time(house.desk)
    except Problem as problem:
        house.notify(str(problem), severity="error", markup=False)
        return
    look_again(house)
    said = [_("The time is confirmed; the desk goes on.")]
    if undone:
        text = N_("{count} entries that rules had made at a later time were taken back.")
        said.append(_(text, count=undone))
    house.notify(" ".join(said), timeout=12, markup=False)
    house.pulse()
