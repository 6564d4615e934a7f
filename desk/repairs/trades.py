"""Which trade a report is about, by its words: offered when the order is written, and never more than an offer."""

# The first that a report names decides; leaks from above come before the water they are made of.
WORDS = (
    ("lift", ("电梯", "lift", "elevator")),
    (
        "walls",
        (
            "渗水",
            "墙",
            "天花",
            "瓷砖",
            "地砖",
            "地板",
            "楼上漏",
            "屋顶",
            "外墙",
            "wall",
            "ceiling",
            "floor",
            "tile",
            "roof",
        ),
    ),
    ("entry", ("对讲", "门禁", "道闸", "网络", "宽带", "监控", "intercom", "access card", "network", "camera")),
    ("air", ("暖气", "空调", "地暖", "通风", "排风", "heating", "radiator", "air condition", "fan coil")),
    ("doors", ("门", "窗", "锁", "合页", "玻璃", "door", "window", "lock", "hinge", "glass")),
    ("power", ("电", "灯", "插座", "开关", "跳闸", "线路", "power", "light", "lamp", "socket", "switch", "fuse")),
    (
        "water",
        (
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
    ),
)
OTHER = "other"


def of(words: str) -> str:
    """The trade that the words of a report name first in WORDS, "other" where they name none.

    Args:
        words: as the caller was written down.
    """
    plain = words.casefold()
    return next((trade for trade, said in WORDS if any(one in plain for one in said)), OTHER)
