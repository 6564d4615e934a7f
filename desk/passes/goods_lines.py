"""Goods as people write them: which number of a line is the count, and what is asked because it is unclear (REL-7).

A text goes through small steps: `split` into lines, `_tokens` of a line, `_one` or `_several` items of it.
What a line leaves open is never decided in silence, for the pass that carries it lets goods out: the guess is shown,
and whoever typed the line says yes to it or writes it better.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from data.cleaning import clean
from data.words import N_
from desk.ground.refusals import Invalid
from desk.passes.goods import MOST_BARE, Item, compounds, large, models, most_bare

LONGEST_NAME = 60
MOST_OF_ONE = 9999
# What is counted, piece by piece or by a whole load, and what only says how large a thing is.
COUNTED = (
    "个件张台套把只箱袋包架部辆条块双盆幅组对副捆桶瓶盒扇根卷床座尊盏面本册份支枝棵株片摞筐篮罐坛缸扎樘顶沓束具颗粒串"
)
LOADS = "立方米|立方|方|吨|车|m³|m3"
# What goods without pieces are measured in; of a thing with pieces it says how large it is.
BULK = "平方米|平方|平米|m2|㎡|公斤|千克|kg|斤|米|m|升"
LONGEST_THING = 5
LATIN = "pcs?|pieces?|sets?|boxes|box|bags?|pairs?|cartons?|units?"
MEASURES = (
    "平方米|平方|平米|m2|㎡|毫米|厘米|英寸|公斤|千克|毫升|千瓦|件套|件装|匹马|米|寸|吋|尺|升|匹|斤|克|瓦|人位|人|门|层|抽|斗|位|度|"
    "年|月|代|号|型|款|元|万|格|头|英尺|节|口|kva|kwh|kw|kg|km|cm|mm|ml|gb|tb|hz|m|l|w|v|g|t|k|寸屏"
)
_NUMERAL = "[零〇一二两三四五六七八九十百千万廿壹贰叁肆伍陆柒捌玖拾佰仟]+"
_UNIT = f"{LOADS}|[{COUNTED}](?!套|装)|{LATIN}"
_NUMBER = re.compile(
    rf"(?:(?P<times>(?<![A-Za-z0-9-])[xX×*]\s*(?=\d))|(?<![A-Za-z0-9.+-]))"
    rf"(?:(?P<figure>\d+(?:[.,]\d+)?)(?!\d|\s*\+)|(?P<numeral>{_NUMERAL}))"
    rf"(?P<gap>\s*)(?:(?P<measure>(?:{MEASURES})(?![A-Za-z]))|(?P<unit>(?:{_UNIT})(?![A-Za-z])))?",
    re.I,
)
# 24瓶/箱 and 6支装 say how much is in one pack, not how many packs there are.
_PACK = rf"\d+\s*[{COUNTED}](?:装|\s*/\s*(?:每|一)?[{COUNTED}])"
_SIZE = re.compile(
    rf"{_PACK}|\d+(?:\.\d+)?(?:(?:\s+[xX×*]\s+|[xX×*]\s*)\d+(?:\.\d+)?)+\s*(?:cm|mm|m|米|厘米|毫米)?|\d+(?:米|m)\d+(?!\d*\s*[{COUNTED}])"
)
_HIDDEN = "\ue000"
_BULK = re.compile(
    rf"(?P<name>.*[^\W\d_].*?)(?P<gap>\s*)(?<![\d.{_NUMERAL[1:-2]}])"
    rf"(?P<count>\d+|{_NUMERAL})(?P<apart>\s*)(?P<unit>{BULK})[ .。!]*",
    re.I,
)
_WRITTEN_OUT = re.compile(r".*[^\W\d_].*\s\d+(?:\s\S+)?")
_ASIDE = re.compile(r"\([^()]*\)")
# 两三个, 十七八只: two figures after each other are a guess of whoever says them.
_ROUGHLY = "[一二两三四五六七八九][一二三四五六七八九]"
_VAGUE = re.compile(
    rf"{_ROUGHLY}(?=[{COUNTED}十百千万])|若干|一些|些许|左右|大约|约(?=\d)|各(?=\s*[\d一二两三四五六七八九十])|[几数]十|[几数半](?=[{COUNTED}])|[{COUNTED}]半|"
    rf"\d\s*[-~～至到—/]\s*\d+\s*[{COUNTED}]|[十\d]\s*[余多来几]\s*[{COUNTED}]|[一1]\s*[批堆](?!发)|^[共总合]|(?<![A-Za-z0-9])[-+]\d"
)
# The number of a line in a numbered list; circled numbers are taken out before widths are made equal.
_LISTED = re.compile(
    r"\s*(?:[(（](\d{1,2})[)）]|(\d{1,2})(?:[、)）]|(?:[.．]|\s*[:：])(?!\d))|([一二三四五六七八九十]{1,3})[、.．])\s*(?=\S)"
)
_LISTED_INSIDE = re.compile(
    rf"(?:(?<=\s)|(?<=[{COUNTED}]))(?:\(\d{{1,2}}\)|\d{{1,2}}[.、)]|[一二三四五六七八九十]{{1,3}}、)(?=\s*[^\d\s])"
)
_CIRCLED = re.compile(r"[①-⑳㉑-㉟㊱-㊿❶-❿➀-➓⑴-⒇⒈-⒛](?=\s*[^\s①-⒛])")
_SEPARATORS = re.compile(r"(?:[\n;；，,。]+|、)(?![^()]*\))")
_EACH = re.compile(r"(?P<name>.+?)\s*各\s*(?P<count>[\d一二两三四五六七八九十].*)")
# Between two goods of one line; at the front of a name that is none of the usual ones it is asked about.
_AND = re.compile(r"(?:以及|还有|和|与|及|/|&)\s*(?=[^\W\d_]{2,})")
_EDGES = " 　:：,，.。!！;；、×*x-—=+·"


class Unclear(Invalid):
    """Goods that are asked about; `guess` is the whole text as it would be read, `items` what it says."""

    guess: str = ""
    items: Sequence[Item] = ()


@dataclass(frozen=True)
class _Token:
    """A number in a line that may be the count: where it stands, how many, of what unit, and how sure it is."""

    start: int
    end: int
    count: int
    unit: str
    sure: bool


@dataclass(frozen=True)
class _Read:
    """What a line says; `sure` is False when it is only a guess."""

    items: list[Item]
    sure: bool


def split(text: str) -> list[str]:
    """The lines of a text, without the numbers of a numbered list."""
    text = unicodedata.normalize("NFKC", _CIRCLED.sub("\n", text))
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    if _LISTED.match(text):
        text = text[0] + _LISTED_INSIDE.sub("\n\\g<0>", text[1:])
    found: list[str] = []
    for line in re.split(r"\n|;|；", text):
        listed = _LISTED.match(line)
        rest = line[listed.end() :] if listed else line
        parts = [part for part in map(clean, _SEPARATORS.split(rest)) if part]
        if listed and parts and not _is_next(listed, found) and not _tokens(parts[0]):
            parts[0] = clean(line)
        found += _each(parts)
    return found


def _each(parts: list[str]) -> list[str]:
    """A count said once for the goods before it: `床、床垫各1张` says it of both."""
    each = _EACH.fullmatch(parts[-1]) if parts else None
    if each is None:
        return parts
    bare = len(parts) - 1
    while bare and not _tokens(parts[bare - 1]):
        bare -= 1
    names = [*parts[bare:-1], *_AND.split(each["name"])]
    return [*parts[:bare], *(f"{name} {each['count']}" for name in names)] if len(names) > 1 else parts


def _is_next(listed: re.Match[str], before: Sequence[str]) -> bool:
    """Whether a line's number is the place it has in a list, and so no count."""
    said = listed[1] or listed[2] or listed[3]
    return _count(said) == len(before) + 1


