"""What the machines that drive a whole life at random share: a site of their own, and the law on one act."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from data.store.opening import create_store
from desk import proof
from desk.act import Desk
from desk.ground.refusals import Refused
from tests.conftest import Clock, fill


class SiteMachine(RuleBasedStateMachine):
    """A small site in a folder of its own, whose clock only the machine moves."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.store = create_store(Path(self.folder.name) / "q.db")
        fill(self.store, self.clock)
        self.desk = Desk(self.store, self.clock, "desk-1")
        self.desk.operator = "front"

    def teardown(self) -> None:
        assert proof.verify(self.store) == []
        self.store.close()
        self.folder.cleanup()

    def attempt(self, actor: str, work: Callable[[Any], Any], allowed: bool) -> Any:
        """Do it, and check that it was refused just when the law refuses it; what it gave comes back, or None."""
        try:
            with self.desk.act(operator=actor) as act:
                result = work(act)
        except Refused:
            assert not allowed, "refused although it is allowed"
            return None
        assert allowed, "done although it is forbidden"
        return result
