"""Pass figures on a store with many passes, beside raw sqlite3 in the same run; `scripts/bench` calls it."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from bench_acts import beside
from bench_row import Row

from data.chain import pass_digest
from data.kept import micros
from data.store.digests import digest_all
from data.store.store import Store
from desk import directory, passes, search
from desk.act import Desk
from desk.ground import numbers, pinyin, rooms
from desk.ground.wallclock import wall_clock
from desk.passes import carrier

ROUNDS = 300
NAMES = ("测试", "王小云", "李青", "单立", "赵大山", "钱禾", "孙知秋")
_COLUMNS = (
    "number, unit_id, state, carrier, nature, reason, destination, mover, mover_id_sealed, mover_id_masked,"
    " mover_id_index, mover_phone, plate, proof, ticks, applicant, arrears, pieces, moving_at, valid_from, valid_until,"
    " issued_at, issued_by, fees_by, sealed_by, contents_mac, void_reason, void_by, slip, slip_note, replaces, repeats,"
    " prints, trips, out_by, owner, tenant"
)


def median_us(work: Callable[[int], object], rounds: int = ROUNDS) -> float:
    """The median of many runs, in microseconds."""
    times = []
    for index in range(rounds):
        begin = time.perf_counter()
        work(index)
        times.append((time.perf_counter() - begin) * 1e6)
    return statistics.median(times)


def fill(store: Store, count: int) -> None:
    """Sealed passes, half a minute apart, with all that the gate finds them by."""
    raw, now = sqlite3.connect(store.path), micros(wall_clock())
    kept = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'keep_signed_goods_few'").fetchone()[0]
    raw.execute("DROP TRIGGER keep_signed_goods_few")
    units = list(raw.execute("SELECT id, label FROM unit ORDER BY id LIMIT 5000"))
    named = [(name, sorted(pinyin.terms(name))) for name in NAMES]
    key = store.keys.journal
    for start in range(1, count + 1, 50_000):
        papers, terms, goods = [], [], []
        for n in range(start, min(start + 50_000, count + 1)):
            number, at = numbers.make_number("passes", 2026, n), now - (count - n) * 30_000_000
            (unit, label), (name, said) = units[n % len(units)], named[n % len(named)]
            plate, phone = f"沪A{n % 100000:05d}", f"139{n * 7919 % 10**8:08d}"
            until = at + 86_400_000_000
            fixed = (
                number,
                unit,
                "owner",
                "temporary",
                "use",
                "市区",
                name,
                "",
                "",
                phone,
                plate,
                "original_id",
                "",
                at,
                at,
                until,
                "sealed",
                0,
                "finance",
                "front",
                None,
            )
            items = [(1, "沙发", 2, "", 0), (2, "纸箱", 6, "个", 0)]
            papers.append(
                (
                    number,
                    unit,
                    "sealed",
                    "owner",
                    "temporary",
                    "use",
                    "市区",
                    name,
                    b"",
                    "",
                    "",
                    phone,
                    plate,
                    "original_id",
                    "",
                    "",
                    "[]",
                    8,
                    at,
                    at,
                    until,
                    at,
                    "front",
                    "finance",
                    "front",
                    pass_digest(key, fixed, items),
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    0,
                    0,
                    "",
                    "",
                    "",
                )
            )
            goods += [(number, *item) for item in items]
            digits = "".join(ch for ch in number if ch.isdigit())
            found = {digits[i:] for i in range(len(digits) - 1)} | {digits[i:-1] for i in range(len(digits) - 2)}
            found |= rooms.terms(label) | set(said) | search.plate_terms(plate)
            found |= {phone[i:] for i in range(len(phone) - 3)}
            terms += [(term, -at, number) for term in found]
        marks = ",".join("?" * len(_COLUMNS.split(",")))
        raw.executemany(f"INSERT INTO release_pass ({_COLUMNS}) VALUES ({marks})", papers)
        raw.executemany("INSERT INTO pass_term (term, issued, number) VALUES (?, ?, ?)", terms)
        raw.executemany("INSERT INTO pass_item (number, line, name, quantity, unit, out) VALUES (?,?,?,?,?,?)", goods)
        raw.commit()
    raw.execute("INSERT OR REPLACE INTO counter (name, value) VALUES ('passes:2026', ?)", (count,))
    raw.execute(kept)
    digest_all(raw, store.keys.rows)
    raw.commit()
    raw.close()


def issued(store: Store) -> Row:
    """One pass issued, beside the same rows written by raw sqlite3 with the same settings and one commit."""
    desk = Desk(store)
    desk.operator = "lead"
    with desk.read() as session:
        unit = session.connection().exec_driver_sql("SELECT id FROM unit ORDER BY id LIMIT 1").scalar_one()
    with desk.act() as act:
        owner = carrier.on_file(act.session, int(unit), "owner")[0]
        directory.set_id_card(act, owner, "110101199001010015")
        name = owner.name
    draft = passes.Draft(
        unit_id=int(unit),
        carrier="owner",
        nature="temporary",
        destination="市区",
        mover=name,
        mover_id="110101199001010015",
        moving_at=wall_clock() + timedelta(minutes=5),
        items=passes.parse_items("沙发 2\n纸箱 6 个"),
        reason="use",
        plate="沪A00001",
        mover_phone="13900001111",
        id_seen=True,
    )

    def issue(_n: int) -> None:
        with desk.act() as act:
            passes.issue(act, draft=draft)

    return beside("a pass is issued, one act", 2.0, store, issue)
