from pathlib import Path

import pytest

from data import words
from desk import setup, standards
from desk.act import Desk
from desk.ground.refusals import Invalid, NotAllowed
from desk.systems import PLANNED
from tests.helpers import choose
from tests.test_cli import run


def test_every_timer_and_target_of_the_procedures_is_in_the_file() -> None:
    book = standards.shipped()
    assert {f"T-{n}" for n in range(1, 36)} <= book.timers.keys()
    assert {"N-1", "N-2", "N-3", "N-4", "N-5", "N-6", "N-7", "N-8", "N-11"} <= book.targets.keys()
    assert all(option.clauses for timer in book.timers.values() for option in timer.options)


def test_of_values_that_differ_the_stricter_one_is_shipped_and_both_are_there() -> None:
    book = standards.shipped()
    values = {rule: [o.value for o in book.timers[rule].options] for rule in ("T-18", "T-21")}
    assert values == {"T-18": ["1 week", "1 month"], "T-21": ["1 day", "3 days"]}
    assert [o.value for o in book.targets["X-4"].options] == ["3", "5"]


GOOD = b"""version = "1"
[[timer]]
id = "A"
start = ["complaints.register"]
stop = ["complaints.reply"]
within = "10 min"
"""


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ((b'within = "10 min"', b'within = "0 min"'), 6),
        ((b'within = "10 min"', b'within = "2 months .. 1 month"'), 6),
        ((b"complaints.reply", b"complaints.rpely"), 5),
        ((b"complaints.register", b"complaints.registr"), 4),
        ((b'within = "10 min"', b'within = "10 min"\nrole = "king"'), 7),
        ((b'within = "10 min"', b'within = "10 min"\nwarn = "120%"'), 7),
        ((b'within = "10 min"', b'within = "by"'), 6),
        ((b'within = "10 min"', b'within = "10 min"\nwithim = "1 h"'), 7),
        ((b'within = "10 min"', b'within = "10 min'), 6),
        ((b'id = "A"', b"id = 3"), 3),
    ],
)
def test_an_impossible_standard_is_refused_with_its_line(change: tuple[bytes, bytes], line: int) -> None:
    standards.parse(GOOD)
    with pytest.raises(standards.StandardsWrong) as caught:
        standards.parse(GOOD.replace(*change))
    assert caught.value.line == line
    for language in words.LANGUAGES:
        words.use(language)
        assert str(line) in str(caught.value)


SOURCES = {
    path: path.read_text(encoding="utf-8")
    for path in Path(setup.__file__).parent.rglob("*.py")
    if path.parent.name not in ("systems", "demo")
}
# What the shared life of cases records with the system's name in front.
SHARED = ("register", "refer", "reply", "promise", "close")
CASES = ("complaints", "requests", "repairs", "quality", "emergencies")


def is_recorded(verb: str) -> bool:
    """Whether some procedure leaves an entry with this verb: it stands in an act's code."""
    system, name = verb.split(".")
    if system in CASES and name in SHARED:
        return True
    return any(f'"{verb}"' in text for text in SOURCES.values())


def test_a_promise_listed_as_live_is_started_by_an_entry_that_some_procedure_leaves() -> None:
    book = standards.shipped()
    for timer in book.timers.values():
        if timer.kind == "clock":
            assert timer.live == any(map(is_recorded, timer.start)), timer.id
        for verb in timer.start:
            assert is_recorded(verb) != (verb in PLANNED), verb


def test_a_choice_is_refused_until_a_procedure_reads_it() -> None:
    assert not {"X-20", "X-14a"} & standards.shipped().targets.keys()
    choice = b"""version = "1"
[[target]]
id = "X-20"
options = [{ name = "a", value = "8 h" }, { name = "b", value = "24 h" }]
"""
    with pytest.raises(standards.StandardsWrong) as caught:
        standards.parse(choice)
    assert caught.value.line == 4
    for name in standards.READ:
        used = [path for path, text in SOURCES.items() if f'"{name}"' in text and path.name != "standards.py"]
        assert used, f"nothing reads {name}"


def test_the_list_and_the_count_say_which_promises_cannot_start_yet(tmp_path: Path) -> None:
    answer = run("standards", "list", store=tmp_path / "none.db")
    rows = {line.split()[0]: line for line in answer.out.splitlines() if line.strip()}
    assert "cannot start yet" in rows["T-26"]
    assert "cannot start yet" not in rows["T-10"]
    live = sum(timer.live for timer in standards.shipped().timers.values())
    assert f"of which {live} can start" in answer.out


def test_a_choice_is_a_journal_entry_and_holds_for_new_promises(desk: Desk) -> None:
    with pytest.raises(NotAllowed), desk.act() as act:
        choose(act, rule="T-18", option="S0")
    with desk.act(operator="admin") as act:
        choose(act, rule="T-18", option="S0")
    with desk.act() as act:
        assert standards.shipped().chosen("T-18", act.choices).value == "1 month"
    with pytest.raises(Invalid), desk.act(operator="admin") as act:
        choose(act, rule="T-18", option="S9")
