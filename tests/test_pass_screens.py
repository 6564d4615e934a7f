"""Release passes through the screens, with the keys that people press."""

import pytest
from textual.widgets import Input, TextArea

from data.directory import Person
from desk import directory, drafts, passes
from desk.act import Desk
from desk.passes import gate
from screens.base import FormDialog
from screens.gate import GoodsList
from screens.pass_form import PassDialog
from screens.widgets.choice import Choice
from screens.widgets.letters import LargeText, large
from tests.conftest import SECRET, Clock
from tests.helpers import TENANT, issue, person, sealed
from tests.test_screens import run, send, sign_in, text_of, type_in, until

MOST_KEYS = 25


class Counted:
    """Presses keys and counts them; what is typed as text is not counted."""

    def __init__(self, pilot: object) -> None:
        self.pilot, self.keys = pilot, 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.pilot.press(*keys)  # type: ignore[attr-defined]


def put_on_file(desk: Desk, name: str) -> None:
    """The ID number of somebody in the archive."""
    with desk.act(operator="admin") as act:
        directory.set_id_card(act, act.session.get_one(Person, person(desk, name)), "110101199001010015")


async def test_a_tenants_temporary_carry_takes_few_keys(
    desk: Desk, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        keys = Counted(pilot)
        await keys.press("f4")
        await pilot.pause()
        await keys.press("n")
        await pilot.pause()
        await type_in(pilot, "zl")
        await keys.press("enter", "enter", "enter", "1", "enter", "enter", "1", "enter", "enter")
        await type_in(pilot, "sofa 2")
        await keys.press("tab", "2", "enter")
        await type_in(pilot, "shop")
        await keys.press("enter", "enter")
        await type_in(pilot, TENANT[1])
        await keys.press("f9")
        await until(pilot, lambda: not isinstance(app.screen, FormDialog))
    with desk.read() as session:
        paper = passes.get(session, "FX26-000001-5")
    assert (paper.carrier, paper.mover, paper.state, paper.proof) == ("tenant", "曾立", "issued", "owner")
    assert keys.keys <= MOST_KEYS
    with capsys.disabled():
        print(f"\na tenant's temporary carry: {keys.keys} keys beside the text typed")  # noqa: T201


async def test_a_supervisor_signs_in_place_that_the_archive_is_wrong(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(
            app, "f4", "n", *"sxy", "enter", "enter", "enter", "enter", "1", "enter", *"sofa 2", "tab", "2", "enter"
        )
        await send(app, *"shop", "enter", "enter", *"110101198008080011", "f9")
        assert "differs from the archive" in text_of(app)
        form = app.screen.form
        app.screen.set_focus(form.widget("archive_wrong"))
        await send(app, *"sold last week", "f9")
        assert "Only a supervisor" in text_of(app)
        await send(app, *"lead", "enter", *SECRET, "f9")
        await until(pilot, lambda: not isinstance(app.screen, FormDialog))
    with desk.read() as session:
        paper = passes.get(session, "FX26-000001-5")
    assert (paper.archive_wrong, paper.archive_wrong_by, paper.ticks) == ("sold last week", "lead", "archive_wrong")
    assert paper.issued_by == "front", "whoever wrote it issues it"


async def test_the_form_asks_only_what_applies_and_shows_what_is_known(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await type_in(pilot, "sxy")
        await pilot.press("enter")
        await pilot.pause()
        form = app.screen.form
        assert "On file of the owner" in text_of(app)
        assert "云栖小学" in text_of(app)

        def asked(name: str) -> bool:
            return bool(form.query_one(f"#row-{name}").display)

        assert [asked(n) for n in ("by_phone", "id_seen", "workplace", "called", "called_name")] == [
            True,
            True,
            False,
            False,
            False,
        ]
        await pilot.press("5")
        await pilot.pause()
        assert [asked(n) for n in ("by_phone", "id_seen", "called", "called_name")] == [False, False, True, False]
        assert form.query_one("#field-called", Input).value == "13900001111"
        await pilot.press("8")
        await pilot.pause()
        assert asked("called_name")


async def test_a_half_written_pass_survives_a_closed_terminal(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        app.screen.set_focus(app.screen.form.widget("items"))
        await type_in(pilot, "sofa 2")
        await until(pilot, lambda: drafts.newest(desk.store, "front", "pass").get("items") == "sofa 2")
    again = run(desk, clock)
    async with again.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4")
        await pilot.pause()
        await pilot.press("n")
        await until(pilot, lambda: isinstance(again.screen, PassDialog))
        await until(pilot, lambda: again.screen.form.query_one("#field-items", TextArea).text == "sofa 2")


async def test_finance_finds_what_is_to_be_signed_and_signs_with_one_key(desk: Desk, clock: Clock) -> None:
    number = issue(desk)
    sealed(desk)
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "finance")
        await pilot.pause()
        assert "to be signed by finance" in text_of(app)
        assert app.screen.chosen == number
        await pilot.press("w", "enter")
        await until(pilot, lambda: getattr(app.screen, "chosen", "?") == "")


async def test_the_guard_lets_a_part_out_and_refuses_the_rest(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    app = run(desk, clock)
    async with app.run_test(size=(100, 36)) as pilot:
        await sign_in(pilot, "guard")
        await type_in(pilot, "01-5")
        await pilot.press("enter", "down", "1", "down", "space")
        assert app.screen.query_one(GoodsList).leaving == {1: 1, 2: 0}
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("f9")
        await until(pilot, lambda: app.screen.query(LargeText).first().text == "PART OUT")
        await pilot.press("f8")
        await pilot.pause()
        await pilot.press("1", "f9")
        await until(pilot, lambda: gate.verdict(desk, number).kind == "refused")
        await until(pilot, lambda: app.screen.query(LargeText).first().text == "REFUSED")


async def test_no_answer_from_the_store_means_do_not_let_out(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.problems import StoreDamaged

    sealed(desk)
    app = run(desk, clock)
    async with app.run_test(size=(100, 36)) as pilot:
        await sign_in(pilot, "guard")

        def broken(*_args: object) -> None:
            raise StoreDamaged("gone")

        monkeypatch.setattr(gate, "find", broken)
        await type_in(pilot, "0001")
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.query_one(LargeText).text == "DO NOT LET OUT"


async def test_a_disabled_operator_is_put_out_while_at_the_desk(desk: Desk, clock: Clock) -> None:
    from desk import operators

    app = run(desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await sign_in(pilot, "front")
        with desk.act(operator="admin") as act:
            operators.disable(act, code="front")
        await until(pilot, lambda: app.who is None)


async def test_letters_typed_at_a_choice_go_into_the_text_that_follows(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.screen.form.query_one("#field-kind", Choice).focus()
        await pilot.press("3", "l")
        await until(pilot, lambda: app.screen.form.value("what") == "l")
        assert app.screen.form.value("kind") == "complaint"


async def test_what_esc_empties_comes_back(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.screen.form.query_one("#field-what", Input).value = "leak"
        await pilot.press("escape")
        assert app.screen.form.value("what") == ""
        await pilot.press("ctrl+z")
        assert app.screen.form.value("what") == "leak"


@pytest.mark.parametrize("width", [78, 98])
def test_every_verdict_can_be_read_across_the_room_in_both_languages(width: int) -> None:
    from data import words

    for language in ("zh", "en"):
        for msgid in gate.VERDICTS.values():
            rows = large(words.in_language(language, msgid), width)
            assert len(rows) in (8, 16), msgid
            assert len({len(row) for row in rows[:8]}) == 1


async def test_a_lower_part_that_is_lost_needs_words(desk: Desk, clock: Clock) -> None:
    number = sealed(desk)
    with desk.act() as act:
        passes.void(act, number=number, reason="x", slip="due")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await pilot.press("f4")
        await pilot.pause()
        await pilot.press("L")
        await pilot.pause()
        await pilot.press("f9")
        await until(pilot, lambda: "must be filled in" in text_of(app))
        await type_in(pilot, "left in the van")
        await pilot.press("f9")
        await until(pilot, lambda: "left in the" in text_of(app) and not isinstance(app.screen, FormDialog))
    with desk.read() as session:
        assert passes.get(session, number).slip == "lost"
