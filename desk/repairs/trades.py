"""Which trade a report is about, by its words: offered when the order is written, where it may be chosen otherwise."""

import re

# The first that a report names decides: leaks from above come before the water they are made of, a door is named whole.
WORDS = (
    ("lift", "电梯", "lift", "elevator"),
    ("entry", "对讲", "门禁", "道闸", "网络", "宽带", "监控", "intercom", "access card", "network", "camera"),
    ("air", "暖气", "空调", "地暖", "通风", "排风", "heating", "radiator", "air condition", "fan coil"),
    ("power", "电", "灯", "插座", "开关", "跳闸", "线路", "power", "light", "lamp", "socket", "switch", "fuse"),
    (
        "walls",
        "渗水",
        "墙",
        "天花",
        "瓷砖",
        "地砖",
        "地板",
        "楼上漏",
        "屋顶",
        "wall",
        "ceiling",
        "tile",
        "roof",
        "floorboard",
    ),
    (
        "water",
        "水",
        "漏",
        "管",
        "龙头",
        "马桶",
        "地漏",
        "堵",
        "阀",
        "water",
        "leak",
        "pipe",
        "tap",
        "toilet",
        "drain",
        "valve",
    ),
    ("doors", "门", "窗", "锁", "合页", "玻璃", "door", "window", "lock", "hinge", "glass"),
)
OTHER = "other"
# Latin words are whole words, alone or of many: "blocked" is no lock.
_KNOWN = tuple(
    (trade, re.compile("|".join(rf"\b{word}s?\b" if word.isascii() else word for word in words)))
    for trade, *words in WORDS
)


def of(words: str) -> str:
    """The trade that the words of a report name first in WORDS, "other" where they name none.

    Args:
        words: as the caller was written down.
    """
    plain = words.casefold()
    return next((trade for trade, known in _KNOWN if known.search(plain)), OTHER)
