"""What a killed desk and a power cut leave behind: the files as they may be after any call of a whole day.

A day is recorded once, call by call. After a kill everything that was written is there. After a power cut only what was
waited for is sure: of every later write, any part may be there and any may not, in sectors; a new name may be there
before what is written under it.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import storm_day
import storm_trace
from storm_row import Row
from storm_trace import Call

SECTOR = 512


class Disk:
    """The files of a folder: what is sure, and what was written since and may be lost."""

    def __init__(self, folder: Path) -> None:
        self.sure = {file.name: bytearray(file.read_bytes()) for file in folder.iterdir()}
        self.later: dict[str, list[Call]] = defaultdict(list)

    def see(self, call: Call) -> None:
        """A call was done."""
        name = Path(call.path).name
        if call.kind == "sync":
            for one in self.later.pop(name, []):
                _apply(self.sure.setdefault(name, bytearray()), one, SECTOR * 10**6)
        elif call.kind in ("write", "cut"):
            self.later[name].append(call)
        elif call.kind == "remove":
            self.sure.pop(name, None)
            self.later.pop(name, None)
        else:
            target = Path(call.target).name
            self.sure[target], self.later[target] = self.sure.pop(name, bytearray()), self.later.pop(name, [])

    def image(self, chance: random.Random | None) -> dict[str, bytes]:
        """The files after the machine stopped here: everything without `chance`, else what it leaves."""
        files = {name: bytearray(content) for name, content in self.sure.items()}
        for name, calls in self.later.items():
            content = files.setdefault(name, bytearray())
            for call in calls:
                kept = SECTOR * 10**6 if chance is None else chance.choice((0, 0, SECTOR, 3 * SECTOR, SECTOR * 10**6))
                if kept:
                    _apply(content, call, kept)
        return {name: bytes(content) for name, content in files.items()}


def _apply(content: bytearray, call: Call, most: int) -> None:
    if call.kind == "cut":
        del content[call.size :]
        content.extend(b"\0" * (call.size - len(content)))
        return
    data = call.data[:most]
    end = call.offset + len(data)
    content.extend(b"\0" * (end - len(content)))
    content[call.offset : end] = data


def _day(folder: Path) -> tuple[Path, list[Call], Path]:
    base = storm_day.make(folder / "base")
    played = storm_day.copy_of(base, folder / "played")
    calls, code = storm_trace.record(lambda: storm_day.live(played), played.parent)
    assert code == 0, "the day itself ends well"
    return storm_day.copy_of(base, folder / "before"), calls, folder / "image"


def _tried(before: Path, calls: Sequence[Call], image: Path, count: int, *, power: bool) -> Iterator[str]:
    """Stop the machine at so many calls of a day, and look at what is there."""
    chance = random.Random(count)
    stops = sorted(chance.randrange(len(calls)) for _one in range(count)) if count < len(calls) or power else None
    wanted = defaultdict(int)
    for stop in stops if stops is not None else range(len(calls)):
        wanted[stop] += 1
    disk = Disk(before.parent)
    known = 0
    for call in calls:
        if Path(call.path).name == storm_day.ACKS and call.kind == "write":
            known = int(call.data.split()[-1])
            continue
        disk.see(call)
        for _one in range(wanted[call.number]):
            path = _laid_out(image, before.name, disk.image(chance if power else None))
            for said in storm_day.wrong_with(path, known):
                yield f"after call {call.number} ({call.kind} {Path(call.path).name}): {said}"


def _laid_out(folder: Path, name: str, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for file, content in files.items():
        (folder / file).write_bytes(content)
        (folder / file).chmod(0o600)
    return folder / name


def kills(folder: Path, count: int) -> Iterator[str]:
    """A desk dies at any call."""
    before, calls, image = _day(folder)
    yield from _tried(before, calls, image, count, power=False)


def power_cuts(folder: Path, count: int) -> Iterator[str]:
    """The power goes at any call."""
    before, calls, image = _day(folder)
    yield from _tried(before, calls, image, count, power=True)


def without_syncs(folder: Path) -> Iterator[str]:
    """The same day on a disk that is told to wait for nothing: acknowledged acts must be missed."""
    before, calls, image = _day(folder)
    lazy = [call for call in calls if call.kind != "sync"]
    yield from _tried(before, lazy, image, 60, power=True)


def acknowledged_too_soon(folder: Path) -> Iterator[str]:
    """The same day, told of before it was kept: acknowledged acts must be missed after a kill."""
    before, calls, image = _day(folder)
    acks = [call for call in calls if Path(call.path).name == storm_day.ACKS]
    others = [call for call in calls if Path(call.path).name != storm_day.ACKS]
    yield from _tried(before, [acks[-1], *others], image, 20, power=False)


ROWS = (
    Row("kill", "what was acknowledged is kept, the rest leaves nothing", 60, 1000, kills, acknowledged_too_soon),
    Row(
        "power cut", "the same, whatever of the unsynced writes is lost or torn", 150, 20000, power_cuts, without_syncs
    ),
)
