"""Every room in one list: found by letters and pinyin, with what waits there, each role's own first."""

import pytest

from desk import systems
from desk.act import Desk
from desk.clocks import waiting
from screens.meant import is_meant
from screens.room_list import RoomFinder, RoomList
from tests.conftest import Clock
from tests.helpers import take
from tests.test_screens import run, send, sign_in, text_of


def test_each_role_sees_the_rooms_of_its_own_day_first_and_none_that_it_may_not_enter() -> None:
    names = {role: [room.name for room in systems.rooms_of(role)] for role in systems.FIRST}
    assert names["guard"][:4] == ["gate", "shift", "emergencies", "postbook"]
    assert names["finance"][:2] == ["passes", "queue"]
    assert names["receptionist"][0] == "intake"
    assert "intake" not in names["company_manager"]
    for role, found in names.items():
        assert len(found) == len(set(found))
        assert all(systems.may_enter(role, name) for name in found)


@pytest.mark.parametrize(
    ("typed", "room"), [("ts", "complaints"), ("tousu", "complaints"), ("投诉", "complaints"), ("comp", "complaints"),
                        ("fxt", "passes"), ("GATE", "gate"), ("rz", "journal")]
)  # fmt: skip
def test_a_room_is_found_by_its_name_in_either_language_or_pinyin(typed: str, room: str) -> None:
    assert is_meant(systems.ROOMS[room].title, typed)
    assert not is_meant(systems.ROOMS["repairs"].title, typed)


def test_what_waits_is_counted_by_room_with_what_is_late(desk: Desk, clock: Clock) -> None:
    take(desk)
    with desk.read() as session:
        before = waiting.by_room(session, clock.now)
    assert before["complaints"].running > 0
    assert before["complaints"].late == 0
    assert before["queue"] == before["complaints"]
    assert "repairs" not in before
    clock.forward(hours=3)
    with desk.read() as session:
        assert waiting.by_room(session, clock.now)["complaints"].late > 0


async def test_one_key_opens_the_list_and_letters_enter_or_the_mouse_choose_a_room(desk: Desk, clock: Clock) -> None:
    take(desk)
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "lead")
        await pilot.press("ctrl+g")
        assert isinstance(app.screen, RoomList)
        finder = app.screen.query_one(RoomFinder)
        assert [key for key, _text in finder.results][:2] == ["queue", "complaints"]
        assert "running" in dict(finder.results)["complaints"]
        await pilot.press("j", "o", "u", "r", "enter")
        await pilot.pause()
        assert type(app.screen).__name__ == "JournalRoom"
        await pilot.press("ctrl+g", "escape")
        assert type(app.screen).__name__ == "JournalRoom"
        await pilot.press("ctrl+g")
        await pilot.pause()
        await pilot.click(RoomFinder, offset=(4, 2))
        await pilot.pause()
        assert type(app.screen).__name__ == "ComplaintRoom"


async def test_a_name_that_no_room_has_says_so_and_a_room_s_own_key_goes_there_from_the_list(
    desk: Desk, clock: Clock
) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "front")
        await send(app, "ctrl+g", *"zzzz", "enter")
        assert isinstance(app.screen, RoomList)
        assert "No room of yours is called so." in text_of(app)
        await send(app, "f8")
        await pilot.pause()
        assert app.screen is app.rooms["repairs"]
