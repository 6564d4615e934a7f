"""Numbers of identity papers: which paper, checked, masked, sealed with AES-GCM, found again by a keyed index.

A resident's ID card, or what others carry in its place: a passport, a permit of Hong Kong, Macao or Taiwan,
the foreigner's permanent residence card. Each has a shape and a check of its own; a passport has only a shape.
"""

import hashlib
import hmac
import os
import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from data.cleaning import clean
from data.store.keys import Keys
from data.words import N_, _

SHAPE = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
KINDS = {
    "id": N_("ID card"),
    "residence": N_("residence permit of Hong Kong, Macao or Taiwan"),
    "hk_macao": N_("Hong Kong or Macao travel permit"),
    "taiwan": N_("Taiwan travel permit"),
    "foreigner": N_("foreigner's permanent residence card"),
    "passport": N_("passport"),
}
# The first that fits says which paper it is; a card of 18 digits is told apart by how it begins.
_SHAPES = (
    ("foreigner", re.compile(r"9\d{16}[\dX]|[A-Z]{3}\d{12}")),
    ("residence", re.compile(r"8[123]\d{15}[\dX]")),
    ("id", SHAPE),
    ("hk_macao", re.compile(r"[HM]\d{8}(\d{2})?")),
    ("taiwan", re.compile(r"\d{8}|\d{10}[A-Z]")),
    (
        "passport",
        re.compile(
            r"\d{9}|(?=[A-Z0-9]*[A-Z])(?=(?:[A-Z]*\d){5})[A-Z0-9]{6,9}"
            r"|(?=(?:\d*[A-Z]){2})(?=(?:[A-Z]*\d){3})[A-Z0-9]{9}"
        ),
    ),
)
# Papers that begin with letters, as they stand in a text; a blank belongs to the commonest ones only.
_LETTERED = re.compile(
    r"(?<![A-Z0-9])(?:[A-Z]{3}[0-9]{12}|[A-Z]{1,2}[0-9]{7,10}|[EGHM] ?[0-9]{4} ?[0-9]{4}(?:[0-9]{2})?)(?![A-Z0-9])"
)
# Digits with whatever people put between them; a colon stands in times only.
_RUN = re.compile(r"[0-9](?:(?:(?!:)[\W_]){0,6}[0-9X]){14,}")
_GROUP = re.compile(r"[0-9X]+")
_DIGITS = str.maketrans("〇零一二三四五六七八九×хХ✕✖ー丨", "00123456789XXXXX--")
# The first two digits of a place: provinces, and what stands in their place on permits and foreigners' cards.
_PLACES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9]")
_MOBILE = 11
_MOBILE_BEGINS, _MOBILE_ENDS = re.compile(r"1[3-9][0-9]{9}[0-9]"), re.compile(r"[0-9X]1[3-9][0-9]{9}$")
# Nobody who lives was born before.
OLDEST, YOUNGEST = 1900, 2099
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def normal(text: str) -> str:
    """The number half-width, without blanks, hyphens and brackets, in capitals."""
    return re.sub(r"[\s()'-]", "", unicodedata.normalize("NFKC", clean(text))).upper()


def kind(number: str) -> str:
    """Which paper a normal number belongs to, a key of KINDS; "" when it has the shape of none."""
    return next((name for name, shape in _SHAPES if shape.fullmatch(number)), "")


def kind_name(number: str) -> str:
    """The paper of a normal number in the reader's language."""
    return _(KINDS[found]) if (found := kind(number)) else ""


def fault(number: str) -> str:
    """What is wrong with a normal number, as a text to be translated; "" when nothing is (REL-5).

    Checked: the shape of each paper, the birthday in it where it has one, and the last character of 18 (GB 11643).
    """
    if not kind(number):
        return N_("This is no number of a paper: an ID card has 17 digits and a digit or X, others as printed.")
    if has_birthday(number) and birthday(number) is None:
        return N_("The ID number holds no birthday: read it again.")
    if not checksum_right(number):
        return N_("The last character of the ID number does not fit: read it again.")
    return ""


def has_birthday(number: str) -> bool:
    """Whether a paper's number holds a birthday."""
    return len(number) in (15, 18)


def checksum_right(text: str) -> bool:
    """Whether the last character fits (GB 11643); only numbers of 18 characters have one."""
    if len(text) != 18:
        return True
    return check_character(text[:17]) == text[17]


