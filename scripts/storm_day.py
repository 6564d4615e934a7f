"""A small store and a day on it with an act of every kind; and whether a store is as it must be after whatever came."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.problems import Problem
from data.store.keys import head_path, key_path
from data.store.opening import open_store
from desk import complaints, drafts, operators, passes, proof, roster, setup
from desk.act import SYSTEM, Act, Desk
from desk.administration import changing
from desk.contacts import intake
from desk.passes import gate
from desk.roster import Household, Plan, Resident

SECRET = "storm secret"
BEGIN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PEOPLE = (
    ("front", "receptionist"), ("guard", "guard"), ("lead", "supervisor"), ("finance", "finance"),
    ("project", "project_supervisor"),
)  # fmt: skip
# Where the day writes what was acknowledged: the journal's newest number, a line each.
ACKS = "acks"
Step = Callable[[Desk, dict[str, str]], None]


class Moving:
    """A clock that goes on by a minute with every look."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def make(folder: Path) -> Path:
    """A store with operators and two homes; made once and copied."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "s.db"
    setup.set_up(path, name="Storm", admin_code="admin", admin_name="Admin", secret=SECRET, now=lambda: BEGIN).close()
    plan = Plan()
    for room, name in (("1502", "单小云"), ("1503", "白简")):
        home = Household(
            "3",
            "2",
            room,
            people=[
                Resident(name, "owner", phones=("13900001111",), id_card="110101199001010015" if room == "1502" else "")
            ],
        )
        plan.households[home.label] = home
    with closing(open_store(path)) as store:
        cheap = operators.hash_secret(SECRET, demo=True)
        with Desk(store, lambda: BEGIN).act(operator=SYSTEM) as act:
            roster.apply(act, plan=plan)
            for code, role in PEOPLE:
                act.session.add(operators.Operator(code=code, name=code, roles=role, secret_hash=cheap))
    return path


def copy_of(path: Path, folder: Path) -> Path:
    """The store with its key and head in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in (path, key_path(path), head_path(path)):
        shutil.copy2(file, folder / file.name)
    return folder / path.name


def _as(code: str, do: Callable[[Act, dict[str, str]], object]) -> Step:
    def step(desk: Desk, made: dict[str, str]) -> None:
        with desk.act(operator=code) as act:
            do(act, made)

    return step


def take(act: Act, made: dict[str, str], kind: str) -> None:
    """A call that becomes a record of some kind."""
    taken = intake.take(
        act, channel="phone", kind=kind, what="楼上漏水", unit_id=1, person_id=1, caller_number="13900001111"
    )
    made[kind] = taken.record


def _issue(act: Act, made: dict[str, str]) -> None:
    draft = passes.Draft(
        unit_id=1, carrier="owner", nature="temporary", destination="市区", mover="单小云",
        mover_id="110101199001010015", moving_at=act.now + timedelta(minutes=10), id_seen=True, reason="use",
        items=passes.parse_items("沙发 2\n茶几 1"),
    )  # fmt: skip
    made["pass"] = passes.issue(act, draft=draft).number


def _refer(act: Act, made: dict[str, str]) -> None:
    complaints.refer(act, number=made["complaint"], department="engineering")


def _rename(act: Act, _made: dict[str, str]) -> None:
    changing.change(act, number="site.name", value="Storm II", reason="x")


def steps() -> dict[str, Step]:
    """What a day does, each kind of act once, in the order in which it can be done."""
    return {
        "contact and complaint": _as("front", lambda act, made: take(act, made, "complaint")),
        "request": _as("front", lambda act, made: take(act, made, "request")),
        "repair": _as("front", lambda act, made: take(act, made, "repair")),
        "refer": _as(
            "front", lambda act, made: complaints.refer(act, number=made["complaint"], department="engineering")
        ),
        "pass": _as("front", _issue),
        "fees": _as("finance", lambda act, made: passes.sign_fees(act, number=made["pass"])),
        "seal": _as("lead", lambda act, made: passes.seal(act, number=made["pass"])),
        "let out": _as("guard", lambda act, made: gate.let_out(act, number=made["pass"])),
        "choice": _as(
            "admin", lambda act, _made: changing.change(act, number="site.name", value="Storm II", reason="x")
        ),
        "secret": _as("admin", lambda act, _made: operators.set_secret(act, code="guard", secret=SECRET + "2")),
        "sign-in": lambda desk, _made: _sign_in(desk),
        "draft": lambda desk, _made: drafts.save(desk.store, "front", "storm:x", {"what": "甲"}, desk.now()),
    }


def _sign_in(desk: Desk) -> None:
    operators.sign_in(desk, "front", SECRET)


def live(path: Path, *, only: str = "") -> None:
    """A day on a store, one act after the other; each that was kept is acknowledged, each that was refused is not.

    What is no refusal in words ends the day.
    """
    with closing(open_store(path)) as store:
        desk = Desk(store, Moving(), "storm")
        made: dict[str, str] = {}
        handle = os.open(path.with_name(ACKS), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for name, step in steps().items():
            if only and name != only:
                continue
            try:
                step(desk, made)
            except (Problem, KeyError):
                # A KeyError: what this act goes on with was refused before.
                continue
            newest = store.ask("SELECT max(number) FROM journal")[0][0]
            os.write(handle, f"{newest}\n".encode())


def acknowledged(path: Path) -> int:
    """The highest entry of the journal that somebody was told of."""
    try:
        lines = path.with_name(ACKS).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return 0
    return int(lines[-1]) if lines else 0


def wrong_with(path: Path, known: int) -> Iterator[str]:
    """What is not as it must be: opened for writing, every row proven, what was acknowledged there, a next act kept.

    Args:
        known: the highest entry of the journal that somebody was told of.
    """
    try:
        store = open_store(path)
    except Problem as problem:
        yield f"does not open: {problem}"
        return
    with closing(store):
        if store.read_only is not None:
            yield f"opened for reading only: {store.read_only}"
            return
        newest = store.ask("SELECT max(number) FROM journal")[0][0] or 0
        if newest < known:
            yield f"acknowledged {known}, kept {newest}"
        yield from (str(one) for one in proof.verify(store))
        desk = Desk(store, lambda: BEGIN + timedelta(hours=1), "after")
        try:
            with desk.act(operator="front") as act:
                take(act, {}, "complaint")
        except Problem as problem:
            yield f"nothing can be saved: {problem}"


def raw_rows(path: Path, table: str) -> int:
    """How many rows a table has."""
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
