"""Rosters as offices have them: what lands, what is asked, and nothing that is dropped in silence."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from desk import directory, roster
from desk.act import Desk
from desk.ground.refusals import Invalid
from desk.roster.people import day_in, names_in, phones_in
from desk.roster.plates import plates_in
from tests.helpers import OWNER
from tests.test_cli import run

Rows = Sequence[Sequence[Any]]


def book(folder: Path, sheets: dict[str, Rows], merged: Sequence[tuple[str, int, int, int, int]] = ()) -> Path:
    """A workbook with these sheets; `merged` are sheet, top, left, bottom, right of cells merged together."""
    path = folder / "清册.xlsx"
    made = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
        for where, top, left, bottom, right in merged:
            if where == name:
                sheet.merge_range(top, left, bottom, right, rows[top][left])
    made.close()
    return path


def text(folder: Path, content: str | bytes, name: str = "清册.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def said(path: Path) -> dict[str, list[str]]:
    """Who lands in which home."""
    return {label: [one.name for one in home.people] for label, home in roster.plan(path).households.items()}


def troubles(path: Path) -> list[tuple[int, str, bool]]:
    return [(one.row, one.column, one.odd) for one in roster.plan(path).troubles]


HEAD = ["楼栋", "单元", "房号", "姓名", "电话"]


def test_phase_district_estate_and_lane_keep_homes_apart(tmp_path: Path) -> None:
    phases = [["分期", *HEAD], ["一期", "3幢", 1, 101, "安可", ""], ["二期", "3幢", 1, 101, "白简", ""]]
    assert said(book(tmp_path, {"业主": phases})) == {"1期-3-1-101": ["安可"], "2期-3-1-101": ["白简"]}
    clusters = [["组团", *HEAD], ["东区", 3, 1, 101, "安可", ""], ["西区", 3, 1, 101, "白简", ""]]
    assert said(book(tmp_path, {"业主": clusters})) == {"东区-3-1-101": ["安可"], "西区-3-1-101": ["白简"]}
    estates = [["小区名称", *HEAD], ["云杉花园", 3, 1, 101, "安可", ""], ["青桐里", 3, 1, 101, "白简", ""]]
    assert said(book(tmp_path, {"业主": estates})) == {"云杉花园-3-1-101": ["安可"], "青桐里-3-1-101": ["白简"]}
    lanes = [["房号", "姓名"], ["88弄12号301室", "安可"], ["90弄12号301室", "白简"]]
    assert said(book(tmp_path, {"业主": lanes})) == {"88弄-12号-301": ["安可"], "90弄-12号-301": ["白简"]}


def test_a_sheet_for_each_building_is_a_building_each(tmp_path: Path) -> None:
    rows = [["房号", "姓名"], [101, "安可"]]
    assert said(book(tmp_path, {"1栋": rows, "2栋": [["房号", "姓名"], [101, "栗文"]]})) == {
        "1-101": ["安可"],
        "2-101": ["栗文"],
    }
    assert said(book(tmp_path, {"东苑": rows, "西苑": [["房号", "姓名"], [101, "栗文"]]})) == {
        "东苑-101": ["安可"],
        "西苑-101": ["栗文"],
    }


def test_a_title_between_the_lines_is_the_building_of_those_below(tmp_path: Path) -> None:
    rows = [["房号", "姓名"], ["1栋"], [101, "安可"], ["2栋"], [101, "栗文"]]
    assert said(book(tmp_path, {"业主": rows})) == {"1-101": ["安可"], "2-101": ["栗文"]}


def test_cells_merged_downwards_say_the_same_for_every_line(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["1栋", "1单元", 101, "安可", ""],
        ["", "", "", "白简", ""],
        ["", "", 102, "栗文", ""],
        ["2栋", 1, 101, "穆清", ""],
    ]
    rows[2] = [*rows[2], "家属"]
    rows[0] = [*HEAD, "关系"]
    merged = [("业主", 1, 0, 3, 0), ("业主", 1, 1, 3, 1), ("业主", 1, 2, 2, 2)]
    assert said(book(tmp_path, {"业主": rows}, merged)) == {
        "1-1-101": ["安可", "白简"],
        "1-1-102": ["栗文"],
        "2-1-101": ["穆清"],
    }
    plan = roster.plan(text(tmp_path, "楼栋,单元,房号,姓名\n1栋,1,101,安可\n,,102,栗文\n"))
    assert [(one.row, one.column) for one in plan.bad] == [(3, "楼栋")]
    assert list(plan.households) == ["1-1-101"]


def test_money_of_a_cell_merged_over_several_homes_is_of_none_of_them(tmp_path: Path) -> None:
    rows = [["楼栋", "房号", "姓名", "欠费"], [1, 101, "安可", 120], [1, 102, "安可", ""]]
    plan = roster.plan(book(tmp_path, {"业主": rows}, [("业主", 1, 3, 2, 3)]))
    assert [home.arrears for home in plan.households.values()] == [12000, None]
    assert [(one.row, one.column) for one in plan.troubles] == [(3, "欠费")]


def test_below_ground_joined_rooms_and_leading_zeros(tmp_path: Path) -> None:
    rows = [
        ["楼栋", "单元", "房号", "姓名"],
        [1, 1, 101, "安可"],
        [1, 1, -101, "白简"],
        [2, 1, "201、202", "栗文"],
        [3, 1, "0401", "池禾"],
        [3, 1, 401, "池禾"],
        [4, 1, "201-202", "穆清"],
    ]
    path = book(tmp_path, {"业主": rows})
    assert said(path) == {
        "1-1-101": ["安可"],
        "1-1--101": ["白简"],
        "2-1-201": ["栗文"],
        "2-1-202": ["栗文"],
        "3-1-0401": ["池禾"],
    }
    assert troubles(path) == [(7, "房号", False)]


def test_a_second_owner_of_a_home_is_asked_unless_the_file_says_co_owner(tmp_path: Path) -> None:
    head = ["楼栋", "房号", "姓名", "关系"]
    asked = book(tmp_path, {"业主": [head, [1, 101, "安可", "业主"], [1, "0101", "白简", "业主"]]})
    assert said(asked) == {"1-101": ["安可"]}
    assert troubles(asked) == [(3, "姓名", False)]
    both = book(tmp_path, {"业主": [head, [1, 101, "安可", "业主"], [1, 101, "白简", "共有人"]]})
    assert said(both) == {"1-101": ["安可", "白简"]}


def test_another_estate_s_roster_never_lands_in_the_homes_of_the_first(desk: Desk, tmp_path: Path) -> None:
    for estate, name in (("云杉花园", "安可"), ("青桐里", "白简"), ("云杉花园", "安可")):
        plan = roster.plan(text(tmp_path, f"小区,楼栋,房号,姓名\n{estate},61,101,{name}\n"))
        with desk.act(operator="lead") as act:
            roster.apply(act, plan=plan)
    with desk.read() as session:
        for label, name in (("61-101", "安可"), ("青桐里-61-101", "白简")):
            unit = directory.unit_by_label(session, label)
            assert [one.name for one in directory.card(session, unit.id or 0, desk.now()).members] == [name]


def test_blocks_side_by_side_and_one_below_the_other_are_all_read(tmp_path: Path) -> None:
    beside = [["一览"], ["序号", "栋号", "房号", "业主姓名"] * 2, [1, "B1", 301, "安可", 2, "B2", 301, "栗文"]]
    assert said(book(tmp_path, {"住宅": beside})) == {"B1-301": ["安可"], "B2-301": ["栗文"]}
    below = [["楼栋", "房号", "姓名"], [1, 101, "安可"], [], ["楼栋", "房号", "姓名"], [2, 101, "栗文"]]
    assert said(book(tmp_path, {"住宅": below})) == {"1-101": ["安可"], "2-101": ["栗文"]}


def test_a_header_of_two_rows_tells_owner_from_tenant(tmp_path: Path) -> None:
    rows = [
        ["登记表"],
        ["房屋信息", "", "业主信息", "", "租户信息", ""],
        ["楼栋", "房号", "姓名", "电话", "姓名", "电话"],
        [1, 101, "安可", "13900000101", "栗文", "13900000201"],
    ]
    people = next(iter(roster.plan(book(tmp_path, {"登记": rows})).households.values())).people
    assert [(one.name, one.relation, one.phones) for one in people] == [
        ("安可", "owner", ("13900000101",)),
        ("栗文", "tenant", ("13900000201",)),
    ]


def test_every_column_sheet_and_line_is_read_or_named(tmp_path: Path) -> None:
    rows = [
        ["楼栋", "房号", "姓名", "姓名", "电话", "电话", "车位号", ""],
        [1, 101, "安可", "安小", "13900000101", "13900000102", "B1", "x"],
        ["以下为商铺", "", "", "", "", "", "", ""],
        [1, 102, "栗文", "", "", "", "", ""],
    ]
    other = [["日期", "收入"], ["2024-01", 100]]
    plan = roster.plan(book(tmp_path, {"业主": rows, "台账": other}))
    assert {(one.sheet, one.row, one.column) for one in plan.troubles} >= {
        ("业主", 2, "姓名"),
        ("业主", 1, "车位号"),
        ("业主", 1, "H"),
        ("台账", 1, ""),
    }
    assert "日期 收入" in next(one.text for one in plan.troubles if one.sheet == "台账")
    assert [(one.name, one.relation, one.phones) for one in plan.households["1-101"].people] == [
        ("安可", "owner", ("13900000101",)),
        ("安小", "family", ("13900000102",)),
    ]
    assert any(one.row == 3 for one in plan.troubles)


def test_a_file_that_names_nothing_says_which_headers_were_seen(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        roster.plan(text(tmp_path, "日期,收入,支出\n2024-01,1,2\n"))
    assert "日期 收入 支出" in str(caught.value)


SIMPLE, TRADITIONAL = (
    "楼栋\t房号\t姓名\t电话\n1栋\t101\t安可\t13900000101\n",
    "樓棟,房號,姓名,電話\n1棟,101,安可,13900000101\n",
)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (SIMPLE, "utf-8"), (SIMPLE, "utf-8-sig"), (SIMPLE, "utf-16"), (SIMPLE, "utf-16-le"), (SIMPLE, "utf-16-be"),
        (SIMPLE, "gb18030"), ("清册\n" + SIMPLE, "gb18030"), (TRADITIONAL, "big5"), (TRADITIONAL, "utf-8"),
        (SIMPLE.replace("\t", ";"), "gbk"), (SIMPLE.replace("\t", "|"), "utf-8"),
    ],
)  # fmt: skip
def test_a_text_is_read_in_the_encodings_and_with_the_marks_of_offices(
    tmp_path: Path, content: str, encoding: str
) -> None:
    assert said(text(tmp_path, content, "清册.txt", encoding)) == {"1-101": ["安可"]}


def test_a_workbook_is_known_by_what_is_in_it_not_by_its_name(tmp_path: Path) -> None:
    real = book(tmp_path, {"业主": [["楼栋", "房号", "姓名"], [1, 101, "安可"]]})
    assert said(text(tmp_path, real.read_bytes(), "清册.csv")) == {"1-101": ["安可"]}
    for page in (
        "<html><table><tr><td>楼栋</td></tr></table></html>",
        "<?xml version='1.0'?><Workbook/>",
        "MIME-Version: 1.0\n",
    ):
        with pytest.raises(Invalid) as caught:
            roster.plan(text(tmp_path, page, "清册.xls"))
        assert "save it as xlsx" in str(caught.value)


def test_formulas_that_quote_apostrophes_and_errors_are_no_data(tmp_path: Path) -> None:
    path = text(tmp_path, '楼栋,房号,姓名,电话\n="1栋",="0101",安可,="13900000101"\n1栋,102\t,#N/A,\'13900000102\n')
    homes = roster.plan(path).households
    assert {label: [(one.name, one.phones) for one in home.people] for label, home in homes.items()} == {
        "1-0101": [("安可", ("13900000101",))],
        "1-102": [],
    }
    assert troubles(path) == [(3, "姓名", True)]


def test_formulas_without_a_result_are_said_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "清册.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("业主")
    sheet.write_row(0, 0, ["楼栋", "房号", "姓名"])
    sheet.write_row(1, 0, [1, 101, "安可"])
    sheet.write(2, 0, 1)
    sheet.write_formula(2, 1, "=B2+1", None, "")
    made.close()
    assert any("B3" in one.text for one in roster.plan(path).troubles if one.odd)


@pytest.mark.parametrize(
    ("cell", "numbers", "noted"),
    [
        ("139 0000 0101", ["13900000101"], False),
        ("139-0000-0102", ["13900000102"], False),
        ("+86 13900000103", ["13900000103"], False),
        ("+86-139-0000-0104", ["13900000104"], False),
        ("8613900000110", ["13900000110"], False),
        ("13900000105（妻）", ["13900000105"], True),
        ("13900000106、88880106", ["13900000106", "88880106"], False),
        ("0592-8888 0107", ["059288880107"], False),
        ("(0592)88880112", ["059288880112"], False),
        ("13900000108 租客13900000118", ["13900000108"], True),
        ("安可：13900000109、13900000119", ["13900000109", "13900000119"], True),
        ("0592-88880111转801", ["059288880111"], True),
        ("１３９００００ ０１１３", ["13900000113"], False),
        ("+852 9123 4567", ["85291234567"], False),
        ("1.39E+10", [], True),
        ("待补", [], True),
        ("hello", [], True),
        ("无", [], False),
        ("18999999999", [], False),
    ],
)
def test_phones_are_read_as_written_and_what_else_is_said_stays_in_the_note(
    cell: str, numbers: list[str], noted: bool
) -> None:
    found = phones_in(cell)
    assert (found.numbers, bool(found.note)) == (numbers, noted)


@given(st.text(alphabet="0123456789+-() /、;；租客妻:转.E，", max_size=30))
def test_no_digit_of_a_phone_cell_is_lost_in_silence(cell: str) -> None:
    found = phones_in(cell)
    if not found.note and not found.odd and len(set(re.sub(r"\D", "", cell))) > 1:
        kept = "".join(found.numbers)
        assert sum(map(str.isdecimal, cell)) <= len(kept) + 4 * (len(found.numbers) + 1) or not found.numbers


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("安可、白简", ["安可", "白简"]), ("栗文/穆清", ["栗文", "穆清"]), ("米粟  池禾", ["米粟", "池禾"]), ("米粟 池禾", ["米粟", "池禾"]),
        ("艾尔肯·买买提", ["艾尔肯·买买提"]), ("云杉（厦门）科技有限公司", ["云杉（厦门）科技有限公司"]), ("Anna Lee", ["Anna Lee"]),
        ("安可（已故）", ["安可"]), ("空置", []), ("未售", []), ("无", []), ("安可和白简", ["安可", "白简"]),
    ],
)  # fmt: skip
def test_several_people_in_a_cell_are_several_where_the_marks_say_so(cell: str, names: list[str]) -> None:
    assert [name for name, _aside in names_in(cell)] == names


def test_phones_are_dealt_out_where_the_counts_agree_and_named_where_not(tmp_path: Path) -> None:
    rows = [
        ["楼栋", "房号", "业主姓名", "联系电话"],
        [1, 101, "安可、白简", "13900000101、13900000102"],
        [1, 102, "栗文、穆清、米粟", "13900000103、13900000104"],
    ]
    path = book(tmp_path, {"业主": rows})
    homes = roster.plan(path).households
    assert [one.phones for one in homes["1-101"].people] == [("13900000101",), ("13900000102",)]
    assert [one.relation for one in homes["1-101"].people] == ["owner", "owner"]
    assert [one.phones for one in homes["1-102"].people] == [("13900000103", "13900000104"), (), ()]
    assert troubles(path) == [(3, "业主姓名", True)]


@pytest.mark.parametrize(
    ("cell", "day", "wrong"),
    [
        ("2020-5-1", "2020-05-01", False), ("2020年5月1日", "2020-05-01", False), ("2020.05.01 10:30", "2020-05-01", False),
        ("19800214", "1980-02-14", False), ("43952", "2020-05-01", False), ("44377.5", "2021-06-30", False),
        ("2020-11", "None", True), ("2020/12", "None", True), ("198012", "None", True), ("1980年2月", "None", True), ("2020", "None", True),
        ("2020-02-30", "None", True), ("80/2/14", "None", True), ("2020111", "None", True), ("不详", "None", False), ("", "None", False),
    ],
)  # fmt: skip
def test_no_day_is_made_up(cell: str, day: str, wrong: bool) -> None:
    found, problem = day_in(cell)
    assert (str(found), bool(problem)) == (day, wrong)


@pytest.mark.parametrize(
    ("cell", "plates", "rest"),
    [
        ("闽D·A0001", ["闽DA0001"], ""), ("闽D A0002", ["闽DA0002"], ""), ("闽DD12345", ["闽DD12345"], ""), ("闽D12345D", ["闽D12345D"], ""),
        ("闽D1234学", ["闽D1234学"], ""), ("粤Z·1234港", ["粤Z1234港"], ""), ("闽DA0003、闽DA0004", ["闽DA0003", "闽DA0004"], ""),
        ("闽DA0005（白色别克）", ["闽DA0005"], "(白色别克)"), ("电动车", [], ""), ("没车", [], ""), ("无", [], ""),
        ("闽DA0006/车位B1-012", ["闽DA0006"], "车位B1-012"), ("待定", [], "待定"),
    ],
)  # fmt: skip
def test_plates_are_plates_and_parking_spaces_are_not(cell: str, plates: list[str], rest: str) -> None:
    found = plates_in(cell)
    assert (found.plates, found.rest) == (plates, rest)


def test_an_optional_cell_never_costs_the_person_or_the_home(tmp_path: Path) -> None:
    rows = [
        ["楼栋", "房号", "姓名", "人员类型", "电话", "身份证号", "入住日期", "欠费", "面积"],
        [1, 101, "安可", "房东", "待补", 9.90101198002140e17, "2020-11", "1.2万", "约90"],
        [1, 102, "白简", "保姆", "1.39E+10", "护照E12345678", "不详", "欠3个月", ""],
        [1, 103, "栗文", "业主（本人）", "", "H12345678（回乡证）", "", "-120.00", ""],
        [1, 104, "空置", "", "", "", "", "", ""],
        ["合计", "", "", "", "", "", "", 300, 90],
        ["制表人：安可"],
    ]
    plan = roster.plan(book(tmp_path, {"业主": rows}))
    assert plan.bad == []
    found = {
        label: [(one.name, one.relation, one.id_card) for one in home.people] for label, home in plan.households.items()
    }
    assert found == {
        "1-101": [("安可", "owner", "")],
        "1-102": [("白简", "family", "E12345678")],
        "1-103": [("栗文", "owner", "H12345678")],
        "1-104": [],
    }
    assert plan.households["1-101"].people[0].note == "电话: 待补；入住日期: 2020-11"
    assert plan.households["1-103"].arrears == 0
    assert {(one.row, one.column) for one in plan.troubles} == {
        (2, "电话"),
        (2, "身份证号"),
        (2, "入住日期"),
        (2, "欠费"),
        (2, "面积"),
        (3, "电话"),
        (3, "人员类型"),
        (3, "欠费"),
    }


def test_as_above_says_what_stands_above_and_never_that_a_home_is_unsold(tmp_path: Path) -> None:
    rows = [
        ["楼栋", "房号", "姓名", "电话"],
        [1, 101, "安可", "13900000101"],
        [1, 102, "同上", "〃"],
        [1, 103, "未售", ""],
        [1, 104, "同上", ""],
    ]
    path = book(tmp_path, {"业主": rows})
    assert said(path) == {"1-101": ["安可"], "1-102": ["安可"], "1-103": [], "1-104": []}
    assert troubles(path) == [(5, "姓名", True)]


def test_the_floors_and_lift_of_an_entrance_are_kept_and_parking_is_named(desk: Desk, tmp_path: Path) -> None:
    sheets = {
        "业主信息": [["业主编号", "业主名称"], [1, "安可"]],
        "房屋信息": [
            ["房屋编号", "楼栋编号", "单元编号", "总层数", "是否有电梯", "业主编号"],
            [101, 61, 1, 33, "有", 1],
            [102, 61, 1, 33, "有", 2],
        ],
        "车位信息": [["车位编码", "面积", "业主编号", "车牌号"], ["C1", 12, 1, "闽DA0001"]],
    }
    plan = roster.plan(book(tmp_path, sheets))
    assert {label: len(home.people) for label, home in plan.households.items()} == {"61-1-101": 1, "61-1-102": 0}
    assert {(one.sheet, one.column) for one in plan.troubles} == {
        ("房屋信息", "业主编号"),
        ("车位信息", "车位编码"),
        ("车位信息", "面积"),
    }
    with desk.act(operator="lead") as act:
        roster.apply(act, plan=plan)
    with desk.read() as session:
        from data.directory import Entrance

        unit = directory.unit_by_label(session, "61-1-101")
        stair = session.get_one(Entrance, unit.entrance_id)
        assert (stair.floors, stair.has_lift) == (33, True)


def test_skipping_bad_rows_that_lands_nothing_is_an_error(desk: Desk, tmp_path: Path) -> None:
    bad = text(tmp_path, "楼栋,房号,姓名\n1,,安可\n")
    done = run("import", "roster", str(bad), "--skip-bad", "--as", "lead", store=desk.store.path)
    assert done.code == 1
    assert OWNER[0] not in done.out


def test_names_in_several_columns_are_several_people_each_with_their_own_columns(tmp_path: Path) -> None:
    rows = [
        ["房号", "业主1", "电话1", "业主2", "电话2", "租户", "租户电话"],
        ["1-1-101", "安可", "13900000101", "白简", "13900000102", "栗文", "13900000103"],
    ]
    numbered = next(iter(roster.plan(book(tmp_path, {"业主": rows})).households.values()))
    assert [(one.name, one.relation, one.phones) for one in numbered.people] == [
        ("安可", "owner", ("13900000101",)),
        ("白简", "owner", ("13900000102",)),
        ("栗文", "tenant", ("13900000103",)),
    ]
    rows = [
        ["房号", "户主", "姓名", "与户主关系", "电话"],
        ["1-1-101", "安可", "白简", "配偶", "13900000102"],
        ["1-1-101", "安可", "安可", "户主", "13900000101"],
    ]
    of_head = next(iter(roster.plan(book(tmp_path, {"业主": rows})).households.values()))
    assert [(one.name, one.relation, one.phones) for one in of_head.people] == [
        ("安可", "owner", ("13900000101",)),
        ("白简", "family", ("13900000102",)),
    ]


def test_the_same_person_again_adds_what_the_line_knows_and_another_paper_is_asked(tmp_path: Path) -> None:
    rows = [
        ["房号", "姓名", "电话", "身份证"],
        ["1-101", "安可", "13900000101", ""],
        ["1-101", "安可", "13900000102", OWNER[1]],
        ["1-101", "安可", "", "110101198001010010"],
    ]
    plan = roster.plan(book(tmp_path, {"业主": rows}))
    (person,) = plan.households["1-101"].people
    assert (person.phones, person.id_card) == (("13900000101", "13900000102"), OWNER[1])
    assert [(one.row, one.column) for one in plan.bad] == [(4, "身份证")]


def test_headings_among_the_data_are_asked_and_never_people_or_homes(tmp_path: Path) -> None:
    cards = [
        ["业主姓名", "安可", "房号", "1-1-101"],
        ["电话", "13900000101", "身份证", ""],
        ["业主姓名", "白简", "房号", "1-1-102"],
    ]
    plan = roster.plan(book(tmp_path, {"卡片": cards}))
    assert not plan.households
    assert [one.row for one in plan.bad] == [2, 3]
    assert {one.column for one in plan.troubles if one.odd} == {"安可", "1-1-101"}


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("安可（已故）白简", [("安可", "已故"), ("白简", "")]),
        ("安可13900000101", [("安可", "")]),
        ("安可等3人", [("安可", "等3人")]),
        ("安 可", [("安可", "")]),
        ("待补", []), ("已售", []), ("出租", []), ("空置（2023）", []),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_is_no_name(cell: str, people: list[tuple[str, str]]) -> None:
    assert names_in(cell) == people


def test_a_relation_in_brackets_and_a_number_beside_a_name_are_read(tmp_path: Path) -> None:
    rows = [["房号", "姓名"], ["1-101", "安可13900000101、安小（子）"]]
    (home,) = roster.plan(book(tmp_path, {"业主": rows})).households.values()
    assert [(one.name, one.relation, one.phones) for one in home.people] == [
        ("安可", "owner", ("13900000101",)),
        ("安小", "family", ()),
    ]


def test_people_without_rooms_are_refused_with_the_headers_seen(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="产权人 手机 类型 位置"):
        roster.plan(
            book(tmp_path, {"铺": [["类型", "位置", "产权人", "手机"], ["商铺", "S1-01", "安可", "13900000101"]]})
        )


def test_a_floor_below_ground_lies_inside_its_entrance(tmp_path: Path) -> None:
    rows = [["楼栋", "单元", "房号", "姓名"], ["1栋", "1单元", "负一层02", "安可"], ["1栋", "1单元", "02", "白简"]]
    assert said(book(tmp_path, {"业主": rows})) == {"1-1-负1层-02": ["安可"], "1-1-02": ["白简"]}


def test_a_number_that_was_spoilt_and_then_kept_as_text_is_no_paper(tmp_path: Path) -> None:
    rows = [["房号", "姓名", "身份证"], ["1-101", "安可", "110101199003070000"]]
    plan = roster.plan(book(tmp_path, {"业主": rows}))
    assert plan.households["1-101"].people[0].id_card == ""
    assert [(one.row, one.column) for one in plan.troubles] == [(2, "身份证")]


def asked(path: Path) -> list[int]:
    """The rows that are asked about and not taken."""
    return [one.row for one in roster.plan(path).bad]


def test_sheets_of_districts_and_phases_keep_homes_apart_beside_a_column_of_buildings(tmp_path: Path) -> None:
    rows = [HEAD, ["3幢", 1, 101, "安可", ""], ["3幢", 1, 102, "", ""]]
    assert list(said(book(tmp_path, {"东区": rows, "西区": rows}))) == [
        "东区-3-1-101",
        "东区-3-1-102",
        "西区-3-1-101",
        "西区-3-1-102",
    ]
    assert list(said(book(tmp_path, {"一期": rows, "二期业主": rows}))) == [
        "1期-3-1-101",
        "1期-3-1-102",
        "2期-3-1-101",
        "2期-3-1-102",
    ]


def test_the_same_home_on_two_sheets_of_one_kind_is_asked_about_whoever_lives_there(tmp_path: Path) -> None:
    rows = [HEAD, ["3幢", 1, 101, "安可", ""], ["3幢", 1, 102, "", ""]]
    assert asked(book(tmp_path, {"滨江": rows, "云杉": rows})) == [2, 3]


def test_homes_told_apart_by_floor_or_by_a_column_that_is_not_read_are_asked_about(tmp_path: Path) -> None:
    floors = [["楼栋", "房号", "楼层", "姓名"], [1, "01", 1, "安可"], [1, "01", 2, "安可"]]
    assert asked(book(tmp_path, {"业主": floors})) == [3]
    lots = [["标段", *HEAD], ["A标", 1, 1, 101, "", ""], ["B标", 1, 1, 101, "", ""], ["A标", 1, 1, 101, "安可", ""]]
    assert asked(book(tmp_path, {"业主": lots})) == [3]


def test_a_room_below_ground_is_not_the_one_above(tmp_path: Path) -> None:
    rows = [["楼栋", "房号", "姓名"], [1, "101", "安可"], [1, "-101", "白简"], [1, "-1-101", "栗文"]]
    assert said(book(tmp_path, {"业主": rows})) == {"1-101": ["安可"], "1--101": ["白简"], "1--1-101": ["栗文"]}
    signs = [["地址", "姓名"], ["1栋1单元101", ""], ["1栋1单元-101", ""]]
    assert asked(book(tmp_path, {"业主": signs})) == [3]
    assert list(said(book(tmp_path, {"业主": [["房号", "姓名"], ["地下101", ""]]}))) == ["地下-101"]


def test_names_that_begin_like_a_sum_are_people_and_sums_are_no_homes(tmp_path: Path) -> None:
    names = ["打印店", "统计局", "累计生", "注:安可"]
    rows = [
        ["房号", "姓名", "电话"],
        *[[f"1-{101 + place}", name, "无"] for place, name in enumerate(names)],
        ["本页小计", "", ""],
        ["共4户", "", ""],
        ["第1页", "", ""],
        ["审核：安可", "", ""],
        ["合计", "4", ""],
    ]
    path = book(tmp_path, {"业主": rows})
    assert asked(path) == []
    assert [len(people) for people in said(path).values()] == [1, 1, 1, 1]


def test_a_phone_beside_a_wife_a_child_or_a_co_owner_is_not_the_owners(tmp_path: Path) -> None:
    rows = [
        ["房号", "姓名", "电话", "家庭成员1", "关系1", "电话1", "家庭成员2", "关系2", "电话2", "妻子", "妻子电话"],
        [
            "1-101",
            "安可",
            "13800000001",
            "白简",
            "子",
            "13800000002",
            "栗文",
            "女",
            "13800000003",
            "柏青",
            "13800000004",
        ],
    ]
    people = roster.plan(book(tmp_path, {"业主": rows})).households["1-101"].people
    assert [(one.name, one.relation, one.phones) for one in people] == [
        ("安可", "owner", ("13800000001",)),
        ("白简", "family", ("13800000002",)),
        ("栗文", "family", ("13800000003",)),
        ("柏青", "family", ("13800000004",)),
    ]
    both = [
        ["房号", "业主", "电话", "共有人姓名", "共有人电话"],
        ["1-101", "安可", "13800000001", "白简", "13800000002"],
    ]
    people = roster.plan(book(tmp_path, {"业主": both})).households["1-101"].people
    assert [(one.name, one.relation, one.phones) for one in people] == [
        ("安可", "owner", ("13800000001",)),
        ("白简", "owner", ("13800000002",)),
    ]
    one = [["房号", "姓名", "家属", "关系", "电话"], ["1-101", "安可", "白简", "妻子", "13800000001"]]
    people = roster.plan(book(tmp_path, {"业主": one})).households["1-101"].people
    assert [(p.name, p.relation, p.phones) for p in people] == [
        ("安可", "owner", ("13800000001",)),
        ("白简", "family", ()),
    ]


@pytest.mark.parametrize("room", ["2024-01-02", "1月2日", "Jan-02", "1.01E+03"])
def test_a_room_that_a_spreadsheet_has_spoilt_is_no_home(tmp_path: Path, room: str) -> None:
    assert asked(book(tmp_path, {"业主": [["楼栋", "房号", "姓名"], [1, room, "安可"]]})) == [2]


@pytest.mark.parametrize("room", ["201、202", "1-201/202", "1-401~402", "601和602", "401/2", "1-301-302"])
def test_two_rooms_in_one_cell_are_never_one_home(tmp_path: Path, room: str) -> None:
    assert asked(book(tmp_path, {"业主": [["房号", "姓名"], [room, "安可"]]})) == [2]


def test_a_sheets_name_is_a_building_only_where_it_names_one(tmp_path: Path) -> None:
    owners, tenants = [["房号", "姓名"], [101, "安可"]], [["房号", "姓名", "电话"], [101, "白简", ""]]
    found = roster.plan(book(tmp_path, {"1栋业主": owners, "1栋租户": tenants})).households
    assert {label: [(p.name, p.relation) for p in home.people] for label, home in found.items()} == {
        "1-101": [("安可", "owner"), ("白简", "tenant")]
    }
    assert list(
        said(book(tmp_path, {"业主信息": owners, "说明页": [["房号", "姓名", "车牌"], [102, "栗文", ""]]}))
    ) == ["101", "102"]


def test_a_row_between_that_names_building_and_entrance_says_it_of_the_rows_below(tmp_path: Path) -> None:
    rows = [["房号", "姓名"], ["1栋1单元"], [101, "安可"], ["【A栋】"], [101, "白简"]]
    assert said(book(tmp_path, {"业主": rows})) == {"1-1-101": ["安可"], "A-101": ["白简"]}


def test_blocks_side_by_side_share_the_building_that_the_first_names(tmp_path: Path) -> None:
    rows = [["楼栋", "房号", "姓名", "房号", "姓名"], [1, 101, "安可", 102, "白简"], [2, 101, "栗文", "", ""]]
    assert said(book(tmp_path, {"业主": rows})) == {"1-101": ["安可"], "2-101": ["栗文"], "1-102": ["白简"]}


@pytest.mark.parametrize(
    "name", ["闲置", "暂空", "未售出", "空房子", "待入住", "暂无业主", "已交付", "未知业主", "×", "???", "12345", "同上户", "同1-101"]
)  # fmt: skip
def test_what_is_no_name_makes_nobody_an_owner(tmp_path: Path, name: str) -> None:
    assert said(book(tmp_path, {"业主": [["房号", "姓名"], ["1-101", name]]})) == {"1-101": []}


def test_people_in_one_cell_are_parted_and_the_first_spouse_owns(tmp_path: Path) -> None:
    assert [name for name, _aside in names_in("安可\\白简|栗文。柏青")] == ["安可", "白简", "栗文", "柏青"]
    rows = [["房号", "业主姓名"], ["1-101", "安可(夫)白简(妻)"], ["1-102", "栗文 租客：柏青"]]
    found = roster.plan(book(tmp_path, {"业主": rows})).households
    assert {label: [(p.name, p.relation) for p in home.people] for label, home in found.items()} == {
        "1-101": [("安可", "owner"), ("白简", "family")],
        "1-102": [("栗文", "owner"), ("柏青", "tenant")],
    }


@pytest.mark.parametrize(
    ("cell", "numbers", "odd", "noted"),
    [
        ("1381112223313911112233", ["13811122233", "13911112233"], 2, False),
        ("1381112223", ["1381112223"], 1, False),
        ("138111222334", ["138111222334"], 1, False),
        ("13911112238、39", ["13911112238"], 0, True),
        ("13911112238/9", ["13911112238"], 0, True),
        ("010-88886666-801", ["01088886666"], 0, True),
        ("86-592-5556666", ["05925556666"], 0, False),
    ],
)
def test_no_number_is_made_up_and_none_is_odd_in_silence(cell: str, numbers: list[str], odd: int, noted: bool) -> None:
    found = phones_in(cell)
    assert (found.numbers, len(found.odd), bool(found.note)) == (numbers, odd, noted)


def test_a_second_paper_of_one_person_is_kept_in_the_note(tmp_path: Path) -> None:
    rows = [["房号", "姓名", "身份证号"], ["1-101", "安可", "990101198002140035 E12345678"]]
    path = book(tmp_path, {"业主": rows})
    assert "E12345678" in roster.plan(path).households["1-101"].people[0].note
    assert (2, "身份证号", True) in troubles(path)


def test_text_under_the_name_of_a_workbook_is_read_and_a_page_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert said(text(tmp_path, "楼栋\t房号\t姓名\n1\t101\t安可\n", "清册.xls", "gb18030")) == {"1-101": ["安可"]}
    for page in ("<meta charset=utf-8><table>", "<!-- made --><table>", "<table><tr>"):
        for encoding in ("utf-8", "utf-16"):
            with pytest.raises(Invalid, match="web page"):
                roster.plan(text(tmp_path, page, "清册.xls", encoding))


def test_a_phone_without_a_name_is_named_and_nobody_is_made_of_it(tmp_path: Path) -> None:
    path = text(tmp_path, "房号,姓名,关系,电话\n1-101,单一,业主,13900000001\n1-103,,业主,13900000003\n")
    plan = roster.plan(path)
    assert [one.name for one in plan.households["1-103"].people] == []
    assert [(one.row, one.odd) for one in plan.troubles] == [(3, True)]
    assert "13900000003" in str(plan.troubles[0])
