"""A row of the table that `scripts/bench` prints: ours beside its floor in the same run, with its goal."""

import statistics
from dataclasses import asdict, dataclass, field


@dataclass
class Row:
    """A row.

    Args:
        name: what is measured; unit: of both figures.
        goal: the ratio to the floor at most, or what the figure itself may be where there is no floor; 0 for none.
        ours, floor: what was measured, turn about; before: the same of another version, where one is named.
        sent: bytes a key or a second; most: how many there may be, None for no goal.
        note: what the figure is of.
    """

    name: str
    goal: float = 0.0
    unit: str = "ms"
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    most: int | None = None
    note: str = ""

    @property
    def figure(self) -> float:
        """What the goal is of: the ratio, or the median itself."""
        mine = statistics.median(self.ours)
        return mine / statistics.median(self.floor) if self.floor else mine

    @property
    def met(self) -> bool:
        """Whether every goal of the row is reached."""
        few = self.most is None or not self.sent or statistics.median(self.sent) <= self.most
        return few and (not self.goal or self.figure <= self.goal)

    def said(self) -> str:
        """The row in one line: median and spread, floor, ratio, goal."""
        mine = statistics.median(self.ours)
        line = f"{self.name:<44} {mine:9.2f} {self.unit:<3} [{min(self.ours):.2f}–{max(self.ours):.2f}]"
        if self.floor:
            line += f"  floor {statistics.median(self.floor):8.2f}  {self.figure:6.2f}×"
        if self.goal:
            line += f"  goal {self.goal:g}{'×' if self.floor else ''}"
        if self.sent:
            line += f"  {statistics.median(self.sent):7.0f} bytes" + (
                f", goal {self.most}" if self.most is not None else ""
            )
        if self.goal or self.most is not None:
            line += "  met" if self.met else "  NOT MET"
        if self.before:
            old = statistics.median(self.before)
            slower = mine > 1.15 * old and min(self.ours) > max(self.before)
            line += f"  before {old:.2f}, now {mine / old:.2f}× of it{'  SLOWER' if slower else ''}"
        return line + (f"  ({self.note})" if self.note else "")

    def as_json(self) -> dict[str, object]:
        """The row with everything measured."""
        return {**asdict(self), "figure": self.figure, "met": self.met}
