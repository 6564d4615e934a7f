"""The work log of a day: every visit and call, what waits, posts and events, as they were when the day was over."""

from datetime import date, timedelta

import pytest

from desk import reports
from desk.act import Desk
from desk.contacts import converting, intake
from desk.ground.refusals import NotAllowed
from desk.handovers import life
from desk.paper.document import Table, to_pdf
from desk.postbook import life as book
from desk.reports import worklog
from tests.conftest import Clock
from tests.helpers import do, take
from tests.test_duty import at, come
from tests.test_handovers import hand, night
from tests.test_screens import run, sign_in, text_of


def log(desk: Desk, day: int = 24) -> dict[str, Table]:
    desk.operator = "front"
    span = reports.period(desk.calendar(), "day", date(2026, 11, day))
    return {table.title: table for table in worklog.document(desk, span).tables}


@pytest.mark.clause("INT-15", "DUT-5")
def test_every_visit_and_call_of_the_day_stands_in_the_log_with_what_became_of_it(desk: Desk, clock: Clock) -> None:
    repair, question = take(desk, "repair"), take(desk, "question", answer="八点")
    take(desk, "complaint")
    at(desk, clock, 9, day=25)
    take(desk, "complaint")
    rows = log(desk)["Visits and calls"].rows
    assert len(rows) == 3
    assert rows[0][0] == "10:00"
    assert (rows[0][1], rows[0][6]) == (repair.contact, repair.record)
    assert rows[1][6] == "八点"
    assert "3-2-1502" in str(rows[0][3])
    done = {row[3] for row in log(desk)["What was done"].rows}
    assert {repair.contact, repair.record, question.contact} <= done


@pytest.mark.clause("DUT-6", "REP-18")
def test_what_waits_stands_in_the_log_of_its_day_for_good_though_it_became_a_record_since(
    desk: Desk, clock: Clock
) -> None:
    taken = night(desk, clock).contact
    left = "Left to the next duty day"
    assert log(desk)[left].rows[0][3:] == ("厨房水管滴水", "夜间，非紧急")
    at(desk, clock, 9, day=25)
    do(desk, "front", converting.convert, taken)
    assert [row[0] for row in log(desk)[left].rows] == [taken]
    assert log(desk)["Visits and calls"].rows[0][6] == "waits"
    assert left not in log(desk, 25)


def test_posts_events_and_handovers_stand_in_the_log_and_it_is_a_page(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    number = hand(desk, "front", "lead", remark="雨天")
    with desk.act(operator="guard") as act:
        entry = book.write(act, what="车库积水", handled="已抽干").number
    found = log(desk)
    assert found["Handovers"].rows[0][1:2] + found["Handovers"].rows[0][6:] == (number, "雨天")
    assert [row[1] for row in found["Post book"].rows] == [entry]
    span = reports.period(desk.calendar(), "day", desk.calendar().local(clock.now).date())
    assert to_pdf(worklog.document(desk, span)).startswith(b"%PDF")


def test_the_log_is_for_whom_sheets_are(desk: Desk) -> None:
    span = reports.period(desk.calendar(), "day", desk.calendar().local(desk.now()).date())
    desk.operator = "guard"
    with pytest.raises(NotAllowed):
        worklog.document(desk, span)


async def test_the_log_is_read_in_the_room_of_sheets_and_left_again(desk: Desk, clock: Clock) -> None:
    take(desk, "repair")
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        app.action_room("reports")
        await pilot.pause()
        await pilot.press("l")
        await pilot.pause()
        assert "Work log" in text_of(app)
        assert "Visits and calls" in text_of(app)
        await pilot.press("d")
        await pilot.pause()
        assert "Work log 2026" not in text_of(app)


def test_what_was_handled_taken_and_answered_on_another_day_is_not_of_this_one(desk: Desk, clock: Clock) -> None:
    come(desk, "front")
    asked = take(desk, "question", promised_at=clock.now + timedelta(days=2)).contact
    with desk.act(operator="guard") as act:
        entry = book.write(act, what="车库积水").number
    at(desk, clock, 16, 50)
    with desk.act(operator="front") as act:
        handover = life.offer(act, goes_to="tomorrow").number
    before = log(desk)
    at(desk, clock, 8, 5, day=25)
    do(desk, "lead", life.take, handover)
    do(desk, "guard", book.handle, entry, handled="已抽干")
    do(desk, "front", intake.answer, asked, text="八点")
    after = log(desk)
    for title in ("Visits and calls", "Handovers", "Post book"):
        assert after[title].rows == before[title].rows, title
    assert before["Handovers"].rows[0][4:6] == ("", "waits for its taker")
