"""Spreadsheets as tables of text: xlsx, xls, ods or CSV in UTF-8 or GB18030."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

from data.cleaning import clean
from data.words import N_
from desk.refusals import Invalid

COLUMNS: dict[str, str] = {
    "building": "楼栋号 楼栋编号 楼栋 楼号 栋号 栋 幢 幢号 楼宇 楼宇名称 座 building",
    "entrance": "单元编号 单元号 单元 门洞 entrance",
    "room": "房屋编号 房号 房间号 室号 房屋号 门牌号 室 房间 room",
    "address": "房产 房屋地址 房屋 地址 房屋名称 房产名称 房屋坐落 单元房号 unit",
    "floors": "总层数 floors",
    "lift": "是否有电梯 电梯 lift",
    "floor": "房屋楼层 楼层 所在楼层 floor",
    "area": "建筑面积 面积 房屋面积 area",
    "name": "业主名称 业主姓名 姓名 业主 客户姓名 客户名称 住户姓名 产权人 名字 name owner",
    "sex": "性别 sex",
    "phone": "手机号 手机 手机号码 电话 联系电话 联系方式 联系电话1 电话1 手机1 业主电话 移动电话 phone mobile",
    "id_card": "身份证号 身份证 身份证号码 证件号码 证件号 id",
    "owner_key": "业主编号 客户编号 业主代码",
    "relation": "业主类型 身份 关系 住户类型 与业主关系 人员类型 relation",
    "workplace": "工作单位 单位名称 workplace",
    "emergency": "紧急联系电话 紧急联系人电话 紧急联系方式 紧急电话",
    "birthday": "出生日期 生日 birthday",
    "plate": "车牌号 车牌 车牌号码 plate",
    "since": "入住日期 入住时间 交房日期 收房日期",
    "tenant": "租户姓名 租户 租客姓名 承租人姓名 tenant",
    "tenant_phone": "租户电话 租客电话 租户手机",
    "family": "家庭成员姓名 家庭成员 家属姓名 同住人",
    "arrears": "欠费 欠费金额 欠物业费 物业费欠费 arrears",
    "note": "备注 说明备注 note",
}
_BY_HEADER = {header: column for column, headers in COLUMNS.items() for header in headers.split()}
HEADER_ROWS = 15
LARGEST = 64 << 20


@dataclass(frozen=True)
class Line:
    """One line of data: where it stands, and its known columns as clean text."""

    sheet: str
    row: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """One sheet whose header was recognised."""

    sheet: str
    headers: dict[str, str]
    unknown: list[str]
    row: int
    lines: list[Line]


def read_tables(path: Path) -> list[Table]:
    """The recognised sheets of a file.

    Raises:
        Invalid: the file cannot be read, is too large, or has no column that is known.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Invalid(N_("The file {path} is larger than 64 MB: split it."), field="file", path=path.name)
        is_csv = path.suffix.lower() in (".csv", ".txt", ".tsv")
        sheets = _csv(path.read_bytes(), path.stem) if is_csv else _workbook(path)
    except OSError as error:
        raise Invalid(
            N_("The file {path} cannot be read: {why}."), field="file", path=path, why=error.strerror or error
        ) from error
    tables = [table for name, rows in sheets if (table := _table(name, rows)) is not None]
    if not any(table.lines for table in tables):
        raise Invalid(
            N_("No sheet with rooms or owners was found: its header row should name columns such as 楼栋, 房号, 姓名."),
            field="file",
        )
    return tables


def _workbook(path: Path) -> list[tuple[str, list[list[object]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        return [(name, _rows(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except (CalamineError, ValueError) as error:
        raise Invalid(
            N_("The file {path} is no spreadsheet that can be read."), field="file", path=path.name
        ) from error


def _rows(sheet: "CalamineSheet") -> list[list[object]]:
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def _csv(content: bytes, name: str) -> list[tuple[str, list[list[object]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError as error:
            raise Invalid(N_("The text is neither UTF-8 nor GB18030."), field="file") from error
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    try:
        return [
            (
                name,
                [list(row) for row in csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)],
            )
        ]
    except csv.Error as error:
        raise Invalid(N_("The file {path} is no spreadsheet that can be read."), field="file", path=name) from error


def column_of(header: str) -> str:
    """The column that a header means, or "" when it is none of ours."""
    plain = re.sub(r"[（(].*?[)）]|[\s*＊:：]", "", header).lower()
    return _BY_HEADER.get(plain, "")


def _table(sheet: str, rows: list[list[object]]) -> Table | None:
    best, found = -1, 1
    for index, row in enumerate(rows[:HEADER_ROWS]):
        known = len({column for cell in row if (column := column_of(cell_text(cell)))})
        if known > found:
            best, found = index, known
    if best < 0:
        return None
    places: dict[str, int] = {}
    for place, cell in enumerate(rows[best]):
        column = column_of(cell_text(cell))
        if column and column not in places:
            places[column] = place
    unknown = [text for cell in rows[best] if (text := cell_text(cell)) and not column_of(text)]
    headers = {column: cell_text(rows[best][place]) for column, place in places.items()}
    lines = []
    for number, row in enumerate(rows[best + 1 :], best + 2):
        cells = {column: cell_text(row[place]) if place < len(row) else "" for column, place in places.items()}
        if any(cells.values()):
            lines.append(Line(sheet, number, cells))
    return Table(sheet, headers, unknown, best + 1, lines)


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return clean(str(value)) if value is not None else ""
