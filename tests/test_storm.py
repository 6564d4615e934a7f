"""Many desks at once, some dying in the middle of an act: no number missing or doubled, nothing acknowledged lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from data.store.opening import open_store
from desk import passes, proof
from desk.act import Desk
from tests.conftest import Clock
from tests.helpers import unit

DESK = """
import os, sys
from pathlib import Path
from data.store.opening import open_store
from desk import passes
from desk.act import Desk
from desk.ground.refusals import Refused
from data.problems import StoreBusy
from tests.conftest import Clock
from tests.helpers import draft

path, unit, deaths = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
clock = Clock()
desk = Desk(open_store(path), clock, sys.argv[4])
desk.operator = "front"
for turn in range(12):
    try:
        with desk.act() as act:
            paper = passes.issue(act, draft=draft(desk, unit_id=unit))
            if turn >= deaths:
                act.session.flush()
                os._exit(9)
        print("issued", paper.number, flush=True)
        if turn % 3 == 0:
            with desk.act() as act:
                passes.void(act, number=paper.number, reason="storm")
            print("void", paper.number, flush=True)
    except StoreBusy:
        print("busy", flush=True)
"""


@pytest.mark.clause("REL-13", "REC-2")
def test_desks_that_issue_void_and_die_leave_no_gap_and_lose_nothing(desk: Desk, clock: Clock) -> None:
    path = desk.store.path
    start = [sys.executable, "-c", DESK, str(path), str(unit(desk))]
    running = [
        subprocess.Popen(
            [*start, str(deaths), f"desk-{n}"], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent
        )
        for n, deaths in enumerate((99, 3, 99, 7))
    ]
    said = [line.split() for one in running for line in (one.communicate(timeout=120)[0] or "").splitlines()]
    assert [one.returncode for one in running] == [0, 9, 0, 9]
    issued = [words[1] for words in said if words[0] == "issued"]
    void = {words[1] for words in said if words[0] == "void"}
    assert len(issued) == len(set(issued))
    reopened = open_store(path)
    assert reopened.read_only is None
    with reopened.reading() as session:
        kept = {paper.number: paper.state for paper, _room in passes.page(session, clock.now, limit=1000)}
    assert set(issued) <= set(kept)
    assert void <= {number for number, state in kept.items() if state == "void"}
    assert sorted(int(number.split("-")[1]) for number in kept) == list(range(1, len(kept) + 1))
    assert proof.verify(reopened) == []
    reopened.close()
