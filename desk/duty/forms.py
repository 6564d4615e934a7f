"""The roster of a month on paper 值班表: a line a day, who stands where in which stretch, with the phones to call."""

import calendar as months
from datetime import date

from sqlmodel import col, select

from data.duty import Shift
from desk import operators, site
from desk.duty import terms
from desk.emergencies import listing
from desk.paper.document import Cell, Document, Table
from desk.paper.parts import Form, Sheet, zh

WEEK = "一二三四五六日"
# So many of those whom an emergency is told stand at its head.
PHONES = 6


def _roster(sheet: Sheet, shift: Shift) -> Document:
    """The month in which a shift lies, of its post."""
    month, post = shift.day, shift.post
    settings = site.settings(sheet.session)
    last = months.monthrange(month.year, month.month)[1]
    days = [date(month.year, month.month, day) for day in range(1, last + 1)]
    query = select(Shift).where(
        Shift.post == post, Shift.state != "dropped", Shift.day >= days[0], Shift.day <= days[-1]
    )
    planned = list(sheet.session.exec(query.order_by(col(Shift.begins_at))))
    names = {one.code: one.name for one in operators.everyone(sheet.session)}
    letters: dict[str, None] = {}
    rows = []
    for day in days:
        stretches = terms.bands(settings, sheet.at.calendar, post, day)
        letters |= dict.fromkeys(stretches)
        rows.append((day, stretches, [one for one in planned if one.day == day]))
    # The lunch lies between the first two stretches.
    columns = sorted(letters, key=lambda one: "A~" if one == terms.NOON else one)
    table: list[tuple[Cell, ...]] = [
        (f"{day:%m-%d} {WEEK[day.weekday()]}", *(_cell(one, stretches, on_it, names, sheet) for one in columns))
        for day, stretches, on_it in rows
    ]
    headings = ("日期", *(("午间" if one == terms.NOON else f"{one} 班") for one in columns))
    phones = [
        one.whom.removesuffix(one.phone).strip() + f" {one.phone}"
        for one in listing.listed(settings, sheet.store)
        if one.phone
    ][:PHONES]
    fields = [("岗位", zh(terms.POSTS, post)), ("应急电话", "　".join(phones))]
    return Document(
        sheet.title, sheet.site, f"{month:%Y-%m}", fields, [],
        tables=[Table(zh(terms.POSTS, post), headings, table)],
        signatures=[("编制", sheet.at.who[shift.planned_by] if shift.planned_by else ""), ("审批", "")],
    )  # fmt: skip


def _cell(letter: str, stretches: terms.Bands, on_it: list[Shift], names: dict[str, str], sheet: Sheet) -> str:
    if letter not in stretches:
        return "—"
    there = "、".join(names.get(one.operator, one.operator) for one in on_it if letter in one.bands)
    begin, end = (sheet.at.calendar.local(one) for one in stretches[letter])
    return f"{begin:%H:%M}-{end:%H:%M} {there or ('空岗' if on_it else '')}".rstrip()


FORMS = {"roster": Form("值班表", _roster)}