def check_character(digits: str) -> str:
    """The last character that belongs to seventeen digits (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def birthday(text: str) -> date | None:
    """The birthday in a number, or None when it is no date or the paper has none."""
    if len(text) == 18:
        digits = text[6:14]
    elif len(text) == 15:
        short = text[7:13] if text[0].isalpha() else text[6:12]
        digits = f"19{short}" if text[0].isdigit() or int(short[:2]) > 26 else f"20{short}"
    else:
        return None
    try:
        return date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        return None


def same(one: str, other: str) -> bool:
    """Whether two numbers are of the same paper; a card of 15 digits is the one of 18 that took its place."""
    return _long(normal(one)) == _long(normal(other))


def _long(number: str) -> str:
    if re.fullmatch(r"\d{15}", number):
        digits = f"{number[:6]}19{number[6:]}"
        return digits + check_character(digits)
    return number


def masked(text: str) -> str:
    """The number with its middle hidden: four characters at each end of a long one, two of a short one."""
    kept = 4 if len(text) >= 15 else 2 if len(text) >= 6 else 0
    return text[:kept] + "*" * (len(text) - 2 * kept) + text[len(text) - kept :]


def mask_inside(text: str) -> str:
    """A text in which every full number of a paper is masked, for what is kept, logs, notes and exports.

    Also as people write them: with blanks, dashes, brackets or a new line inside, wide, in Chinese digits, or glued to
    other digits; such a one is known by its place and birthday, and where it stands apart from nothing by its last
    character, so that two phone numbers in a row, dates and numbers of orders stay what they are.
    """
    if not text:
        return text
    signs, folded = list(text), "".join(map(_folded, text))
    for match in _LETTERED.finditer(folded):
        _hide(signs, range(match.start(), match.end()))
    for match in _RUN.finditer(folded):
        _mask_run(signs, match)
    return "".join(signs)


def _folded(sign: str) -> str:
    """One sign as it is compared: half-width, a capital, a digit whatever it is written in."""
    plain = unicodedata.normalize("NFKC", sign).upper().translate(_DIGITS)
    return plain if len(plain) == 1 else sign


def _hide(signs: list[str], places: Sequence[int]) -> None:
    """Put stars in the place of a number's middle."""
    for place, shown in zip(places, masked("0" * len(places)), strict=True):
        if shown == "*":
            signs[place] = "*"


def _mask_run(signs: list[str], match: re.Match[str]) -> None:
    groups = list(_GROUP.finditer(match[0]))
    places = [match.start() + place for group in groups for place in range(group.start(), group.end())]
    plain, edges, begun = "".join(group[0] for group in groups), set(), 0
    for group in groups:
        ended = begun + len(group[0])
        edges |= {begun, ended}
        # A mobile number that is glued to a paper's ends where the paper begins, or begins where it ends.
        edges |= {begun + _MOBILE} if _MOBILE_BEGINS.match(group[0]) else set()
        edges |= {ended - _MOBILE} if _MOBILE_ENDS.search(group[0]) else set()
        begun = ended
    for length in (18, 15):
        for start in range(len(plain) - length + 1):
            number = plain[start : start + length]
            if not SHAPE.fullmatch(number) or not _lives(number):
                continue
            if {start, start + length} <= edges or (length == 18 and checksum_right(number)):
                _hide(signs, places[start : start + length])
                plain = plain[:start] + "*" * length + plain[start + length :]


def _lives(number: str) -> bool:
    born = birthday(number)
    return bool(_PLACES.match(number)) and born is not None and OLDEST <= born.year <= YOUNGEST


def index(keys: Keys, text: str) -> str:
    """The keyed hash by which a number is found without being kept in the clear."""
    return hmac.new(keys.index, text.encode(), hashlib.sha256).hexdigest()


def seal(keys: Keys, text: str, row: str) -> bytes:
    """The number encrypted for one row; it opens for no other row."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    return nonce + AESGCM(keys.id_cards).encrypt(nonce, text.encode(), row.encode())


def unseal(keys: Keys, sealed: bytes, row: str) -> str:
    """The number of one row; refuses (InvalidTag) bytes that belong to another row or key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(keys.id_cards).decrypt(sealed[:12], sealed[12:], row.encode()).decode()