def read_lines(text: str) -> list[Item]:
    """The goods of a text.

    Raises:
        Invalid: a line names nothing, or says more than one count.
        Unclear: a line leaves its count open; what it is taken for is the guess.
    """
    read, unsure = [], 0
    for number, line in enumerate(split(text), 1):
        one = _read(line)
        if one is None or not all(_possible(item) for item in one.items):
            raise Invalid(
                N_(
                    "Line {line} of the goods, {text}: write a name and one whole number from 1 up, such as 沙发 2, "
                    "each article on a line of its own."
                ),
                field="items",
                clause="REL-7",
                line=number,
                text=line[:30],
            )
        read.append(one)
        unsure = unsure or (0 if one.sure else number)
    items = [item for one in read for item in one.items]
    if unsure:
        _ask(read[unsure - 1], unsure, items)
    return items


def _ask(read: _Read, line: int, items: Sequence[Item]) -> None:
    problem = Unclear(
        N_("Line {line} of the goods: is it {guess}? If so, write it so."),
        field="items",
        clause="REL-7",
        line=line,
        guess="; ".join(map(str, read.items)),
    )
    problem.guess, problem.items = "\n".join(map(str, items)), items
    raise problem


def _possible(item: Item) -> bool:
    return (
        1 <= item.quantity <= MOST_OF_ONE
        and len(item.name) <= LONGEST_NAME
        and bool(re.search(r"[^\W\d_]", item.name))
        and item.name not in COUNTED.replace("床", "").replace("箱", "")
        and item.name.count("(") == item.name.count(")")
    )


