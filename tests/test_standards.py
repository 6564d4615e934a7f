import pytest

from data import words
from desk import setup, standards
from desk.act import Desk
from desk.refusals import Invalid, NotAllowed


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


def test_a_choice_is_a_journal_entry_and_holds_for_new_promises(desk: Desk) -> None:
    with pytest.raises(NotAllowed), desk.act() as act:
        setup.choose(act, rule="T-18", option="S0")
    with desk.act(operator="lead") as act:
        setup.choose(act, rule="T-18", option="S0")
    with desk.act() as act:
        assert standards.shipped().chosen("T-18", act.choices).value == "1 month"
    with pytest.raises(Invalid), desk.act(operator="lead") as act:
        setup.choose(act, rule="T-18", option="S9")
