"""Pinyin of names: surnames have readings of their own, given names any of their characters'."""

import itertools
import re
import unicodedata

SURNAMES: dict[str, tuple[str, ...]] = {
    key: tuple(value.split("/"))
    for key, value in (
        pair.split(":")
        for pair in [
            "单:shan",
            "曾:zeng",
            "仇:qiu",
            "解:xie",
            "区:ou",
            "朴:piao",
            "查:zha",
            "任:ren",
            "盖:ge/gai",
            "华:hua",
            "翟:zhai/di",
            "乐:yue/le",
            "覃:qin/tan",
            "冼:xian",
            "洗:xian",
            "员:yun",
            "缪:miao",
            "牟:mu/mou",
            "折:she",
            "黑:he",
            "盛:sheng",
            "燕:yan",
            "宁:ning",
            "召:shao",
            "祭:zhai",
            "繁:po",
            "种:chong",
            "秘:bi",
            "瞿:qu",
            "句:gou",
            "谌:chen/shen",
            "那:na",
            "尉:wei",
            "隗:wei/kui",
            "晁:chao",
            "逄:pang",
            "褚:chu",
            "相:xiang",
            "宓:mi/fu",
            "郇:xun/huan",
            "干:gan",
            "过:guo",
            "能:nai",
            "纪:ji",
            "哈:ha",
            "都:du",
            "訾:zi",
            "车:che",
            "阚:kan",
            "沈:shen",
            "贾:jia",
            "臧:zang",
            "尹:yin",
            "卜:bu",
            "曲:qu",
            "石:shi",
            "柏:bai/bo",
            "葛:ge",
            "薄:bo",
            "鲍:bao",
            "重:chong",
            "弹:tan",
            "粘:nian",
            "大:da",
            "盘:pan",
            "石:shi",
            "么:yao",
            "佴:nai",
            "万:wan",
            "尉迟:yu'chi",
            "长孙:zhang'sun",
            "万俟:mo'qi",
            "令狐:ling'hu",
            "夏侯:xia'hou",
            "澹台:tan'tai",
            "单于:chan'yu",
            "欧阳:ou'yang",
            "司马:si'ma",
            "上官:shang'guan",
            "诸葛:zhu'ge",
            "皇甫:huang'fu",
            "慕容:mu'rong",
            "宇文:yu'wen",
            "东方:dong'fang",
            "公孙:gong'sun",
        ]
    )
}
MOST_READINGS, MOST_OF_ONE = 16, 3
DOTS = re.compile("[\u00b7\u2022\u2027\u30fb\uff65\u2219\u22c5\u2024.'’‘]")
# How people write the umlaut: lv as it is typed, lyu as in passports, lu where it is left out.
_UMLAUT = re.compile("([ln])v")


def plain(name: str) -> str:
    """A name as it is looked up: half-width, in small letters, without blanks and dots."""
    return DOTS.sub("", unicodedata.normalize("NFKC", name).lower().replace(" ", ""))


def readings(name: str) -> list[list[str]]:
    """The syllables of a name, once for every reading, such as [["zeng", "li"]]; the likeliest first."""
    chinese = "".join(ch for ch in name if "\u3400" <= ch <= "\u9fff")
    if not chinese:
        return []
    from pypinyin import lazy_pinyin

    for length in (2, 1):
        surname = chinese[:length]
        if surname in SURNAMES and len(chinese) >= length:
            first = [reading.split("'") for reading in SURNAMES[surname]]
            rest = chinese[length:]
            break
    else:
        first, rest = [lazy_pinyin(chinese[:1])], chinese[1:]
    choices = [first, *([[syllable] for syllable in _of_each(char)] for char in rest)]
    return [list(itertools.chain(*found)) for found in itertools.islice(itertools.product(*choices), MOST_READINGS)]


def _of_each(char: str) -> list[str]:
    """The readings of one character of a given name, the likeliest first."""
    from pypinyin import Style, pinyin

    return list(dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0]))[:MOST_OF_ONE]


def terms(name: str) -> set[str]:
    """What a name is found by: its own suffixes, full pinyin and initials from every syllable on."""
    lowered = plain(name)
    found = {lowered[i:] for i in range(len(lowered))} if len(lowered) <= 20 else {lowered}
    for syllables in readings(name):
        initials = [syllable[0] for syllable in syllables]
        for start in range(len(syllables)):
            typed = "".join(syllables[start:])
            found |= {typed, _UMLAUT.sub(r"\1yu", typed), _UMLAUT.sub(r"\1u", typed)}
            found.add("".join(initials[start:]))
    return found