def _read(line: str) -> _Read | None:
    """What a line says, or None when it cannot be said at all."""
    if _VAGUE.search(line):
        return None
    outside, everywhere = _tokens(_ASIDE.sub(lambda match: _HIDDEN * len(match[0]), line)), _tokens(line)
    read = _counted(line, outside or everywhere)
    if read is None or outside == everywhere or _WRITTEN_OUT.fullmatch(line):
        return read
    # A second count in brackets, or one in the middle of a name, is asked about; `冰箱(1台)` is plain.
    return _Read(read.items, sure=read.sure and not outside and line.endswith(")"))


def _counted(line: str, tokens: Sequence[_Token]) -> _Read | None:
    """What a line says with these counts."""
    tokens = [token for token in tokens if not _of_model(line, token)]
    sure = [token for token in tokens if token.sure]
    if len(sure) > 1:
        sure = [token for token in sure if token.unit] or sure
    if len(sure) > 1:
        return _several(line, sure)
    if len(sure) == 1:
        others = [token for token in tokens if token is not sure[0]]
        # HP 1020打印机 1台: a large number that goes on into a word is of the model, if whoever typed it says so.
        if any(token.count <= MOST_BARE or not line[token.end : token.end + 1].isalpha() for token in others):
            return None
        return _one(line, sure[0], clear=not others or bool(_WRITTEN_OUT.fullmatch(line)))
    if len(tokens) == 1:
        return _one(line, tokens[0], clear=_is_clear(line, tokens[0]))
    if tokens:
        several = _several(line, tokens)
        plain = several is not None and all(len(item.name) > 1 for item in several.items)
        return _Read(several.items, sure=False) if several and plain else None
    return _in_bulk(line) or _without_a_count(line)


def _in_bulk(line: str) -> _Read | None:
    """Goods that are measured, not counted; sure when name, number and unit stand apart."""
    found = _BULK.fullmatch(line)
    count = _count(found["count"]) if found else 0
    if found is None or not count or (found["unit"] in ("米", "m") and count <= LONGEST_THING and not found["apart"]):
        return None
    return _Read([Item(_name(found["name"]), count, found["unit"])], sure=bool(found["gap"] and found["apart"]))


def _without_a_count(line: str) -> _Read:
    """One of each, at a guess: of the line, or of each of its words when all of them are goods by themselves."""
    words = line.split()
    names = words if all(word in large() for word in words) else [_name(line)]
    return _Read([Item(name, 1) for name in names], sure=False)


