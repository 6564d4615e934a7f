"""What the store-room holds: nothing is given out that is not there, and what runs low is asked for (DUT-13)."""

import unicodedata

from sqlmodel import Session, col, select

from data.duty import Supply, SupplyMove
from data.words import N_
from desk import cases
from desk.act import Act
from desk.ground import texts
from desk.ground.refusals import Invalid, Refused, StateChanged
from desk.steps import always
from desk.view import View

MOST = 100_000
LONGEST_COUNT = 9
LONGEST_NAME = 40


def _count(text: str, field: str, *, least: int = 1) -> int:
    typed = text.strip()
    if not typed.isdecimal() or len(typed) > LONGEST_COUNT or not least <= int(typed) <= MOST:
        raise Invalid(N_("A number from {least} to {most}."), field=field, least=least, most=MOST)
    return int(typed)


def add(act: Act, *, name: str, unit: str = "", place: str = "", stock: str = "0", least: str = "0") -> Supply:
    """Begin to keep something, with how much there is and the least that should be.

    Raises:
        Invalid: at the field; it is kept already.
    """
    act.require("supplies.add")
    name = _new_name(act, name)
    supply = Supply(
        number=act.number("supplies"), name=name, unit=texts.limited(unit, "unit", 10),
        place=texts.limited(place, "place", LONGEST_NAME), least=_count(least, "least", least=0), added_at=act.now,
    )  # fmt: skip
    act.session.add(supply)
    act.session.flush()
    there = _count(stock, "stock", least=0)
    _moved(act, supply, "add", there, there=there)
    return supply


def _new_name(act: Act, name: str, own: str = "") -> str:
    """A name that nothing else is kept under, however wide or large it is typed."""
    name = texts.needed(name, "name", LONGEST_NAME)
    for number, known in act.session.exec(select(Supply.number, Supply.name)):
        if number != own and _plain(known) == _plain(name):
            raise Invalid(N_("{name} is kept already."), field="name", name=known)
    return name


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().replace(" ", "")


def change(act: Act, *, number: str, name: str = "", unit: str = "", place: str = "", least: str = "") -> Supply:
    """Change what it is called, counted in, where it is kept, or the least that should be; what is empty stays.

    Raises:
        Invalid: at the field; nothing would change.
    """
    act.require("supplies.change")
    supply = cases.get_ready(act, Supply, number, always)
    was = (supply.name, supply.unit, supply.place, supply.least)
    supply.name = _new_name(act, name, supply.number) if name.strip() else supply.name
    supply.unit = texts.limited(unit, "unit", 10) or supply.unit
    supply.place = texts.limited(place, "place", LONGEST_NAME) or supply.place
    supply.least = _count(least, "least", least=0) if least.strip() else supply.least
    if was == (supply.name, supply.unit, supply.place, supply.least):
        raise Invalid(N_("Nothing would change: write what is to be otherwise."), field="name")
    act.record("supplies.change", supply.number, supply.name)
    _told(act, supply, needed=False)
    return supply


def _needs(supply: Supply) -> bool:
    """Whether there is too little, even with what was asked for."""
    return supply.stock < supply.least and supply.stock + supply.asked < supply.least


def _told(act: Act, supply: Supply, *, needed: bool) -> None:
    """What runs low is told once it does, and again when what was asked for is not enough; and when there is enough.

    Args:
        needed: whether it was known to be needed before, and nobody has asked or bought since.
    """
    was_low = supply.state == "low"
    supply.state = "low" if supply.stock < supply.least else "kept"
    act.session.add(supply)
    if _needs(supply) and not needed:
        act.record("supplies.low", supply.number, supply.name, by_itself=True, stock=supply.stock, least=supply.least)
    if supply.state == "kept" and was_low:
        act.record("supplies.enough", supply.number, by_itself=True, stock=supply.stock)


