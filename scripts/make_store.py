"""A store of any size: people, passes, running promises, and years of contacts and complaints.

    scripts/make_store FILE [--people 100000] [--passes 0] [--clocks 0] [--years 0]

Made by plain inserts, so that a million passes take less than two minutes; they are sealed as the desk seals them.
"""

import argparse
import random
import sqlite3
import time
from pathlib import Path

import bench_cases
import bench_passes

from data.kept import micros
from data.operators import Operator
from data.store.digests import digest_all
from data.store.opening import create_store
from data.store.store import Store
from desk import demo, operators, search
from desk.act import SYSTEM
from desk.ground.wallclock import wall_clock


def new_store(path: Path) -> Store:
    """An empty store with one supervisor."""
    store = create_store(path)
    with store.writing() as session:
        session.add(Operator(code=SYSTEM, name="desk", roles=""))
        hashed = operators.hash_secret(demo.SECRET, demo=True)
        session.add(Operator(code="lead", name="Lead", roles="supervisor", secret_hash=hashed))
        session.add(Operator(code="guard", name="Guard", roles="guard", secret_hash=hashed))
        session.add(Operator(code="front", name="Front", roles="receptionist", secret_hash=hashed))
    return store


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
    digest_all(raw, store.keys.rows)
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
        "INSERT INTO clock (rule, rule_version, clauses, name_en, name_zh, system, record, subject, department, role, waiting_on,"
        " calendar, within, started_at, anchor_at, start_entry, due_at, provisional, escalation, steps_done)"
        f" VALUES ({','.join('?' * 20)})",
        rows,
    )
    digest_all(raw, store.keys.rows)
    raw.commit()
    raw.close()


def fill(store: Store, people: int, passes: int, clocks: int, years: int) -> None:
    """Everything that is asked for; passes and years need people to live somewhere."""
    fill_people(store, people)
    if passes:
        bench_passes.fill(store, passes)
    if clocks:
        fill_clocks(store, clocks)
    if years:
        bench_cases.fill(store, min(people, 5000), years)


def main() -> None:
    """Make one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--passes", type=int, default=0)
    parser.add_argument("--clocks", type=int, default=0)
    parser.add_argument("--years", type=int, default=0)
    asked = parser.parse_args()
    if (asked.passes or asked.years) and asked.people < 1:
        parser.error("passes and years need people")
    begin = time.perf_counter()
    store = new_store(asked.file)
    fill(store, asked.people, asked.passes, asked.clocks, asked.years)
    store.close()
    print(f"{asked.file}: {asked.file.stat().st_size / 1e6:.1f} MB in {time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main()
