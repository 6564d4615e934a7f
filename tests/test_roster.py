from pathlib import Path

import pytest
import xlsxwriter
from sqlmodel import func, select

from data.directory import Person, SearchTerm, Unit
from data.problems import StoreReadOnly
from data.store.opening import open_store
from data.store.store import Store
from desk import directory, roster, search
from desk.act import Desk
from desk.ground.refusals import Invalid, NotAllowed
from tests.conftest import Clock
from tests.helpers import take


def csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "清册.csv"
    path.write_bytes(text.encode(encoding))
    return path


def load(desk: Desk, path: Path) -> roster.Outcome:
    plan = roster.plan(path)
    assert plan.bad == []
    with desk.act(operator="lead") as act:
        return roster.apply(act, plan=plan)


FLAT = "联系电话,姓名,房号,楼栋,单元,身份证号码,工作单位\n13911112222,任青,801,7,1,110101199001010015,云栖小学\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_flat_sheet_is_understood_in_any_order_and_encoding(desk: Desk, tmp_path: Path, encoding: str) -> None:
    assert load(desk, csv(tmp_path, FLAT, encoding)).people == 1
    assert [(one.unit, one.name) for one in search.find(desk, "rq")] == [("7-1-801", "任青")]


def test_one_address_column_is_enough(desk: Desk, tmp_path: Path) -> None:
    load(desk, csv(tmp_path, "房屋地址;业主姓名\n7栋1单元801室;任青\n"))
    with desk.read() as session:
        assert directory.unit_by_label(session, "7-1-801").room == "801"


def linked(tmp_path: Path) -> Path:
    """Owners, rooms and parking in sheets of their own, with explanations typed beside the data."""
    path = tmp_path / "linked.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheets = {
        "业主信息": [
            ["编号", "业主名称", "手机号", "身份证号", "业主类型", "业主编号", "", "", "说明"],
            [1, "任青", 18999999999, "111111111111111111", 1001, 1, "", "", "手机号", "没有时写18999999999"],
            [2, "任蓝", 13911110000, "", 1002, 1],
            [3, "查远", 13911113333, "无", 1001, 2],
        ],
        "房屋信息": [
            ["房屋编号", "楼栋编号", "单元编号", "建筑面积", "业主编号"],
            [801, 7, 1, 94.56, 1],
            [802, 7, 1, 1, 2],
            [803, 7, 1, 80, ""],
        ],
        "车位信息": [["车位编码", "车牌号", "业主编号"], ["C1", "沪Q99999", 2], ["C2", "", ""]],
    }
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def test_linked_sheets_are_joined_and_placeholders_are_not_data(desk: Desk, tmp_path: Path) -> None:
    outcome = load(desk, linked(tmp_path))
    assert (outcome.units, outcome.people) == (3, 3)
    with desk.read() as session:
        card = directory.card(session, directory.unit_by_label(session, "7-1-801").id or 0, desk.now())
        assert [(m.name, m.relation, m.phones) for m in card.members] == [
            ("任青", "owner", []),
            ("任蓝", "family", ["13911110000"]),
        ]
        areas = session.exec(select(Unit.area_hundredths).where(Unit.label == "7-1-802")).one()
    assert areas is None
    assert [one.unit for one in search.find(desk, "q99999")] == ["7-1-802"]


def test_a_second_import_changes_only_what_changed(desk: Desk, tmp_path: Path) -> None:
    load(desk, linked(tmp_path))
    with desk.read() as session:
        before = session.exec(select(func.count()).select_from(SearchTerm)).one()
    again = load(desk, linked(tmp_path))
    assert (again.units, again.people, again.changed, again.same) == (0, 0, 0, 3)
    third = load(desk, csv(tmp_path, "楼栋,单元,房号,姓名,电话\n7,1,802,查远,13955556666\n"))
    assert (third.units, third.people, third.changed) == (0, 0, 1)
    with desk.read() as session:
        assert session.exec(select(func.count()).select_from(Person).where(Person.name == "查远")).one() == 1
        assert session.exec(select(func.count()).select_from(SearchTerm)).one() > before