def _tokens(line: str) -> list[_Token]:
    """The numbers of a line that may be its count; those of a measure, a size or a model's name are not among them."""
    line = _SIZE.sub(lambda match: _HIDDEN * len(match[0]), line)
    found = []
    for match in _NUMBER.finditer(line):
        number = match["figure"] or match["numeral"]
        if match["measure"] and not match["times"]:
            continue
        if match["figure"] is None and not match["unit"]:
            if match.end() == len(line.rstrip(_EDGES)) and match.start() > 0:
                found.append(_Token(match.start(), match.end(), _count(number), "", False))
            continue
        if (token := _token(line, match, number)) is not None:
            found.append(token)
    return found


def _token(line: str, match: re.Match[str], number: str) -> _Token | None:
    """The token of a figure, or of a numeral with a unit."""
    start, unit = match.start(), match["unit"] or ""
    if unit and line[match.start("unit") :].startswith(compounds()):
        return _Token(start, match.start("unit"), _count(number), "", False)
    if unit:
        return _Token(start, match.end(), _count(number), unit, True)
    end = match.end("figure")
    if times := re.match(r"\s*[xX×*](?![A-Za-z0-9])", line[end:]):
        return _Token(start, end + times.end(), _count(number), "", True)
    if re.match(r"[A-Za-z]", line[end:]):
        return None
    return _Token(start, end, _count(number), "", bool(match["times"]))


def _of_model(line: str, token: _Token) -> bool:
    """Whether a number without a unit follows the name of a brand or a model, as in iPhone 15."""
    return not token.unit and line[: token.start].rstrip().lower().endswith(models())


def _is_clear(line: str, token: _Token) -> bool:
    """Whether a number without a unit is surely the count: it stands last, or first and apart, and is of no model."""
    at_end = not line[token.end :].strip(_EDGES)
    apart = bool(re.match(r"\s+[^\d\s]", line[token.end :])) and not line[: token.start].strip()
    bare = line[token.start : token.end].strip()
    return bare.isdecimal() and int(bare) <= most_bare(line[: token.start].strip() or line) and (at_end or apart)


def _one(line: str, token: _Token, *, clear: bool) -> _Read:
    before, after = line[: token.start], line[token.end :]
    # "纸箱20个(书)": what stands behind belongs to the name.
    name = _name(f"{before.rstrip(_EDGES)}{after.lstrip(_EDGES)}" if before.strip(_EDGES) else after)
    return _Read([Item(name, token.count, token.unit)], sure=clear)


def _several(line: str, tokens: Sequence[_Token]) -> _Read | None:
    """Several goods on one line, each with its own count before or behind it; None where that is not plain."""
    starts = [token.start for token in tokens]
    if line[: starts[0]].strip(_EDGES):
        names = [line[end:start] for end, start in zip([0, *(one.end for one in tokens[:-1])], starts, strict=True)]
        rest = line[tokens[-1].end :]
    else:
        ends = [one.end for one in tokens]
        names = [line[end:start] for end, start in zip(ends, [*starts[1:], len(line)], strict=True)]
        rest = ""
    parted = [_AND.match(name.lstrip(_EDGES)) for name in names]
    plain = [_name(name.lstrip(_EDGES)[one.end() if one else 0 :]) for name, one in zip(names, parted, strict=True)]
    usual = all(name in large() for name, one in zip(plain, parted, strict=True) if one)
    if rest.strip(_EDGES) or not all(re.search(r"[^\W\d_]", name) for name in plain):
        return None
    items = [Item(name, token.count, token.unit) for name, token in zip(plain, tokens, strict=True)]
    return _Read(items, sure=usual and all(len(name) > 1 and _tokens(name) == [] for name in plain))


def _name(text: str) -> str:
    text = re.sub(r"\(\s*\)|\[\s*\]|【\s*】", "", text)
    return re.sub(r"\s+", " ", clean(text)).strip(_EDGES.replace("x", ""))


def _count(text: str) -> int:
    """A whole count in figures or Chinese numerals; 0 for what is none."""
    if text.isdecimal():
        return int(text) if len(text) < 7 else 0
    if re.search(r"[\d.,]", text):
        return 0
    import cn2an

    try:
        count = cn2an.cn2an(text, "normal")
    except ValueError:
        return 0
    return count if isinstance(count, int) else 0