def _moved(act: Act, supply: Supply, kind: str, quantity: int, *, there: int, whom: str = "", note: str = "") -> None:
    """A line of the register, what there is afterwards, and whether that is below the minimum now."""
    needed = _needs(supply) and kind not in ("add", "ask", "withdraw", "buy")
    supply.stock = there
    act.session.add(
        SupplyMove(
            number=supply.number,
            at=act.now,
            kind=kind,
            quantity=quantity,
            stock=supply.stock,
            whom=whom,
            note=note,
            by=act.operator.code,
        )
    )
    act.record(f"supplies.{kind}", supply.number, supply.name, quantity=quantity, stock=supply.stock)
    _told(act, supply, needed=needed)


def ask(act: Act, *, number: str, quantity: str, note: str = "") -> Supply:
    """Ask for more of it, in writing; what was asked and is not bought yet is shown."""
    act.require("supplies.ask")
    supply = cases.get_ready(act, Supply, number, always)
    wanted = _count(quantity, "quantity")
    supply.asked += wanted
    _moved(act, supply, "ask", wanted, there=supply.stock, note=texts.limited(note, "note", 200))
    return supply


def why_not_withdraw(_view: View, supply: Supply) -> Refused | None:
    """Only what was asked for and is not bought yet is taken back."""
    return None if supply.asked else StateChanged(N_("Nothing is asked for."), clause="DUT-13")


def withdraw(act: Act, *, number: str, quantity: str, note: str) -> Supply:
    """Take back what was asked for by mistake, or is needed no more; what runs low then is told again.

    Raises:
        Invalid: at "quantity", more than was asked for; at "note", without a reason.
    """
    act.require("supplies.withdraw")
    supply = cases.get_ready(act, Supply, number, why_not_withdraw)
    back = _count(quantity, "quantity")
    if back > supply.asked:
        raise Invalid(N_("Only {count} are asked for."), field="quantity", count=supply.asked)
    note = texts.needed(note, "note", 200)
    supply.asked -= back
    _moved(act, supply, "withdraw", back, there=supply.stock, note=note)
    return supply


def buy(act: Act, *, number: str, quantity: str, note: str = "") -> Supply:
    """It was bought and is kept here."""
    act.require("supplies.buy")
    supply = cases.get_ready(act, Supply, number, always)
    came = _count(quantity, "quantity")
    supply.asked = max(0, supply.asked - came)
    _moved(act, supply, "buy", came, there=supply.stock + came, note=texts.limited(note, "note", 200))
    return supply


def why_not_give(_view: View, supply: Supply) -> Refused | None:
    """What is not there is not given out."""
    if not supply.stock:
        return StateChanged(N_("There are none: count again with u where that is wrong."), clause="DUT-13")
    return None


def give(act: Act, *, number: str, quantity: str, whom: str, note: str = "") -> Supply:
    """Give it out, to whom and what for.

    Raises:
        Invalid: at "quantity", more than there is; at "whom", to nobody.
    """
    act.require("supplies.give")
    supply = cases.get_ready(act, Supply, number, why_not_give)
    goes = _count(quantity, "quantity")
    if goes > supply.stock:
        raise Invalid(
            N_("There are {stock} {unit}: count again with u where that is wrong."),
            field="quantity", stock=supply.stock, unit=supply.unit, clause="DUT-13",
        )  # fmt: skip
    whom = texts.needed(whom, "whom", LONGEST_NAME)
    _moved(act, supply, "give", goes, there=supply.stock - goes, whom=whom, note=texts.limited(note, "note", 200))
    return supply


def count(act: Act, *, number: str, quantity: str, note: str = "") -> Supply:
    """Count what is really there; a difference needs a word.

    Raises:
        Invalid: at "note", where more or fewer are there than should be and nothing is said.
    """
    act.require("supplies.count")
    supply = cases.get_ready(act, Supply, number, always)
    is_ = _count(quantity, "quantity", least=0)
    said = texts.limited(note, "note", 200)
    if is_ != supply.stock and not said:
        raise Invalid(N_("There should be {stock}: say why there are {count}."), field="note", stock=supply.stock,
                      count=is_)  # fmt: skip
    _moved(act, supply, "count", is_, there=is_, note=said)
    return supply


def moves_of(session: Session, number: str) -> list[SupplyMove]:
    """The register of one thing, oldest first."""
    query = select(SupplyMove).where(SupplyMove.number == number).order_by(col(SupplyMove.id))
    return list(session.exec(query))