@pytest.mark.parametrize(
    ("row", "column", "lands"),
    [
        ("7,1,,任青,13911112222,", "房号", False),
        (",1,801,任青,13911112222,", "楼栋", False),
        ("7,1,801,任青,hello,", "电话", True),
        ("7,1,801,任青,13911112222,12345", "身份证号", True),
        ("7,1,801,任青,13911112222,1.10101199001010E+17", "身份证号", True),
        (f"7,1,801,{'长' * 80},13911112222,", "姓名", True),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(tmp_path: Path, row: str, column: str, lands: bool) -> None:
    plan = roster.plan(csv(tmp_path, f"楼栋,单元,房号,姓名,电话,身份证号\n7,1,900,查远,13911113333,\n{row}\n"))
    assert [(t.sheet, t.row, t.column) for t in plan.troubles] == [("清册", 3, column)]
    assert len(plan.households) == 1 + lands


def test_possible_but_suspicious_data_is_only_a_warning(tmp_path: Path) -> None:
    rows = "".join(f"7,1,80{n},任{n},110101199001010014\n" for n in range(4))
    plan = roster.plan(csv(tmp_path, "楼栋,单元,房号,姓名,身份证号\n" + rows))
    assert plan.bad == []
    assert {t.msgid for t in plan.troubles if t.odd} == {
        "the last character of the ID number does not fit",
        "the same ID number stands at {count} people",
    }


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"a,b\n1,2\n", "姓名,电话\n任青,139\n".encode()])
def test_a_file_without_a_roster_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Invalid):
        roster.plan(path)
    broken = tmp_path / "x.xlsx"
    broken.write_bytes(content)
    with pytest.raises(Invalid):
        roster.plan(broken)


def test_a_rehearsal_writes_nothing_and_a_receptionist_may_not_import(desk: Desk, tmp_path: Path) -> None:
    plan = roster.plan(csv(tmp_path, FLAT))
    desk.operator = "lead"
    assert roster.preview(desk, plan).people == 1
    assert search.find(desk, "任青") == []
    with pytest.raises(NotAllowed), desk.act(operator="front") as act:
        roster.apply(act, plan=plan)


def many(tmp_path: Path, count: int) -> roster.Plan:
    """A roster of so many homes, several steps long."""
    lines = [f"7-{number // 100 + 1}-{number % 100 + 101},任{'青蓝'[number % 2]}" for number in range(count)]
    return roster.plan(csv(tmp_path, "房号,姓名\n" + "\n".join(lines) + "\n"))


def test_other_desks_work_on_while_a_long_roster_is_taken_in_or_rehearsed(
    desk: Desk, clock: Clock, store: Store, tmp_path: Path
) -> None:
    plan, desk.operator = many(tmp_path, 450), "lead"
    elsewhere = open_store(store.path)
    other, taken = Desk(elsewhere, clock, "desk-2"), list[str]()

    def meanwhile(_done: int, _all: int) -> None:
        taken.append(take(other, unit_id=None, person_id=None, stranger="访客").record)

    other.operator = "front"
    rehearsed = roster.preview(desk, plan, meanwhile)
    assert len(taken) == 3
    outcome = roster.take_in(desk, plan, meanwhile)
    elsewhere.close()
    assert len(taken) == 6
    assert outcome == rehearsed == roster.Outcome(units=450, people=450)
    assert roster.take_in(desk, plan) == roster.Outcome(same=450)


def test_a_roster_that_is_stopped_keeps_what_is_in_and_goes_on_where_it_was(desk: Desk, tmp_path: Path) -> None:
    plan, desk.operator = many(tmp_path, 450), "lead"

    def stop(done: int, _all: int) -> None:
        if done == 400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        roster.take_in(desk, plan, stop)
    assert [one.unit for one in search.find(desk, "7-4-200")] == ["7-4-200"]
    assert search.find(desk, "7-5-101") == []
    assert roster.take_in(desk, plan) == roster.Outcome(units=50, people=50, same=400)
    assert [one.unit for one in search.find(desk, "7-5-101")] == ["7-5-101"]


