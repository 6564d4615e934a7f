"""A month's sheet as it was signed: kept in both languages, and compared with what the store says since."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import zip_longest

from data.reports import ClosedSheet
from data.words import LANGUAGES, _, language, speaking
from desk.paper.document import Cell, Table

Tables = Callable[[], Sequence[Table]]


def body(make: Tables) -> str:
    """The tables of a sheet in both languages, as they are kept."""
    kept = {}
    for tongue in LANGUAGES:
        with speaking(tongue):
            kept[tongue] = [
                {
                    "title": one.title,
                    "headings": one.headings,
                    "rows": one.rows,
                    "bar": one.bar,
                    "target": one.target,
                    "parts": one.parts,
                }
                for one in make()
            ]
    return json.dumps(kept, ensure_ascii=False)


def signed(kept: ClosedSheet) -> list[Table]:
    """What was signed, in the reader's language."""
    raw = json.loads(kept.body)[language()]
    return [
        Table(
            one["title"],
            tuple(one["headings"]),
            [tuple(row) for row in one["rows"]],
            one["bar"],
            # A sheet that was signed before these were known has none.
            one.get("target", -1),
            one.get("parts", False),
        )
        for one in raw
    ]


def tables(kept: ClosedSheet, now: Sequence[Table]) -> list[Table]:
    """What was signed, and behind it what the store says otherwise since.

    Args:
        now: the same sheet as it would be made today.
    """
    stood = signed(kept)
    # What still says the same today opens the same records.
    alike = {(one.title, tuple(map(str, row))): row for one in now for row in one.rows}
    for one in stood:
        one.rows[:] = [alike.get((one.title, tuple(map(str, row))), row) for row in one.rows]
    rows = _changes(*_comparable(stood, now))
    changed = Table(_("After closing"), (_("Table"), _("Measure"), _("Signed"), _("Now")), rows)
    return [*stood, *([changed] if rows else [])]


# What was one table on sheets signed before, and is two now: not the store says otherwise, the sheet does.
ONCE = ("Contacts by kind and way", "来访来电分类")


def _comparable(stood: Sequence[Table], now: Sequence[Table]) -> tuple[list[Table], list[Table]]:
    """The tables of a signed sheet and of today's that say the same things."""
    if not any(one.title in ONCE for one in stood):
        return list(stood), list(now)
    parted = {_("Contacts by kind"), _("Contacts by way")}
    return [one for one in stood if one.title not in ONCE], [one for one in now if one.title not in parted]


def _changes(signed: Sequence[Table], now: Sequence[Table]) -> list[tuple[Cell, ...]]:
    """Rows that say something else today than when the sheet was signed, or that came or went; rows may begin alike."""

    def said(found: Sequence[Table]) -> dict[tuple[str, str], Counter[str]]:
        rows: dict[tuple[str, str], Counter[str]] = {}
        for one in found:
            for row in one.rows:
                rest = "  ".join(str(cell) for cell in row[1:])
                rows.setdefault((one.title, str(row[0])), Counter())[rest] += 1
        return rows

    before, after = said(signed), said(now)
    changed: list[tuple[Cell, ...]] = []
    for key in dict.fromkeys([*before, *after]):
        was, is_now = before.get(key, Counter[str]()), after.get(key, Counter[str]())
        gone, came = list((was - is_now).elements()), list((is_now - was).elements())
        changed += [(*key, old, new) for old, new in zip_longest(gone, came, fillvalue="–")]
    return changed
