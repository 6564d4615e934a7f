"""The goods that a carrier declares, as lines of text (REL-7, REL-16, REL-19)."""

from collections.abc import Sequence

from data.words import N_
from desk.ground.refusals import Invalid
from desk.passes.goods import Item, needs_no_pass
from desk.passes.goods_lines import Unclear, read_lines

MOST_ITEMS = 60


def parse_items(text: str, small: str = "") -> list[Item]:
    """Goods from lines such as `沙发 2`, `沙发2张`, `sofa x2`, `2台电脑`, `书一百本`, `1、冰箱1台` (REL-7).

    Args:
        small: goods of the site's own that need no pass, with blanks between.

    Raises:
        Invalid: at "items", naming the line; nothing listed; too many lines; only goods that need no pass (REL-19).
        Unclear: at "items", with a guess, where a line leaves its count open.
    """
    try:
        items = read_lines(text)
    except Unclear as unclear:
        _refuse_small(unclear.items, small)
        raise
    if not items:
        raise Invalid(N_("List the goods, one line each."), field="items", clause="REL-7")
    if len(items) > MOST_ITEMS:
        raise Invalid(N_("A pass holds at most {count} lines of goods."), field="items", count=MOST_ITEMS)
    _refuse_small(items, small)
    return items


def _refuse_small(items: Sequence[Item], small: str) -> None:
    if all(needs_no_pass(item.name, small) for item in items):
        raise Invalid(
            N_("These are small goods carried by hand: they need no pass, let them go."), field="items", clause="REL-19"
        )
