"""What is said of the clauses is what stands: in the table, in the tests' marks, in the README."""

import re
from collections import Counter

from tests import clause_table
from tests.fault_list import FAULTS
from tests.faults import ROOT


def test_faults_marks_and_table_hold_together() -> None:
    assert clause_table.wrong() == []


def test_the_readme_shows_the_honest_figure() -> None:
    count = Counter(clause_table.standing().values())
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    figure = re.search(
        r"Of the (\d+) clauses of the procedures (\d+) are proven by a planted fault, (\d+) work without such a proof, "
        r"(\d+) are half built and (\d+) are not built",
        said,
    )
    assert figure is not None
    wanted = (sum(count.values()), count["proven"], count["unproven"], count["half"], count["not built"])
    assert tuple(map(int, figure.groups())) == wanted


def test_every_fault_still_finds_its_text_once_and_its_test() -> None:
    for name, fault in FAULTS.items():
        source = (ROOT / fault.file).read_text(encoding="utf-8")
        assert source.count(fault.old) == 1, name
        assert fault.old != fault.new, name
        path, _colons, test = fault.test.partition("::")
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), name
