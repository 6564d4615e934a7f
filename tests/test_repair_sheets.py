"""Repairs and visits on sheets: what came in went out or is open, each figure by its definition, past days stand."""

import json
import random
import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from desk import followups, mending, repairs, reports, rounds
from desk.act import Desk
from desk.paper.document import Document
from desk.reports import balance, mended
from tests.conftest import Clock
from tests.helpers import FIVE, planned, take
from tests.test_rounds import OK, repaired

HOURS = timedelta(hours=1)


def sheet(desk: Desk, kind: str = "day", back: int = 0) -> Document:
    day = desk.calendar().local(desk.now()).date() - timedelta(days=back)
    return reports.document(desk, reports.period(desk.calendar(), kind, day))


def rows(found: Document, title: str) -> dict[str, tuple[Any, ...]]:
    for table in found.tables:
        if table.title == title:
            return {str(row[0]): tuple(row[1:]) for row in table.rows}
    return {}


def visit(desk: Desk, number: str, satisfied: str = "yes", **said: str) -> None:
    with desk.act() as act:
        followups.visit(act, number=number, system="repairs", how="phone", satisfied=satisfied, **FIVE, **said)


def test_the_day_s_movement_balances_and_is_named_by_how_each_ended(desk: Desk) -> None:
    repaired(desk), repaired(desk)
    angry = repaired(desk, "dissatisfied")
    visit(desk, angry, "no")
    given_up = take(desk, "repair").record
    with desk.act() as act:
        repairs.close(act, number=given_up, outcome="不修了")
    take(desk, "repair")
    found = rows(sheet(desk), "Repairs")
    names = ("carried over", "new", "opened again", "done and filed", "given up", "still open")
    assert [found[name][0] for name in names] == [0, 5, 1, 3, 1, 2]
    assert found["balance"] == ("✓",)


def test_a_sheet_that_does_not_balance_says_so(desk: Desk) -> None:
    found = balance.Events()
    found.by[mended.REGISTER].append(("BX", desk.now(), {}))
    table = balance.table(balance.REPAIRS, found, [], [])
    assert str(dict(table.rows)["balance"]).startswith("▲ 1 came, 0 went")


def test_each_figure_has_its_definition_and_what_it_is_divided_by(desk: Desk) -> None:
    good, angry, quiet = repaired(desk), repaired(desk, "dissatisfied"), repaired(desk, "none")
    visit(desk, angry, "no", on_time="no")
    visit(desk, quiet, on_time="yes")
    found = rows(sheet(desk), "Repairs in figures")
    assert found["right first time: the owner satisfied, not opened again, %"] == (50.0, 2)
    assert found["right first time: one way to the door, not opened again, %"] == (66.7, 3)
    assert found["on time by the owner's word, %"] == (50.0, 2)
    assert found["on time by the order, %"][1] == 3
    assert found["first copies out"][0] == 0
    assert rows(sheet(desk), "Finished by") == {"Engineer": (3,)}
    again = rows(sheet(desk), "Repairs that came again within 30 days")
    assert again["‼ 3-2-1502 water and drains"][0] == 3
    assert good


@pytest.mark.clause("RV-8")
def test_visits_stand_by_kind_with_base_and_target(desk: Desk) -> None:
    quiet = repaired(desk, "none")
    missed, _other = repaired(desk), repaired(desk)
    repaired(desk, area="public")
    with desk.act() as act:
        followups.attempt(act, number=missed, system="repairs", how="phone")
    special = repaired(desk, sort="special")
    visit(desk, quiet)
    visit(desk, special)
    found = rows(sheet(desk), "Visits by kind")
    assert found["small repairs filed for a home"] == (33.3, 1, 3, ">= 30 %")
    assert found["special services filed"] == (100.0, 1, 1, ">= 30 %")
    assert "homes lived in, this year so far" not in found
    number = planned(desk)
    with desk.act() as act:
        rounds.meet(act, number=number, **OK)
    homes = rows(sheet(desk, "month"), "Visits by kind")["homes lived in, this year so far"]
    assert (homes[1], homes[3]) == (1, "100 %")


@pytest.mark.clause("RPT-1", "RV-21")
def test_the_month_lists_every_visit_with_what_was_said_and_became_of_it(desk: Desk) -> None:
    number, missed = planned(desk), planned(desk)
    with desk.act() as act:
        rounds.meet(act, number=number, **{**OK, "suggestions": "多种桂花"}, raised="门禁坏了", becomes="repair")
        rounds.meet(act, number=missed, reached="no", how="phone")
    found = next(table for table in sheet(desk, "month").tables if table.title == "Every visit").rows
    assert [row[1] for row in found] == [number, missed]
    assert (found[0][2], found[0][5]) == ("3-2-1502", "satisfied")
    assert "Suggestions: 多种桂花" in str(found[0][6])
    assert str(found[0][7])[:2] == "BX"
    assert found[1][5] == "reached nobody"
    assert not [table for table in sheet(desk, "week").tables if table.title == "Every visit"]


