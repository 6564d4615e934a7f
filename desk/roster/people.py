"""Who stands in a line of a roster: names, kinds of resident, phones, papers and days, each with what is wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from data.words import N_
from desk.ground import idcards
from desk.roster.cells import SPOILT, is_a_name, is_nobody, is_nothing, wide

LONGEST_NAME = 60
_KINDS = {
    "owner": "1001 业主 产权人 业主本人 本人 户主 房主 房东 业权人 权利人 主业主 第一业主 买受人 owner 共有人 共同业主 共同产权人 共有产权人 产权共有人 "
    "共有 co-owner coowner",
    "family": "1002 家庭成员 家属 亲属 家人 亲戚 family 配偶 妻子 妻 丈夫 夫 爱人 老婆 老公 太太 先生 子女 儿子 女儿 子 女 儿媳 女婿 父母 父亲 母亲 "
    "父 母 爸爸 妈妈 岳父 岳母 公公 婆婆 爷爷 奶奶 外公 外婆 祖父 祖母 孙子 孙女 外孙 外孙女 兄弟 姐妹 哥哥 弟弟 姐姐 妹妹 兄 弟 姐 妹 "
    "子女及配偶 同住人 spouse wife husband son daughter child parent",
    "tenant": "1003 租户 租客 房屋租客 承租人 承租方 承租户 租住人 租赁户 租住 租 商户 租赁商户 tenant lessee",
    "employee": "1004 临时人员 员工 职员 employee staff",
}
RELATIONS = {word: kind for kind, words in _KINDS.items() for word in words.split()} | {"": "owner"}
CO_OWNER = re.compile("共有|共同|co-?owner", re.I)
# A header of names under which owners stand.
OWNERS = re.compile("业主|户主|房主|房东|产权|业权|权利|共有|共同|owner", re.I)
# A word that says nothing we know: the least that a resident may be, so that nobody becomes an owner by a strange word.
UNKNOWN_KIND = "family"
_COMPANY = re.compile(
    "公司|有限|集团|厂$|商店|商行|银行|中心|合作社|委员会|工作室|事务所|学校|幼儿园|医院|局$|部$|店$|Ltd|Inc|Co\\.",
    re.I,
)
_BETWEEN_NAMES = re.compile(
    r"[,，;；、。/\\|｜\n&＆+]|(?<=[\u4e00-\u9fff])\s*(?:和|与|及)\s*(?=[\u4e00-\u9fff]{2,4}$)|\s{2,}|(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff]{2,4}(?:\s|$|[:：]))|(?<=[)）\]】])(?=[\u4e00-\u9fff]{2,4}(?:[(（\[【]|$))"
)
# 张 三: a name of two characters that was spread to the width of three.
_SPREAD = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
# What stands behind a name and is none: 张三等3人, 张三夫妇.
_MORE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(等\s*\d*人?|夫妇|夫妻|一家|全家)$")
# Who somebody is, said before the name: 租客：李四.
_LED = re.compile(r"([\u4e00-\u9fff]{1,4})\s*[:：]\s*(?=[^\W\d_])")
_DIGITS_BESIDE = re.compile(r"[:：]?\s*(?<!\d)\d[\d -]{5,}\d(?!\d)")
_ASIDE = re.compile(r"[(（\[【](.*?)[)）\]】]")
_TENANTS = re.compile(r"(租客|租户|承租人?|租)\D{0,4}$")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|#)\s*\d{1,6}|(?<=[2-9]\d{6})-\d{1,4}(?![\d-])", re.I)
_MOBILE = re.compile(r"1[3-9]\d{9}")
# 13911112238、39 and 13911112238/9 mean a second number that ends otherwise.
_SECOND_END = re.compile(r"\d{7}\s*[、/,，;；和或~～]\s*\d{1,4}(?!\d)")
# Figures in which a spreadsheet keeps days: 20000 is 1954, 60000 is 2064.
_SERIALS = range(10_000, 60_001)


@dataclass(frozen=True)
class Resident:
    """A person as the roster has them."""

    name: str
    relation: str
    sex: str = ""
    phones: tuple[str, ...] = ()
    id_card: str = ""
    workplace: str = ""
    emergency: str = ""
    birthday: date | None = None
    since: date | None = None
    note: str = ""
    key: str = ""


@dataclass
class Phones:
    """The numbers of a cell, and what was said beside them."""

    numbers: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    note: str = ""


def names_in(cell: str) -> list[tuple[str, str]]:
    """The people named in a cell, each with what stands in brackets behind them; a company is one."""
    cell = cell.strip()
    if _COMPANY.search(cell) and not is_nobody(cell):
        return [(cell, "")]
    found = []
    for part in _BETWEEN_NAMES.split(_SPREAD.sub(r"\1\2", _DIGITS_BESIDE.sub(" ", cell).strip())):
        name = _ASIDE.sub("", part).strip() or part.strip()
        asides = " ".join([*_ASIDE.findall(part), *_MORE.findall(name)])
        name = _MORE.sub("", name)
        if led := _LED.match(name):
            name, asides = name[led.end() :].strip(), f"{led[1]} {asides}".strip()
        if name and not is_nothing(name) and not is_nobody(name) and is_a_name(name):
            found.append((name, asides))
    return found


def phones_beside(cell: str) -> str:
    """The numbers that stand beside the names of a cell: 张三13800000001."""
    return "、".join(number.strip(" :：") for number in _DIGITS_BESIDE.findall(_ASIDE.sub("", wide(cell))))


def joined(known: Resident, again: Resident) -> Resident | None:
    """One person said twice: what either line knows of them; None where two papers differ."""
    if known.id_card and again.id_card and not idcards.same(known.id_card, again.id_card):
        return None
    notes = "；".join(dict.fromkeys(filter(None, [known.note, again.note])))
    first = {
        name: getattr(known, name) or getattr(again, name)
        for name in ("sex", "id_card", "workplace", "emergency", "birthday", "since", "key")
    }
    return replace(known, phones=tuple(dict.fromkeys([*known.phones, *again.phones])), note=notes[:500], **first)


def kind_of(word: str) -> str | None:
    """The relation that a word of a roster means, or None when it is not known."""
    plain = re.sub(r"\s", "", wide(word)).lower()
    if is_nothing(plain):
        return "owner"
    if found := RELATIONS.get(plain):
        return found
    outside = _ASIDE.sub("", plain)
    return RELATIONS.get(outside) if outside else None


def relation_beside(aside: str) -> str:
    """The relation that stands in brackets behind a name, as in 孙九(子); "" where it says something else."""
    return next((kind for word in aside.split() if (kind := RELATIONS.get(word.lower()))), "")


def phones_in(cell: str) -> Phones:
    """The phone numbers in a cell as people write them; a tenant's number beside the owner's is only noted."""
    from phonenumbers import Leniency, PhoneNumberMatcher, national_significant_number

    text = wide(cell)
    found = Phones()
    if is_nothing(text):
        return found
    if SPOILT.fullmatch(text.replace(" ", "")):
        found.note = cell
        return found
    plain = _EXTENSION.sub(lambda match: "," + "\0" * (len(match[0]) - 1), text)
    rest, end, foreign = "", 0, set[str]()
    for match in PhoneNumberMatcher(_parted(plain), "CN", leniency=Leniency.POSSIBLE):
        rest += plain[end : match.start]
        number = match.number
        digits = national_significant_number(number)
        if number.country_code != 86:
            digits = f"{number.country_code}{digits}"
            foreign.add(digits)
        elif re.match(r"0|86", re.sub(r"\D", "", match.raw_string)) and not _MOBILE.fullmatch(digits):
            digits = f"0{digits}"
        if _TENANTS.search(rest):
            found.note = cell
        elif not is_placeholder(digits):
            found.numbers.append(digits)
        end = match.end
    rest += plain[end:]
    found.odd += [digits for digits in found.numbers if digits not in foreign and _is_odd(digits)]
    for digits in _run_together(rest):
        if not is_placeholder(digits):
            found.numbers.append(digits)
            found.odd.append(digits)
    words = re.sub(r"[\d\s,，;；、/+()（）.:：\-—*\0]", "", rest)
    if (
        _SECOND_END.search(text)
        or "\0" in plain
        or (words and not is_nothing(words))
        or (not found.numbers and re.search(r"\d", rest))
    ):
        found.note = found.note or cell
    found.numbers = list(dict.fromkeys(found.numbers))
    found.odd = list(dict.fromkeys(found.odd))
    return found


def _is_odd(digits: str) -> bool:
    """Whether a number has as many digits as no phone here: a mobile has eleven and begins with 13 to 19."""
    if digits.startswith("1"):
        return not (_MOBILE.fullmatch(digits) or re.fullmatch(r"1\d{4,5}", digits))
    return not digits.startswith("0") and len(digits) in (9, 11, 12)


def _run_together(text: str) -> list[str]:
    """The runs of digits in a text; two mobiles without anything between them are two."""
    found = []
    for digits in re.findall(r"\d{5,22}", text):
        found += [digits[:11], digits[11:]] if re.fullmatch(r"(1[3-9]\d{9}){2}", digits) else [digits]
    return found


def _parted(text: str) -> str:
    """The same text in which what parts two numbers parts them for the matcher too; no place moves."""
    text = re.sub(r"[、，;；/]", ",", text)
    return re.sub(r"(?<=\d{5})\s(?=1[3-9]\d)", ",", re.sub(r"[^\d+() ,.\-\0]", ",", text))


def is_placeholder(digits: str) -> bool:
    """Whether digits only fill a cell: 11111111111, 18999999999, 13800000000."""
    return bool(digits) and (len(set(digits)) == 1 or bool(re.fullmatch(r"1[3-9]9{9}|1[3-9]0{9}", digits)))


def paper_in(cell: str) -> tuple[str, str]:
    """The number of a paper in a cell, and what is wrong with it as a text to be translated."""
    text = wide(cell)
    if is_nothing(text) or is_placeholder(re.sub(r"\D", "", text)):
        return "", ""
    if SPOILT.fullmatch(text.replace(" ", "")):
        return "", N_("Excel has spoilt the ID number: its last digits are gone")
    plain = idcards.normal(re.sub(r"[\u4e00-\u9fff:：.]", "", text))
    if not idcards.kind(plain):
        return "", N_("this is no number of a paper, left empty")
    if idcards.fault(plain):
        if plain.isdecimal() and plain.endswith("000"):
            return "", N_("Excel has spoilt the ID number: its last digits are gone")
        if idcards.has_birthday(plain) and idcards.birthday(plain) is None:
            return plain, N_("the ID number holds no birthday")
        return plain, N_("the last character of the ID number does not fit")
    return plain, ""


def day_in(cell: str) -> tuple[date | None, str]:
    """The day in a cell, and what is wrong with it; no day is made up where only a month stands."""
    text = wide(cell).strip()
    if is_nothing(text):
        return None, ""
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(float(text))), ""
    match = re.match(r"(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?=$|[\sT])", text) or re.fullmatch(
        r"(\d{4})()(\d{2})(\d{2})", text
    )
    try:
        if match:
            return date(int(match[1]), int(match[3]), int(match[4])), ""
    except ValueError:
        pass
    if re.fullmatch(r"\d{4}(?:[-/.年]\d{1,2}月?|\d{2}|年)?", text):
        return None, N_("{text} names no day: it stays in the note")
    return None, N_("{text} is no date: it stays in the note")


def shared(values: Sequence[str], people: int) -> list[list[str]] | None:
    """The values of a cell dealt out to the people of another: one each where the counts agree, else None."""
    return [[value] for value in values] if people > 1 and len(values) == people else None
