"""Pass figures on a store with many passes, beside raw sqlite3 in the same run; `scripts/bench --passes N` calls it."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from data.chain import pass_digest
from data.kept import micros
from data.store.engine import SETTINGS
from data.store.store import Store
from desk import directory, passes, search
from desk.act import Desk
from desk.ground import numbers, pinyin, rooms
from desk.ground.wallclock import wall_clock
from desk.passes import carrier, gate

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
    raw.commit()
    raw.close()


def measure(store: Store, count: int) -> None:
    """Look-ups, the verdict, the register's first page, and issuing."""
    raw, desk = sqlite3.connect(store.path), Desk(store)
    desk.open_to_file = True
    now = wall_clock()
    some = [numbers.make_number("passes", 2026, 1 + n * 7919 % count) for n in range(ROUNDS)]
    ours = median_us(lambda n: gate.find(desk, some[n]))
    floor = median_us(lambda n: raw.execute("SELECT number FROM release_pass WHERE number = ?", (some[n],)).fetchall())
    _say("exact number", ours, floor)
    tails = [number.replace("-", "")[-5:-1] for number in some]
    tail_sql = "SELECT DISTINCT number, issued FROM pass_term WHERE term = ? ORDER BY issued LIMIT 20"
    # Whoever asks first would pay for the disk: both ask once before the clock runs.
    for tail in tails:
        gate.find(desk, tail)
        raw.execute(tail_sql, (tail,)).fetchall()
    ours = median_us(lambda n: gate.find(desk, tails[n]))
    floor = median_us(lambda n: raw.execute(tail_sql, (tails[n],)).fetchall())
    _say("last four digits", ours, floor)
    for fragment in ("1-1-", "1502", "王小云", "wxy", "wangxiao", "沪A01234", "1234567", "9999", "没有"):
        _say(f"find {fragment}", median_us(lambda _n, f=fragment: gate.find(desk, f)), None)  # type: ignore[misc]
    _say("verdict", median_us(lambda n: gate.verdict(desk, some[n])), None)

    def first_page(_n: int) -> object:
        with desk.read() as session:
            return passes.page(session, now, limit=200)

    _say("register, first page", median_us(first_page, 30), None)
    measure_issuing(store, desk)


def measure_issuing(store: Store, desk: Desk) -> None:
    """One pass issued, beside the same rows written by raw sqlite3 with the same settings and one commit."""
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

    raw = sqlite3.connect(store.path, isolation_level=None)
    for name, (value, _expected) in SETTINGS.items():
        raw.execute(f"PRAGMA {name}={value}")
    copy = _copier(raw, desk, draft)
    ours: list[float] = []
    floor: list[float] = []
    raw.execute("PRAGMA foreign_keys=OFF")
    for index in range(60):
        ours.append(median_us(issue, 1))
        floor.append(median_us(lambda _n, i=index: copy(i), 1))  # type: ignore[misc]
    raw.close()
    _say("issue, one commit", statistics.median(ours), statistics.median(floor))


def _copier(raw: sqlite3.Connection, desk: Desk, draft: passes.Draft) -> Callable[[int], None]:
    """What writes, in one commit, the same rows that issuing one pass has written, under other keys."""
    before = {table: _top(raw, table) for table in ("journal", "clock", "pass_item", "pass_term")}
    number = ""
    with desk.act() as act:
        number = passes.issue(act, draft=draft).number
    rows = [(table, row) for table, key in before.items() for row in _since(raw, table, key)]
    rows += [("release_pass", row) for row in raw.execute("SELECT * FROM release_pass WHERE number = ?", (number,))]
    columns = {table: [row[1] for row in raw.execute(f"PRAGMA table_info({table})")] for table, _row in rows}

    def number_of(row: Any) -> int:
        return int(row[columns["journal"].index("number")]) % 1000

    def copy(index: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE counter SET value = value WHERE name = 'passes:2026'")
        for table, row in rows:
            values = dict(zip(columns[table], row, strict=True))
            if "id" in values:
                values["id"] = None
            if table == "journal":
                values["number"] = -1000 * index - number_of(row)
            elif "number" in values:
                values["number"] = f"ZZ{index:06d}"
            raw.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(values))})", list(values.values()))
        raw.execute("COMMIT")

    return copy


def _top(raw: sqlite3.Connection, table: str) -> Any:
    key = "number" if table == "journal" else "id"
    return raw.execute(f"SELECT max({key}) FROM {table}").fetchone()[0] or 0


def _since(raw: sqlite3.Connection, table: str, top: Any) -> list[Any]:
    key = "number" if table == "journal" else "id"
    return raw.execute(f"SELECT * FROM {table} WHERE {key} > ?", (top,)).fetchall()


def _say(what: str, ours: float, floor: float | None) -> None:
    beside = f"   raw sqlite3 {floor:8.0f} us   ratio {ours / floor:.2f}" if floor else ""
    print(f"passes: {what:<22} {ours:8.0f} us{beside}")