@pytest.mark.clause("RPT-12", "RPT-19", "RV-32", "RV-52")
def test_the_year_lists_visits_by_class_and_what_is_unsolved(desk: Desk) -> None:
    number = planned(desk)
    visit(desk, repaired(desk, "none"))
    with desk.act() as act:
        rounds.meet(act, number=number, **OK)
        rounds.report(act, number=number, unsolved="地库渗水")
    year = sheet(desk, "year")
    assert rows(year, "The year's visits by class") == {"planned visits": (1, 1, 1), "repairs": (1, 1, 1)}
    assert rows(year, "Not solved yet")[number][2] == "地库渗水"
    with desk.act(operator="project") as act:
        rounds.solve(act, number=number, text="已修", solved="yes")
    assert rows(sheet(desk, "year"), "Not solved yet") == {}


@pytest.mark.clause("RPT-9", "RV-29")
def test_the_week_says_how_many_complaints_that_fell_due_were_visited(desk: Desk, clock: Clock) -> None:
    from tests.helpers import close
    from tests.helpers import visit as of_complaint

    first, second = take(desk).record, take(desk).record
    close(desk, first), close(desk, second)
    of_complaint(desk, first)
    clock.forward(days=2)
    found = rows(sheet(desk, "week"), "Rates")["return visits made, of those that fell due"]
    assert found == (50.0, 2, "100 %")


def test_random_days_balance_and_a_past_day_never_changes(desk: Desk, clock: Clock) -> None:
    chance, kept, unhappy = random.Random(7), [], []
    for _day in range(6):
        for number in unhappy:
            visit(desk, number, "no")
        unhappy = []
        for _order in range(chance.randrange(1, 4)):
            number = repaired(desk, chance.choice(("satisfied", "dissatisfied", "none")))
            if chance.random() < 0.4:
                visit(desk, number, chance.choice(("yes", "no")))
            else:
                unhappy.append(number)
        if chance.random() < 0.7:
            take(desk, "repair")
        found = sheet(desk)
        assert rows(found, "Repairs")["balance"] == ("✓",)
        wanted = ("Repairs", "Repairs in figures", "Finished by", "Visits by kind")
        kept.append([table for table in found.tables if table.title in wanted])
        clock.forward(days=1)
    for back, before in enumerate(reversed(kept), 1):
        titles = [table.title for table in before]
        now = [table for table in sheet(desk, back=back).tables if table.title in titles]
        assert now == before


def test_what_is_mended_or_ordered_later_changes_no_sheet_of_a_past_day(desk: Desk, clock: Clock) -> None:
    title = "Repairs that came again within 30 days"
    first = take(desk, "repair", what="水龙头漏水").record
    second = take(desk, "repair", what="水龙头又漏水").record
    third = take(desk, "repair", what="水龙头还漏水").record
    before = rows(sheet(desk), title)
    assert before["‼ 3-2-1502 water and drains"][0] == 3
    clock.forward(days=1)
    with desk.act() as act:
        mending.mend(act, "repairs", number=first, room="3-2-1503", reason="报错了")
        mending.mend(act, "repairs", number=second, what="灯不亮", reason="听错了")
        repairs.order(act, number=third, area="public", spot="大堂")
    assert rows(sheet(desk, back=1), title) == before
    assert rows(sheet(desk), title) == {}, "today each is what it says today"


def test_the_same_home_and_kind_of_work_again_within_thirty_days_is_a_repeat(desk: Desk, clock: Clock) -> None:
    title = "Repairs that came again within 30 days"
    take(desk, "repair", what="水龙头漏水")
    clock.forward(days=31)
    take(desk, "repair", what="水龙头漏水")
    assert rows(sheet(desk), title) == {}
    clock.forward(days=30)
    take(desk, "repair", what="水龙头漏水")
    assert rows(sheet(desk), title)["3-2-1502 water and drains"][0] == 2
    clock.forward(days=1)
    take(desk, "repair", what="水龙头漏水")
    assert rows(sheet(desk), title)["3-2-1502 water and drains"][0] == 2, "the first of the three is too long ago"


def test_the_movement_is_what_the_raw_journal_says(desk: Desk) -> None:
    repaired(desk), repaired(desk, "dissatisfied"), take(desk, "repair")
    raw = sqlite3.connect(f"file:{desk.store.path}?mode=ro", uri=True)
    counted = dict(
        raw.execute("SELECT verb, count(*) FROM journal WHERE verb LIKE 'repairs.%' GROUP BY verb").fetchall()
    )
    still = raw.execute("SELECT count(*) FROM repair WHERE state NOT IN ('closed', 'archived')").fetchone()[0]
    found = rows(sheet(desk), "Repairs")
    assert (found["new"][0], found["done and filed"][0], found["still open"][0]) == (
        counted["repairs.register"], counted["repairs.file"], still,
    )  # fmt: skip
    facts = raw.execute("SELECT facts FROM journal WHERE verb = 'repairs.complete'").fetchone()[0]
    assert json.loads(facts)["worker"] == "engineer"
