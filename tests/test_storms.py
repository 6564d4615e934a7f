"""A small storm of every kind: nothing is wrong, and what does not keep the promise is found out."""

from pathlib import Path

import pytest
import storm
import storm_trace
from storm_row import Row


@pytest.mark.parametrize("row", storm.ROWS, ids=lambda row: row.name)
def test_a_small_storm(row: Row, tmp_path: Path) -> None:
    if row in storm.TRACED and not storm_trace.possible():
        pytest.skip("it needs Linux on x86_64")
    assert list(row.run(tmp_path / "row", max(2, row.small // 5) if row.small < 50 else row.small // 3)) == []
    assert list(row.control(tmp_path / "control")) != []
