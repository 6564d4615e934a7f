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
# A line of a sum or of a foot: the whole cell says so, for 打印店 and 累计生 are names.
_TOTALS = re.compile(
    r"\s*(?:[本全各]?.{0,4}?(?:合计|小计|总计|共计|累计)[:：]?[\s\d.,，]*[户套间人个㎡元]*|[总共合]计?\s*\d+\s*[户套间人]|第?\s*\d+\s*页.{0,8}|"
    r"(?:制表|审核|填表|打印|制单|统计|复核|经办|日期)(?:人|员|日期|时间|部门)?(?:\s*[:：].*)?|以下空白)\s*"
)
# What begins a remark below a table; beside a room it is somebody's name or note.
_REMARK = re.compile(r"\s*(备注|注|说明|单位|截止|以上)")
_REMARK_CELLS = 2
# Said of a home in other words than those of NOBODY.
_EMPTY = re.compile(
    r"(?:目?前|现|暂|暂时|长期|一直)?(?:闲置|空(?:置|房子?|屋|关|着)?|未(?:售出?|交付?|入住|领|知业主)|尚?未(?:售|交|入住).{0,3}|"
    r"待(?:售|交付?|入住|定|租)|[已在](?:售|交付|交房)|[暂未]?无(?:业主|人|住户|信息)|没有?(?:人|业主)|不详|未知业主|业主未知)(?:中|状态|房)?"
)
_LETTER = re.compile(r"[^\W\d_]")
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
    if any(_TOTALS.fullmatch(text) for text in said[:3]):
        return True
    return 0 < len(said) <= _REMARK_CELLS and bool(_REMARK.match(said[0]))


def is_nobody(text: str) -> bool:
    """Whether what stands in the place of a name says that nobody lives there, or is no name at all."""
    plain = re.sub(r"\s", "", wide(text))
    return plain in NOBODY or bool(_EMPTY.fullmatch(plain))


def is_a_name(text: str) -> bool:
    """Whether a text could be somebody's name: ×, ??? and 12345 are none, and neither is 同1-101."""
    return bool(_LETTER.search(text)) and not re.match(r"(同(上|前|左|\d)|见\d|×|[xX]+$)", text)


def wide(text: str) -> str:
    """A text with its widths made equal."""
    return unicodedata.normalize("NFKC", text)
