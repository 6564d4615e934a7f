"""What one waits for besides keys: the start, signing in, a form's save, commands, another desk's act, the proof.

From outside and beside its floor in the same round: a bare Textual Input for what runs on a terminal, `python -c pass` for
commands, a raw pass over the same rows for the proof.
"""

import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench_gate import rows as gate_rows
from bench_programs import SECRET, Program, Version, bare, code
from bench_row import Row

from data.store import login
from data.store.glance import schema
from data.store.opening import open_store
from data.store.schema import SCHEMA
from desk import demo, operators, proof
from desk.act import Desk
from desk.contacts import intake

MARK = "xq"
ASKS = "lead"
COMMANDS = (
    (5, "find", "shan"),
    (5, "queue"),
    (8, "--help"),
    (5, "--version"),
    (5, "pass", "list"),
    (5, "pass", "show"),
)


def first_key(argv: list[str]) -> float:
    """From the start of a program to a key of two letters that was typed at once and is seen."""
    begin = time.perf_counter()
    program = Program(*argv)
    try:
        # Until the program has the screen the terminal itself echoes what is typed.
        program.until_seen("\x1b[?1049h", begin)
        os.write(program.handle, MARK.encode())
        return program.until_seen(MARK, begin)
    finally:
        program.close()


def memory(program: Program) -> float:
    """Megabytes that are a program's own."""
    lines = Path(f"/proc/{program.pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))) / 1024


def home(version: Version) -> float:
    """From Enter behind the secret to the first record of the queue."""
    program = version.start()
    try:
        program.watch(2.0)
        program.press("lead\r", SECRET, wait=0.5)
        begin = time.perf_counter()
        os.write(program.handle, b"\r")
        return program.until_seen("TS26-", begin)
    finally:
        program.close()


def saved(version: Version, number: int) -> float:
    """From F9 on a remark about a complaint to its confirmation."""
    program = version.signed_in("lead", "f6", "N", f"beizhu{number}")
    try:
        begin = time.perf_counter()
        os.write(program.handle, code("f9").encode())
        return program.until_seen("TS26-", begin)
    finally:
        program.close()


def starts(now: Version, before: Version | None, floor: list[str], rounds: int) -> Iterator[Row]:
    """The start, the way to the home, and memory."""
    key, way = Row("exec → a typed key is seen", 0.5), Row("Enter → home of the role is seen", 1.0)
    for _round in range(rounds):
        base = first_key(floor)
        key.floor.append(base)
        way.floor.append(base)
        key.ours.append(first_key(now.argv("--store", str(now.store))))
        way.ours.append(home(now))
        if before is not None:
            key.before.append(first_key(before.argv("--store", str(before.store))))
            way.before.append(home(before))
    hashed, secret = operators.hash_secret(SECRET), Row("a real secret is checked (argon2)")
    for _round in range(max(3, rounds)):
        begin = time.perf_counter()
        operators.check_secret(hashed, SECRET)
        secret.ours.append((time.perf_counter() - begin) * 1e3)
    way.note = "with the demo's weak secret; a real one comes to it"
    yield from (key, way, secret)
    fresh, day = Row("memory after sign-in", 2.0, "MB"), Row("memory after 400 keys through six rooms", 2.3, "MB")
    program = Program(*floor)
    program.watch(3.0)
    fresh.floor.append(memory(program))
    program.press(*"abcdefgh" * 5, wait=0.02)
    day.floor.append(memory(program))
    program.close()
    program = now.signed_in("lead")
    fresh.ours.append(memory(program))
    for _round in range(6):
        for room in ("f3", "f4", "f6", "f8", "f7", "f5"):
            program.press(room, *("down",) * 10, wait=0.03)
    program.watch(1.0)
    day.ours.append(memory(program))
    program.close()
    yield from (fresh, day)


def _asking(store: Path) -> dict[str, str]:
    """Somebody who signed in for questions, as whoever asks all day has."""
    env = {**os.environ, "DESK_STORE": str(store), "DESK_LOGIN": str(store.with_suffix(".login"))}
    os.environ["DESK_LOGIN"] = env["DESK_LOGIN"]
    if schema(store) == SCHEMA and login.signed_in(store)[0] != ASKS:
        with closing(open_store(store)) as opened:
            login.keep(store, ASKS, operators.prove(Desk(opened), ASKS, demo.SECRET).mark)
    return env


def command(argv: list[str], store: Path) -> float:
    """CPU of a command, of all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(argv, env=_asking(store), capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1e3


def commands(now: Version, before: Version | None, rounds: int) -> Iterator[Row]:
    """Plain commands beside an empty Python."""
    with sqlite3.connect(now.store) as raw:
        paper = raw.execute("SELECT max(number) FROM release_pass").fetchone()[0]
    for goal, *words in COMMANDS:
        row = Row(f"desk {' '.join(words)}, CPU", goal)
        said = [*words, paper] if words == ["pass", "show"] else words
        for _round in range(rounds):
            row.floor.append(command([sys.executable, "-c", "pass"], now.store))
            row.ours.append(command(now.argv(*said), now.store))
            if before is not None and words != ["pass", "show"]:
                row.before.append(command(before.argv(*said), before.store))
        yield row


def elsewhere(now: Version, count: int) -> Iterator[Row]:
    """From another desk's commit to the first byte of what changed on this one's screen."""
    row = Row("what another desk took is seen", 40.0)
    program = now.signed_in("lead", "f6")
    other = Desk(open_store(now.store), workstation="bench")
    try:
        for place in range(count):
            program.watch(0.7)
            with other.act(operator="front") as act:
                intake.take(act, channel="visit", kind="complaint", what=f"对照{place}", stranger=f"测{place}")
            row.ours.append(program.until_seen(f"对照{place}", time.perf_counter()))
    finally:
        other.store.close()
        program.close()
    slow = sorted(row.ours)[int(len(row.ours) * 0.95)]
    yield row
    yield Row("what another desk took is seen, p95", 100.0, ours=[slow])


def proven(now: Version, rounds: int) -> Iterator[Row]:
    """The journal's proof, an entry, beside a raw pass over the same rows."""
    row = Row("verify, an entry", unit="µs", note="goal 20 µs")
    opened, raw = open_store(now.store), sqlite3.connect(now.store)
    try:
        count = raw.execute("SELECT count(*) FROM journal").fetchone()[0]
        for _round in range(rounds):
            begin = time.perf_counter()
            raw.execute("SELECT * FROM journal ORDER BY number").fetchall()
            row.floor.append((time.perf_counter() - begin) / count * 1e6)
            begin = time.perf_counter()
            proof.verify(opened)
            row.ours.append((time.perf_counter() - begin) / count * 1e6)
    finally:
        raw.close()
        opened.close()
    yield row


def rows(now: Version, before: Version | None, folder: Path, rounds: int) -> Iterator[Row]:
    """Every row of these."""
    floor = bare(folder)
    yield from starts(now, before, floor, rounds)
    yield from gate_rows(now.store, floor, rounds)
    save = Row("F9 on a form → it is confirmed", 2.0)
    for number in range(rounds):
        save.floor.append(_echo(floor))
        save.ours.append(saved(now, number))
        if before is not None:
            save.before.append(saved(before, number))
    yield save
    yield from commands(now, before, rounds)
    yield from elsewhere(now, 3 * rounds)
    yield from proven(now, rounds)


def _echo(floor: list[str]) -> float:
    """From a key of a bare Input until it is seen."""
    program = Program(*floor)
    try:
        program.watch(1.5)
        begin = time.perf_counter()
        os.write(program.handle, MARK.encode())
        return program.until_seen(MARK, begin)
    finally:
        program.close()
