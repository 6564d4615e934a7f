"""The price list of paid repairs (F-7): editions by their date, items with a price that is fixed, open or reckoned.

The shipped list is an example; a site writes its own `prices.toml` beside the store.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal, InvalidOperation
from pathlib import Path

from data.words import N_, _
from desk.directory import fen, yuan
from desk.ground import reference
from desk.ground.refusals import Invalid

FILE = "prices.toml"
KINDS = ("fixed", "range", "unit", "hour", "survey")
_LINE = re.compile(
    # Behind a count stands its unit, never money.
    r"(?P<item>.+?)(?:\s+[x×*]?\s*(?P<count>\d+(?:\.\d{1,2})?)(?:\s*[^\s\d.=＝元块¥￥]{0,4})?)?(?:\s*[=＝]\s*(?P<yuan>\S+))?"
)
MOST_LINES, LONGEST_LINE = 20, 80


@dataclass(frozen=True)
class Price:
    """One item: a fixed price, one a unit, one an hour begun, from low to high, or by survey; in fen."""

    item: str
    name: str
    kind: str
    low: int
    high: int
    unit: str = ""


@dataclass(frozen=True)
class Book:
    """One edition of the list."""

    edition: str
    prices: tuple[Price, ...]

    def find(self, text: str) -> Price | None:
        """The item of a number or a name; of several whose name begins so, none."""
        plain = text.strip().lower()
        exact = [one for one in self.prices if plain in (one.item.lower(), one.name.lower())]
        begins = [one for one in self.prices if plain and one.name.lower().startswith(plain)]
        return exact[0] if exact else begins[0] if len(begins) == 1 else None


@dataclass(frozen=True)
class Charged:
    """One line of what a repair costs."""

    item: str
    name: str
    quantity: str
    fen: int


def editions(store: Path) -> list[str]:
    """The editions of the site's list, the newest first."""
    rows = reference.tables_of(store, FILE).get("edition", [])
    return sorted((str(row.get("date", "")) for row in rows), reverse=True)


def check(store: Path) -> None:
    """Refuse a file in which an item of any edition has a wrong price.

    Raises:
        Invalid: at "edition".
    """
    for edition in editions(store):
        book(store, edition, today=date.max)


def book(store: Path, edition: str = "", *, today: date) -> Book:
    """An edition of the site's price list; the newest that counts today when none is named.

    Raises:
        Invalid: at "edition", when there is none of that date, it does not count yet, or the file says something
            impossible.
    """
    found = {str(row.get("date", "")): row for row in reference.tables_of(store, FILE).get("edition", [])}
    rows = {day: row for day, row in found.items() if day <= f"{today}"}
    wanted = edition or (max(rows) if rows else "")
    if wanted not in rows:
        raise Invalid(
            N_("There is no price list of {edition}."), field="edition", edition=wanted or "–", clause="REP-11"
        )
    return Book(wanted, tuple(_price(row) for row in rows[wanted].get("item", [])))


def _price(row: reference.Tables) -> Price:
    kind = str(row.get("kind", "fixed"))
    try:
        low = fen(str(row.get("price", row.get("from", "0"))), field="edition")
        high = fen(str(row.get("to", row.get("price", "0"))), field="edition")
    except Invalid as error:
        raise Invalid(
            N_("The price list has a wrong price at {name}."), field="edition", name=row.get("name")
        ) from error
    if kind not in KINDS or not row.get("name") or low > high:
        raise Invalid(N_("The price list has a wrong item: {name}."), field="edition", name=row.get("name"))
    return Price(str(row.get("no", "")), str(row["name"]), kind, low, high, str(row.get("unit", "")))


def units(store: Path, edition: str) -> dict[str, str]:
    """The unit of each item of an edition, by its number; none of one that is not on file any more."""
    for row in reference.tables_of(store, FILE).get("edition", []):
        if str(row.get("date", "")) == edition:
            return {str(one.get("no", "")): str(one.get("unit", "")) for one in row.get("item", [])}
    return {}


def in_words(one: Price) -> str:
    """What an item costs, as the list says it, in the reader's language."""
    if one.kind == "survey":
        return _("as it turns out")
    low = yuan(one.low) if one.low == one.high else f"{yuan(one.low)}–{yuan(one.high)}"
    return f"{low}/{one.unit}" if one.unit else low


def charged(known: Book, text: str) -> list[Charged]:
    """What is charged, a line each, such as "12 x2" or "疏通马桶 = 80", by an edition of the list (REP-13).

    Raises:
        Invalid: at "charges", with the line that is wrong: not on the list, no amount where one is needed, one above
            the ceiling, or one that the list fixes otherwise.
    """
    lines = [line for one in re.split("[\n;；]", text) if (line := " ".join(one.split()))]
    if len(lines) > MOST_LINES:
        raise Invalid(N_("At most {count} lines."), field="charges", count=MOST_LINES)
    for place, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise _wrong(place, N_("at most {count} characters"), count=LONGEST_LINE)
    return [_charge(known, place, line.strip()) for place, line in enumerate(lines, 1)]


def _charge(known: Book, place: int, line: str) -> Charged:
    match = _LINE.fullmatch(line)
    if match is None or re.search("[=＝]", match["item"]):
        raise _wrong(place, N_("{line} cannot be read: one item a line, such as 换灯泡 x2 or 疏通马桶 = 80"), line=line)
    price, count = known.find(match["item"]), match["count"]
    if price is None:
        # A number at the end may belong to the name.
        price, count = known.find(line.partition("=")[0]), None
    if price is None:
        raise _wrong(place, N_("{line} is not on the list of {edition}"), line=line, edition=known.edition)
    quantity = _quantity(place, count)
    said = fen(match["yuan"], field="charges") if match["yuan"] else None
    return Charged(price.item, price.name, f"{quantity.normalize():f}", _amount(price, quantity, said, place))


def _quantity(place: int, count: str | None) -> Decimal:
    try:
        quantity = Decimal(count or "1")
    except InvalidOperation as error:
        raise _wrong(place, N_("how many?")) from error
    if not 0 < quantity <= 10000:
        raise _wrong(place, N_("how many?"))
    return quantity


def _amount(price: Price, quantity: Decimal, said: int | None, place: int) -> int:
    """The amount in fen; an hour begun counts whole, zero is a price."""
    if price.kind in ("fixed", "unit", "hour"):
        times = quantity.to_integral_value(rounding=ROUND_UP) if price.kind == "hour" else quantity
        due = int((price.low * times).to_integral_value(rounding=ROUND_UP))
        if said is not None and said != due:
            raise _wrong(place, N_("by the list it is {yuan}"), yuan=yuan(due))
        return due
    if said is None:
        raise _wrong(place, N_("write the amount: {name} = …"), name=price.name)
    low, high = int(price.low * quantity), int(price.high * quantity)
    if price.kind == "range" and not low <= said <= high:
        raise _wrong(place, N_("the list says {low} to {high}"), low=yuan(low), high=yuan(high))
    return said


def _wrong(place: int, why: str, **values: object) -> Invalid:
    return Invalid(N_("Line {line}: {why}."), field="charges", line=place, why=_(why, **values), clause="REP-13")
