"""The cells of a roster as text, and what offices write where nothing is known."""

import re
import unicodedata
from datetime import date, datetime

from data.cleaning import clean

NOTHING = frozenset(
    [
        "无",
        "暂无",
        "没有",
        "不详",
        "未知",
        "-",
        "--",
        "—",
        "—",
        "/",
        "\\",
        "n/a",
        "na",
        "none",
        "null",
        "0",
        "空",
        "nil",
        "无车",
        "没车",
        "无车辆",
        "无电话",
        "未登记",
        "无欠费",
        "不欠费",
        "已结清",
    ]
) | {""}
# Said of a room in the place of a name: nobody lives there.
NOBODY = frozenset(
    [
        "空置",
        "空房",
        "空关",
        "空关房",
        "未售",
        "待售",
        "未出售",
        "已售未交",
        "未交房",
        "未收房",
        "未交付",
        "未入住",
        "开发商",
        "自持",
        "样板房",
        "样板间",
        "预留",
        "毛坯",
        "空",
        "物业用房",
        "无人",
        *[
            "已售",
            "在售",
            "待定",
            "待补",
            "待查",
            "待登记",
            "待完善",
            "待核实",
            "不明",
            "未知",
            "未办",
            "未交",
            "未装修",
            "装修中",
            "已装修",
            "出租",
            "出租中",
            "已出租",
            "待租",
            "自住",
            "自用",
            "常住",
            "已入住",
        ],
        *[
            "空置房",
            "空置中",
            "长期空置",
            "保留",
            "保留房",
            "抵押",
            "抵债房",
            "工抵房",
            "查封",
            "法拍房",
            "安置房",
            "公租房",
            "已搬走",
            "搬走",
            "退房",
            "已退房",
            "无业主",
        ],
        *[
            "开发商自持",
            "开发商持有",
            "物业",
            "物业公司",
            "物业办公室",
            "办公室",
            "车库",
            "储藏室",
            "设备间",
            "配电房",
            "架空层",
            "会所",
            "样板",
        ],
    ]
)
DITTO = frozenset(("同上", "〃", "″", '"', "''", "”", "“", "同前", "上同", "..", "′′"))
ERRORS = frozenset(("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!", "#########"))
# Excel's own way of showing a long number: its last digits are gone for good.
SPOILT = re.compile(r"\d(\.\d+)?E\+?\d+", re.I)
_TOTALS = re.compile(
    r"\s*(合计|小计|总计|共计|累计|制表|审核|填表|打印|制单|统计|备注[:：]|注[:：]|说明[:：]|截止|以上|以下空白|单位[:：])"
)
# More digits than Excel keeps of a figure.
EXCEL_DIGITS = 1e15


def text_of(value: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO, formulas that only quote a text as that text."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        if abs(value) >= EXCEL_DIGITS:
            return f"{value:.14E}"
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, int):
        return f"{value:.14E}" if abs(value) >= EXCEL_DIGITS else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = clean(str(value)) if value is not None else ""
    if quoted := re.fullmatch(r'="(.*)"', text):
        text = clean(quoted[1].replace('""', '"'))
    text = text.removeprefix("'").removeprefix("‘") if len(text) > 1 else text
    return "" if text.lower() in ERRORS else text


def is_error(value: object) -> bool:
    """Whether a cell shows an error of the spreadsheet instead of a value."""
    return isinstance(value, str) and value.strip().lower() in ERRORS


def is_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing."""
    return text.strip().lower() in NOTHING


def is_total(texts: list[str]) -> bool:
    """Whether a line sums up, or names who made the list: it is no home."""
    said = [text for text in texts if text]
    return bool(said) and any(_TOTALS.match(text) for text in said[:3])


def wide(text: str) -> str:
    """A text with its widths made equal."""
    return unicodedata.normalize("NFKC", text)
