"""Keys on a real terminal: in their order however fast they come, at the very start, and when the terminal goes."""

import signal
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import drafts
from tests.conftest import SECRET
from tests.key_storm import Storm, kept_busy, make
from tests.terminal import Terminal


@pytest.fixture
def master(tmp_path: Path) -> Path:
    """A store with something in every register."""
    return make(tmp_path)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for one in opened:
        one.end()


def opened(terminals: list[Terminal], store: Path, **options: object) -> Terminal:
    terminals.append(Terminal(store, **options))  # type: ignore[arg-type]
    return terminals[-1]


@pytest.mark.parametrize(("count", "busy"), [(5, 0), (3, 2)])
def test_keys_sent_at_once_do_what_the_same_keys_do_one_by_one(
    master: Path, tmp_path: Path, count: int, busy: int
) -> None:
    storm = Storm(master, tmp_path, SECRET, seed=7 + busy)
    try:
        with kept_busy(busy):
            storm.run(count)
    finally:
        storm.end()


@pytest.mark.parametrize("delay", [0.0, 0.04, 0.3, 1.5])
def test_code_and_secret_typed_at_any_moment_of_the_start_go_to_their_boxes(
    master: Path, terminals: list[Terminal], delay: float
) -> None:
    term = opened(terminals, master)
    term.read(delay)
    painted = len(term.seen)
    term.type(f"front\r{SECRET}\r")
    for _ in range(400):
        term.read(0.02)
        shown = "Qiantai" in term.text()
        assert not (shown and SECRET in term.text()), painted
        if "Intake" in term.text():
            break
    term.settle()
    assert "Intake" in term.text()
    assert SECRET not in term.text()


def test_what_is_typed_while_the_program_loads_is_seen_in_the_card_at_once(
    master: Path, terminals: list[Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_TEST_FAULT", "loading")
    term = opened(terminals, master, language="zh")
    term.until("您的代码")
    line = next(place for place, text in enumerate(term.screen.display) if "代码" in text)
    term.type("fronx\x7ft")
    term.until("front")
    assert "front" in term.screen.display[line]
    assert "代码" not in term.screen.display[line]
    term.type("\r秘密x")
    term.until("•••")
    assert "•••" in term.screen.display[line + 2]
    assert "秘" not in term.text()
    term.type("\x15ab")
    term.until("••")
    term.type("\x1b[A")
    term.type("cde")
    term.read(0.2)
    assert "•••" not in term.text(), "what only the program knows is kept for it, and nothing behind it is shown"
    term.signal(signal.SIGINT)
    assert term.end(15) != 0


@pytest.mark.parametrize("way", ["HUP", "TERM", "closed"])
def test_a_program_that_is_ended_keeps_what_was_typed(master: Path, terminals: list[Terminal], way: str) -> None:
    term = opened(terminals, master)
    term.type(f"front\r{SECRET}\r")
    term.settle()
    term.type("sxy\r\r13900001111\r3\r1\r")
    typed = "water comes through the ceiling since this morning"
    for letter in typed:
        term.type(letter)
        term.read(0.01)
    term.settle()
    if way == "closed":
        term.hang_up()
    else:
        term.signal(getattr(signal, f"SIG{way}"))
    assert term.end(5) == (143 if way == "TERM" else 129)
    assert kept(master, "intake")["what"] == typed


def kept(store: Path, form: str) -> dict[str, str]:
    from data.store.opening import open_store

    again = open_store(store)
    try:
        return drafts.load(again, "front", form)
    finally:
        again.close()


def test_a_killed_program_loses_at_most_a_second_of_typing(master: Path, terminals: list[Terminal]) -> None:
    term = opened(terminals, master)
    term.type(f"front\r{SECRET}\r")
    term.settle()
    term.type("sxy")
    term.read(1.0)
    term.signal(signal.SIGKILL)
    term.end(2)
    assert kept(master, "intake")["who"] == "sxy"


@pytest.mark.parametrize("data", [b"\xff", "你".encode("gbk"), b"\xe4\xbd"])
def test_bytes_that_are_no_text_are_a_bell_and_a_note_never_an_end(
    master: Path, terminals: list[Terminal], data: bytes
) -> None:
    term = opened(terminals, master)
    term.type(f"front\r{SECRET}\r")
    term.settle()
    term.type(data + b"sxy")
    # Either is painted in a frame of its own, in whichever order the machine finds time for them.
    term.until("could not be read")
    term.until("单小云")
    assert any(b"\x07" in chunk for chunk in term.seen)


def test_a_fault_in_painting_ends_with_a_status_of_its_own_and_the_next_start_says_so(
    master: Path, terminals: list[Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_TEST_FAULT", "paint")
    term = opened(terminals, master)
    term.type(f"front\r{SECRET}\r")
    assert term.end(15) == 70
    monkeypatch.delenv("DESK_TEST_FAULT")
    again = opened(terminals, master)
    again.settle()
    assert "ended by a fault of its own" in again.text()
    again.type(f"front\r{SECRET}\r")
    again.settle()
    assert "Intake" in again.text()
    third = opened(terminals, master)
    third.settle()
    assert "ended by a fault" not in third.text()
    log = master.with_suffix(".faults.log").read_text()
    assert "110101" not in log
    assert "RuntimeError" in log


def test_the_comparison_of_two_runs_sees_a_difference(master: Path, tmp_path: Path) -> None:
    storm = Storm(master, tmp_path, SECRET, seed=1)
    try:
        with pytest.raises(AssertionError, match="screens differ"):
            storm.compare(["a", "b"], ["a"])
    finally:
        storm.end()


@pytest.mark.parametrize("there", [True, False])
def test_ctrl_q_ends_the_program_at_the_sign_in_with_or_without_a_store(
    master: Path, tmp_path: Path, terminals: list[Terminal], there: bool
) -> None:
    term = opened(terminals, master if there else tmp_path / "none.db")
    term.settle()
    term.type("\x11")
    assert term.end(15) == 0


def test_a_line_feed_typed_early_is_enter_and_no_secret_is_seen(master: Path, terminals: list[Terminal]) -> None:
    term = opened(terminals, master)
    term.until("your code")
    term.type(f"front\n{SECRET}\n")
    for _ in range(400):
        term.read(0.02)
        assert SECRET not in term.text()
        if "Intake" in term.text():
            break
    term.settle()
    assert "Intake" in term.text()


def test_a_program_that_is_ended_while_it_loads_gives_the_terminal_back(
    master: Path, terminals: list[Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_TEST_FAULT", "loading")
    term = opened(terminals, master)
    term.until("your code")
    term.signal(signal.SIGTERM)
    assert term.end(15) == 128 + signal.SIGTERM
    assert b"\x1b[?1049l" in b"".join(term.seen)
    assert termios.tcgetattr(term.handle)[3] & termios.ECHO