def test_somebody_of_an_earlier_step_who_lives_in_a_later_home_too_is_one_person(desk: Desk, tmp_path: Path) -> None:
    desk.operator = "lead"
    path = tmp_path / "linked.xlsx"
    book = xlsxwriter.Workbook(str(path))
    owners: list[list[object]] = [["编号", "业主名称", "手机号", "业主类型", "业主编号"]]
    owners += [[number, f"任{number}", f"139{number:08d}", 1001, number] for number in range(1, 301)]
    homes: list[list[object]] = [["房屋编号", "楼栋编号", "单元编号", "建筑面积", "业主编号"]]
    homes += [[100 + number, 8, 1, 90, number] for number in range(1, 301)]
    homes.append([999, 8, 2, 90, 1])
    for name, rows in (("业主信息", owners), ("房屋信息", homes)):
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    outcome = roster.take_in(desk, roster.plan(path))
    with desk.read() as session:
        named = session.exec(select(func.count()).select_from(Person).where(Person.name == "任1")).one()
    assert (outcome.units, outcome.people, named) == (301, 300, 1)


def sheets(tmp_path: Path, name: str, **rows: list[list[object]]) -> roster.Plan:
    """A workbook of linked sheets, read."""
    path = tmp_path / f"{name}.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for title, lines in rows.items():
        sheet = book.add_worksheet(title)
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)
    book.close()
    return roster.plan(path)


OWNERS: list[object] = ["编号", "业主名称", "手机号", "业主类型", "业主编号"]
ROOMS: list[object] = ["房屋编号", "楼栋编号", "单元编号", "建筑面积", "业主编号"]


def test_an_owner_who_moves_further_than_a_step_stays_one_person(desk: Desk, tmp_path: Path) -> None:
    desk.operator = "lead"
    first = sheets(
        tmp_path, "a", 业主信息=[OWNERS, [1, "任青", "13900000001", 1001, 1]], 房屋信息=[ROOMS, [801, 7, 1, 90, 1]]
    )
    roster.take_in(desk, first)
    owners = [OWNERS, [1, "任青", "13900000001", 1001, 1], [2, "任蓝", "13900000002", 1001, 2]]
    owners += [[n, f"住户{n}", f"139{n:08d}", 1001, n] for n in range(10, 260)]
    homes = [ROOMS, [801, 7, 1, 90, 2], *([n, 9, 1, 90, n] for n in range(10, 260)), [802, 7, 1, 90, 1]]
    roster.take_in(desk, sheets(tmp_path, "b", 业主信息=owners, 房屋信息=homes))
    with desk.read() as session:
        assert session.exec(select(func.count()).select_from(Person).where(Person.name == "任青")).one() == 1
    assert [one.unit for one in search.find(desk, "任青")] == ["7-1-802"]


def test_a_plate_that_moves_further_than_a_step_is_found_at_its_new_home_only(desk: Desk, tmp_path: Path) -> None:
    desk.operator = "lead"
    lines = ["7-1-801,任青,沪A12345", *(f"9-1-{n},住户{n}," for n in range(10, 260)), "7-1-802,任蓝,沪A12345"]
    roster.take_in(desk, roster.plan(csv(tmp_path, "房号,姓名,车牌\n" + "\n".join(lines) + "\n")))
    assert [one.unit for one in search.find(desk, "沪A12345")] == ["7-1-802"]


def test_a_roster_of_which_nothing_came_in_leaves_no_estate_behind(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, desk.operator = many(tmp_path, 10), "lead"
    plan.estate = "错园"
    with monkeypatch.context() as patched:
        patched.setattr("desk.roster.importing._write", lambda *_asked: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            roster.take_in(desk, plan)
    plan.estate = "对园"
    roster.take_in(desk, plan)
    assert [one.unit for one in search.find(desk, "7-1-101")] == ["7-1-101"]


def test_a_rehearsal_without_the_key_file_is_refused_in_words(desk: Desk, store: Store, tmp_path: Path) -> None:
    desk.operator = "lead"
    store._keys = None
    with pytest.raises(StoreReadOnly):
        roster.preview(desk, many(tmp_path, 3))
