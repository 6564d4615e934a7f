"""Search, queue and pass figures on large stores, beside raw sqlite3 in the same run.

    scripts/bench [--people 100000] [--clocks 100000] [--passes 0] [--folder DIR]

With --passes 1000000 the store is also filled with that many passes; it stays in --folder for a look at start-up.
"""

import argparse
import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

import bench_cases
import bench_gate
import bench_keys
import bench_passes
from bench_passes import median_us

from data.kept import micros
from data.store.opening import create_store
from data.store.store import Store
from desk import demo, operators, search
from desk.act import SYSTEM, Desk
from desk.clocks import queueing
from desk.ground.wallclock import wall_clock

ROUNDS = 300


def fill_people(store: Store, count: int) -> None:
    """People by raw inserts: names, units, phones and their search terms."""
    chance = random.Random(1)
    raw = sqlite3.connect(store.path)
    raw.execute("INSERT INTO building (id, name) VALUES (1, '1')")
    raw.execute("INSERT INTO entrance (id, building_id, name) VALUES (1, 1, '1')")
    units, persons, phones, terms, ties = [], [], [], [], []
    for number in range(1, count + 1):
        label = f"{number // 2000 + 1}-{number // 100 % 20 + 1}-{number % 100 // 4 + 1}{number % 4 + 1:02d}{number}"
        name = chance.choice(demo.SURNAMES) + "".join(chance.sample(demo.GIVEN, 2))
        phone = f"190{chance.randrange(10**8):08d}"
        units.append((number, label, label))
        persons.append((number, name))
        phones.append((number, phone))
        ties.append((number, number))
        terms += [(r["term"], number, number) for r in search.term_rows(number, label, [(number, name, [phone], [])])]
    insert = raw.executemany
    insert("INSERT INTO unit (id, entrance_id, room, label, kind, note) VALUES (?, 1, ?, ?, 'home', '')", units)
    insert(
        "INSERT INTO person (id, name, sex, id_card_masked, workplace, emergency_mobile, vip, note)"
        " VALUES (?, ?, '', '', '', '', 0, '')",
        persons,
    )
    insert("INSERT INTO phone (person_id, number) VALUES (?, ?)", phones)
    insert("INSERT INTO occupancy (unit_id, person_id, relation) VALUES (?, ?, 'owner')", ties)
    insert("INSERT INTO search_term (term, unit_id, person_id) VALUES (?, ?, ?)", terms)
    raw.commit()
    raw.close()


def fill_clocks(store: Store, count: int) -> None:
    """Running clocks by raw inserts, due over the next month."""
    raw, now = sqlite3.connect(store.path), micros(wall_clock())
    row = (
        "T-11",
        "bench",
        "CMP-4",
        "First reply",
        "首次答复",
        "complaints",
        "TS26-000001-3",
        "3-2-1502 漏水",
        "",
        "receptionist",
        "",
        "always",
        "1 day",
    )
    rows = [(*row, now, now, 1, now + n * 26_000_000, 0, "", 0) for n in range(count)]
    raw.executemany(
        "INSERT INTO clock (rule, rule_version, clauses, name_en, name_zh, system, record, subject, department, role,"
        " waiting_on, calendar, within, started_at, anchor_at, start_entry, due_at, provisional, escalation, steps_done)"
        f" VALUES ({','.join('?' * 20)})",
        rows,
    )
    raw.commit()
    raw.close()


def bench_search(store: Store) -> None:
    """The median of every kind of fragment, and the same range through raw sqlite3."""
    raw, desk = sqlite3.connect(store.path), Desk(store)
    desk.open_to_file = True
    for fragment in ("单", "青", "青青", "zs", "shan", "zhangq", "1-1-", "1502", "190", "7788"):
        ours = median_us(lambda _n, f=fragment: search.find(desk, f))  # type: ignore[misc]
        values = {
            "low": search.normal(fragment),
            "high": search.normal(fragment) + search.TOP,
            "scan": search.SCAN * search.LIMIT,
            "limit": search.LIMIT,
        }
        floor = median_us(lambda _n, v=values: raw.execute(search._FIND, v).fetchall())  # type: ignore[misc]
        print(f"search {fragment:<8} {ours:8.0f} us   raw sqlite3 {floor:8.0f} us   ratio {ours / floor:.2f}")


async def tick_cpu(store: Store, path: Path) -> float:
    """CPU of one tick of the queue with the screen drawn, in milliseconds."""
    from screens.app import DeskApp
    from screens.queue import QueueRoom

    app = DeskApp(path)
    app._desk = Desk(store)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.sign_in("lead", demo.SECRET)
        await pilot.pause()
        room = app.screen
        assert isinstance(room, QueueRoom)
        costs = []
        for _ in range(60):
            await asyncio.sleep(0.02)
            begin = time.process_time()
            room.tick()
            await pilot.pause()
            costs.append((time.process_time() - begin) * 1e3)
        return statistics.median(costs)


def new_store(path: Path) -> Store:
    """An empty store with one supervisor."""
    from data.operators import Operator

    store = create_store(path)
    with store.writing() as session:
        session.add(Operator(code=SYSTEM, name="desk", roles=""))
        hashed = operators.hash_secret(demo.SECRET, demo=True)
        session.add(Operator(code="lead", name="Lead", roles="supervisor", secret_hash=hashed))
        session.add(Operator(code="guard", name="Guard", roles="guard", secret_hash=hashed))
        session.add(Operator(code="front", name="Front", roles="receptionist", secret_hash=hashed))
    return store


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--clocks", type=int, default=100_000)
    parser.add_argument("--passes", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp())
    store = new_store(folder / "bench.db")
    fill_people(store, asked.people)
    print(f"{asked.people} people in {folder / 'bench.db'}")
    bench_search(store)
    if asked.passes:
        bench_passes.fill(store, asked.passes)
        print(f"{asked.passes} passes")
        bench_passes.measure(store, asked.passes)
        bench_gate.measure(folder / "bench.db")
    bench_keys.main([])
    bench_cases.measure(store, bench_cases.fill(store, min(asked.people, 5000)))
    for count in sorted({100, asked.clocks}):
        path = folder / f"clocks-{count}.db"
        other = new_store(path)
        fill_clocks(other, count)
        print(f"queue tick, {count:>7} clocks: {asyncio.run(tick_cpu(other, path)):6.2f} ms of CPU")
        desk = Desk(other)
        desk.open_to_file = True
        with desk.read() as session:
            ids = median_us(lambda _n: queueing.ids(session, desk.now()), 5)  # noqa: B023
        print(f"queue read, {count:>7} clocks: {ids / 1000:6.1f} ms")


main()
