"""The steps of a consumable: begun with, asked for, bought, given out, counted."""

from data.words import N_
from desk.ground.fields import Field
from desk.steps import Step, always
from desk.supplies import life

QUANTITY = Field("quantity", N_("How many"), longest=6, needed=True)
NOTE = Field("note", N_("What for"), longest=200)


def _known(name: str, label: str, longest: int) -> Field:
    return Field(name, label, longest=longest, finds=lambda _view, supply: {"default": str(getattr(supply, name))})


STEPS = (
    Step(
        life.add, "supplies.add", always, "n", N_("New"), N_("Begin to keep something"), title=N_("Something to keep"),
        new=True, command="add", words=("name",), tells=lambda made: str(made.number),
        asks=(Field("name", N_("Called"), longest=life.LONGEST_NAME, needed=True),
              Field("unit", N_("Counted in"), hint=N_("boxes, reams, pieces"), longest=10),
              Field("place", N_("Kept where"), longest=life.LONGEST_NAME),
              Field("stock", N_("How many"), longest=6, default="0"),
              Field("least", N_("At least"), hint=N_("below it, it is to be asked for"), longest=6, default="0")),
    ),
    Step(
        life.give, "supplies.give", life.why_not_give, "h", N_("Give out"), N_("Give it out, to whom"),
        title=N_("Give out {number}"),
        asks=(QUANTITY, Field("whom", N_("Given to"), longest=life.LONGEST_NAME), NOTE),
        command="give", words=("quantity",),
    ),
    Step(
        life.ask, "supplies.ask", always, "a", N_("Ask for"), N_("Ask for more of it"), title=N_("Ask for {number}"),
        asks=(QUANTITY, NOTE), command="ask", words=("quantity",),
    ),
    Step(
        life.withdraw, "supplies.withdraw", life.why_not_withdraw, "w", N_("Take back"),
        N_("What was asked for is needed no more"), title=N_("Take back what is asked for of {number}"),
        asks=(Field("quantity", N_("How many"), longest=6, finds=lambda _view, supply: {"default": str(supply.asked)}),
              Field("note", N_("Reason"), longest=200)),
        command="withdraw", words=("quantity",), foot=False,
    ),
    Step(
        life.buy, "supplies.buy", always, "b", N_("Bought"), N_("It was bought and is here"),
        title=N_("Bought: {number}"),
        asks=(QUANTITY, NOTE), command="buy", words=("quantity",),
    ),
    Step(
        life.count, "supplies.count", always, "u", N_("Count"), N_("Count what is really there"),
        title=N_("Count {number}"), asks=(QUANTITY, NOTE), command="count", words=("quantity",),
    ),
    Step(
        life.change, "supplies.change", always, "e", N_("Change"),
        N_("Name, unit, place, and the least that should be"),
        title=N_("Change {number}"), command="change",
        asks=(_known("name", N_("Called"), life.LONGEST_NAME), _known("unit", N_("Counted in"), 10),
              _known("place", N_("Kept where"), life.LONGEST_NAME), _known("least", N_("At least"), 6)),
    ),
)  # fmt: skip
