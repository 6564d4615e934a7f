"""The site kept at the desk: every change with a reason, from a day on, and what it would move shown before."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.operators import Operator
from desk import choices, emergencies, journal, operators, passes, prompts, site, ticking
from desk.act import Desk
from desk.administration import changing, holidays, staff
from desk.administration.values import find, values
from desk.ground.refusals import Invalid, NotAllowed, NotFound, StateChanged
from desk.view import View
from screens.records import record_parts
from tests.conftest import TUESDAY, Clock
from tests.helpers import clock_of, grade, take, unit
from tests.test_screens import run, send, sign_in

OFFICE = "08:00-12:00,13:00-17:00"


def change(desk: Desk, key: str, value: str, operator: str = "admin", **more: str) -> None:
    with desk.act(operator=operator) as act:
        changing.change(act, number=key, value=value, **{"reason": "公司通知", **more})


def wrong(desk: Desk, key: str, value: str, operator: str = "admin", **more: str) -> Any:
    with pytest.raises((Invalid, NotAllowed, NotFound)) as caught:
        change(desk, key, value, operator, **more)
    return caught.value


def last(desk: Desk) -> Any:
    with desk.read() as session:
        return journal.latest(session, 1)[0]


async def choose_line(pilot: Any, room: str, key: str) -> None:
    """Go to a room and down to one of its lines."""
    pilot.app.action_room(room)
    await pilot.pause()
    await pilot.press("home")
    for _line in pilot.app.screen.rows:
        if pilot.app.screen.chosen == key:
            return
        await pilot.press("down")
    raise AssertionError(f"{key} is not in {room}")


def facts_of(desk: Desk, verb: str) -> str:
    """What the newest entry with a verb says."""
    with desk.read() as session:
        return next(entry.facts for entry in journal.latest(session, 50) if entry.verb == verb)


def test_a_site_that_is_open_on_saturdays_warns_of_a_saturday_complaint_on_saturday(desk: Desk, clock: Clock) -> None:
    change(desk, "hours:desk", f"Mon-Sat {OFFICE}")
    clock.now = TUESDAY + timedelta(days=4)
    record = take(desk).record
    promise = clock_of(desk, record, "T-11")
    assert desk.calendar().local(promise.due_at).strftime("%a %H:%M") == "Mon 17:00"
    early = desk.calendar().deadline(clock.now, "2 h", "duty").due
    assert desk.calendar().local(early).strftime("%a %H:%M") == "Sat 12:00"
    assert desk.calendar().worked(desk.calendar().local(clock.now).date())


def test_running_promises_keep_their_end_unless_the_change_says_that_they_move(desk: Desk) -> None:
    record = take(desk).record
    due = clock_of(desk, record, "T-11").due_at
    refused = wrong(desk, "hours:desk", "Mon-Fri 09:00-18:00")
    assert (refused.field, refused.values["count"] > 0) == ("running", True)
    change(desk, "hours:desk", "Mon-Fri 09:00-18:00", running="keep")
    assert clock_of(desk, record, "T-11").due_at == due
    change(desk, "hours:desk", "Mon-Fri 09:00-19:00", running="move")
    moved = clock_of(desk, record, "T-11")
    assert moved.due_at - due == timedelta(hours=2)
    with desk.read() as session:
        assert any(entry.verb == "clocks.recompute" for entry in journal.timeline(session, record))


def test_the_preview_names_what_would_move_and_writes_nothing(desk: Desk) -> None:
    record = take(desk).record
    desk.operator = "admin"
    with desk.look() as view:
        moved = changing.preview(view, find(view, "hours:desk"), {"value": "Mon-Fri 09:00-18:00", "since": ""})
        assert record in {one.clock.record for one in moved}
        assert changing.preview(view, find(view, "hours:desk"), {"value": "nonsense", "since": ""}) == []
    assert desk.calendar().hours(TUESDAY.date())[0][0].hour == 8


def test_hours_count_from_their_day_on_and_a_past_day_never_changes(desk: Desk, clock: Clock) -> None:
    desk.operator = "admin"
    assert wrong(desk, "hours:desk", f"daily {OFFICE}", since="2026-11-23").field == "since"
    change(desk, "hours:desk", f"daily {OFFICE}", since="2026-12-01", running="keep")
    calendar = desk.calendar()
    sunday, later = (
        calendar.local(TUESDAY).date() + timedelta(days=5),
        calendar.local(TUESDAY).date() + timedelta(days=12),
    )
    assert (calendar.hours(sunday), len(calendar.hours(later))) == ((), 2)
    with desk.look() as view:
        planned = changing.planned(view, find(view, "hours:desk"))
    assert [str(day) for day, _text in planned.values()] == ["2026-12-01"]
    with desk.act(operator="admin") as act:
        changing.withdraw(act, number="hours:desk", reason="取消")
    assert desk.calendar().hours(later) == ()
    with pytest.raises(StateChanged), desk.act(operator="admin") as act:
        changing.withdraw(act, number="hours:desk", reason="取消")


def test_a_choice_planned_for_a_later_day_takes_effect_by_itself_and_the_past_keeps_its_own(
    desk: Desk, clock: Clock
) -> None:
    change(desk, "choice:X-4", "S3", since="2026-12-01")
    with desk.read() as session:
        before = choices.value(session, desk.store.path, "X-4")
    clock.now = TUESDAY + timedelta(days=6, hours=14)
    assert desk.calendar().local(clock.now).strftime("%m-%d %H:%M") == "12-01 00:00"
    assert ticking.tick(desk) > 0
    with desk.read() as session:
        now = choices.value(session, desk.store.path, "X-4")
        assert choices.value_at(session, desk.store.path, "X-4", TUESDAY) == before
    assert now != before
    assert ticking.tick(desk) == 0


def test_a_planned_change_of_what_is_gone_is_taken_back_and_holds_nothing_up(desk: Desk, clock: Clock) -> None:
    with desk.act(operator="admin") as act:
        site.put(act.session, "later:2026-11-24:choice:X-999", '{"value": "S9", "running": "keep"}')
        act.record("site.plan", "choice:X-999")
    record = take(desk).record
    clock.forward(minutes=11)
    assert ticking.tick(desk) > 0
    assert facts_of(desk, "site.withdraw")
    with desk.read() as session:
        assert not any(key.startswith("later:") for key in site.settings(session))
        assert any(entry.verb == "clocks.breach" for entry in journal.timeline(session, record))


def test_a_standards_own_value_counts_for_what_begins_after_it(desk: Desk) -> None:
    old = take(desk).record
    change(desk, "standard:T-10", "20 min, always", running="keep")
    new = take(desk).record
    spans = [clock_of(desk, record, "T-10").due_at - clock_of(desk, record, "T-10").started_at for record in (old, new)]
    assert spans == [timedelta(minutes=10), timedelta(minutes=20)]
    assert clock_of(desk, new, "T-10").rule_version.endswith("*")
    change(desk, "hours:repairs", "daily 06:00-22:00", running="keep")
    change(desk, "standard:T-10", "1 h, duty:repairs", running="move")
    assert clock_of(desk, old, "T-10").calendar == "duty:repairs"
    change(desk, "standard:T-10", "10 min, always", running="move")
    with desk.read() as session:
        assert "standard:T-10" not in site.settings(session)


def test_single_days_are_kept_against_every_notice_and_taken_back(desk: Desk) -> None:
    change(desk, "day:2026-12-24", "closed|年会")
    day = TUESDAY.date().replace(month=12, day=24)
    assert desk.calendar().hours(day) == ()
    change(desk, "day:2026-12-24@", "", running="keep")
    assert len(desk.calendar().hours(day)) == 2


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("hours:desk", "whenever", "value"), ("site.zone", "Moon/Base", "value"), ("site.name", " ", "value"),
        ("site.name", "长" * 61, "value"), ("choice:X-4", "S9", "value"), ("standard:T-10", "soon", "value"),
        ("standard:T-10", "10 min, lunar", "value"), ("standard:T-10", "10 min, always", "value"),
        ("standard:N-1", "many", "value"), ("day:2026-13-01", "closed", "number"),
        ("day:2026-12-24@A b", "closed", "number"), ("day:2026-12-24", "later", "value"),
        ("working.days", "never", "value"), ("emergency.list", "安可 | call me", "value"),
        ("emergency.list", "安可 | 119 | fire", "value"), ("hours:Desk!", f"daily {OFFICE}", "number"),
        ("duty.usual", "08:00-12:00", "number"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_refused_at_its_field(desk: Desk, key: str, value: str, field: str) -> None:
    assert wrong(desk, key, value).field == field


def test_a_change_needs_a_reason_and_an_administrator(desk: Desk) -> None:
    assert wrong(desk, "site.name", "云杉花园", reason="  ").field == "reason"
    for operator in ("front", "guard", "lead", "company"):
        assert isinstance(wrong(desk, "site.name", "云杉花园", operator), NotAllowed)
    change(desk, "site.name", "云杉花园")
    assert '"reason": "公司通知"' in last(desk).facts.replace("\\u", "") or "云杉" in last(desk).facts


def test_whom_an_emergency_is_told_is_kept_at_the_desk_and_stays_out_of_the_journal(desk: Desk) -> None:
    change(desk, "emergency.list", "安可 | 13900008888 | fire lift\n白简 | 13900009999")
    said = json.loads(last(desk).facts)
    assert "13900008888" not in str(said)
    assert "安可" not in str(said)
    record = take(desk, "emergency", emergency="fire", place="3栋", promised_at=desk.now() + timedelta(hours=1)).record
    with desk.read() as session:
        assert [one.whom for one in emergencies.notices_of(session, record)] == ["安可", "白简"]
    change(desk, "emergency.list", "")
    with desk.look() as view:
        assert "安可" not in [one.whom for one in emergencies.to_tell(view, "fire")]


def test_the_sites_own_words_are_said(desk: Desk) -> None:
    change(desk, "prompt:greeting:en", "Welcome to {site}.")
    assert prompts.lines(desk, "greeting") == [f"Welcome to {_name(desk)}."]


def _name(desk: Desk) -> str:
    with desk.read() as session:
        return site.setting(session, "site.name")


def test_everything_that_can_be_set_says_where_it_comes_from_and_can_be_checked_again(desk: Desk) -> None:
    desk.operator = "admin"
    with desk.look() as view:
        for one in values(view):
            assert one.title
            if one.key.startswith(("choice:", "standard:")):
                assert any(one.lines), one.key
            if one.value and not one.key.startswith(("standard:", "notice:")):
                assert one.check(one.value) == one.value, one.key
            assert one.shows(one.value) is not None


@pytest.mark.clause("CMP-50")
def test_who_signs_for_a_department_is_somebody_it_names(desk: Desk) -> None:
    from desk import complaints

    record = take(desk).record
    grade(desk, record)
    with desk.act() as act:
        complaints.refer(act, number=record, department="cleaning")
    with desk.act(operator="lead") as act:
        complaints.sign(act, number=record, opinion="速办")
    with pytest.raises(NotAllowed), desk.act(operator="engineer") as act:
        complaints.receive(act, number=record)
    with desk.act(operator="admin") as act:
        staff.change(act, number="engineer", signs_for="cleaning", reason="兼管")
    with desk.act(operator="engineer") as act:
        assert complaints.receive(act, number=record).received_by == "engineer"


def test_an_operator_is_added_changed_shut_out_and_let_in_at_the_desk(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        staff.add(
            act,
            number="anke",
            name="安可",
            roles="receptionist",
            new_secret="long enough",
            again="long enough",
            department="customer_service",
            areas="3 5-1",
        )
    assert operators.prove(desk, "anke", "long enough").roles == "receptionist"
    with desk.act(operator="admin") as act:
        staff.change(act, number="anke", roles="customer_officer guard", department="-", reason="调岗")
    with desk.read() as session:
        assert operators.officers_of(session, "5-1-101") == ["anke"]
        assert operators.officers_of(session, "51-1-101") == []
    record = take(desk, unit_id=unit(desk, "5-1-101"), person_id=None, stranger="邻居").record
    text = "\n".join(part.plain for part in record_parts(desk, "complaints", record))
    assert "Area officer" in text
    assert "安可" in text
    assert "receptionist" in facts_of(desk, "operators.change")
    with desk.act(operator="admin") as act:
        staff.disable(act, number="anke", reason="离职")
    with pytest.raises(StateChanged), desk.act(operator="admin") as act:
        staff.disable(act, number="anke", reason="离职")
    with desk.act(operator="admin") as act:
        staff.enable(act, number="anke", reason="复职")
    with pytest.raises(StateChanged), desk.act(operator="admin") as act:
        staff.enable(act, number="anke", reason="复职")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"roles": "king"}, "roles"), ({"roles": "receptionist"}, "roles"), ({"department": "kitchen"}, "department"),
        ({"signs_for": "kitchen"}, "signs_for"), ({"name": "长" * 41}, "name"),
    ],
)  # fmt: skip
def test_an_operator_cannot_become_what_does_not_exist_nor_the_last_administrator_less(
    desk: Desk, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as caught, desk.act(operator="admin") as act:
        staff.change(act, number="admin", reason="试", **values)
    assert caught.value.field == field


async def test_an_administrator_sets_other_hours_at_the_desk_and_sees_what_they_would_move(
    desk: Desk, clock: Clock
) -> None:
    record = take(desk).record
    app = run(desk, clock)
    async with app.run_test(size=(130, 40)) as pilot:
        await sign_in(pilot, "admin")
        await choose_line(pilot, "site", "hours:desk")
        await pilot.press("e")
        await pilot.pause()
        form = app.screen.form
        form.widget("value").text = "Mon-Fri 09:00-18:00"
        form.widget("reason").value = "公司通知"
        await pilot.press("f9")
        await pilot.pause()
        assert "running promises" in str(app.screen.query_one("#wrong-running").render())
        form.widget("running").focus()
        await send(app, "2")
        await pilot.pause()
        assert record in str(app.screen.query_one("#known").render())
        await pilot.press("f9")
        await pilot.pause()
        await pilot.pause()
    with desk.read() as session:
        assert f"hours:desk@{desk.calendar().local(TUESDAY).date()}" in site.settings(session)


async def test_a_new_operator_is_added_at_the_desk(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "admin")
        app.action_room("operators")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        form = app.screen.form
        for name, text in {
            "number": "anke",
            "name": "安可",
            "roles": "guard",
            "new_secret": "long enough",
            "again": "long",
        }.items():
            form.widget(name).value = text
        await pilot.press("f9")
        await pilot.pause()
        assert str(app.screen.query_one("#wrong-again").render())
        form.widget("again").value = "long enough"
        await pilot.press("f9")
        await pilot.pause()
        await pilot.pause()
        assert app.screen.chosen == "anke"
    assert operators.prove(desk, "anke", "long enough").name == "安可"


@pytest.mark.clause("REL-19")
async def test_small_goods_of_the_sites_own_need_no_pass(desk: Desk, clock: Clock) -> None:
    change(desk, "goods.small", "雨伞架 折叠椅")
    with desk.look() as view:
        small = view.settings[site.SMALL]
    with pytest.raises(Invalid, match="small goods"):
        passes.parse_items("折叠椅 2", small)
    assert passes.parse_items("折叠椅 2") == passes.parse_items("折叠椅 2\n", "雨伞架")


def test_the_next_years_notice_stands_in_the_room_with_what_rests_on_it(desk: Desk, clock: Clock) -> None:
    def row(year: int) -> str:
        desk.operator = "admin"
        with desk.look() as view:
            one = find(view, f"notice:{year}")
        desk.operator = "front"
        return f"{one.value} {one.lines[-1]}"

    assert row(2026).startswith("as it is shipped")
    assert row(2027).startswith("not there yet")
    clock.now = TUESDAY + timedelta(days=37)
    take(desk)
    assert "1 running promises are provisional." in row(2027)
    assert wrong(desk, "notice:2027", "x").field == "value"
    days = [(date(2027, 1, day), True, "元旦") for day in (1, 2, 3)]
    with desk.act(operator="admin") as act:
        holidays.take_in(act, notice=holidays.Notice(2027, days))
    assert row(2027).startswith("3 days")
    assert "running promises" not in row(2027)


def test_a_plan_that_cannot_be_reckoned_stops_no_tick(desk: Desk, clock: Clock) -> None:
    assert wrong(desk, "standard:T-10", "5 min before, always").field == "value"
    assert wrong(desk, "standard:complaint.repeats", "0 in 0 days").field == "value"
    with desk.act(operator="admin") as act:
        changing.add_calendar(act, calendar="x", value="02-29..02-29 Mon 08:00-09:00", reason="试")
    assert wrong(desk, "standard:T-10", "3000 h, duty:x").field in ("value", "within")
    record = take(desk).record
    with desk.act(operator="admin") as act:
        key = "later:2026-11-24:standard:T-10"
        site.put(act.session, key, '{"value": "3000 h, duty:x", "running": "move"}')
        act.record("site.plan", "standard:T-10")
    clock.forward(minutes=11)
    assert ticking.tick(desk) > 0
    with desk.read() as session:
        assert any(entry.verb == "clocks.breach" for entry in journal.timeline(session, record))


def test_an_end_that_was_kept_is_not_moved_by_what_has_nothing_to_do_with_it(desk: Desk) -> None:
    record = take(desk).record
    kept = clock_of(desk, record, "T-11").due_at
    change(desk, "hours:desk", "Mon-Fri 09:00-19:00", running="keep")
    with desk.act(operator="admin") as act:
        changing.set_day(act, day="2027-06-15", value="closed", reason="检修")
        holidays.take_in(act, notice=holidays.Notice(2027, [(date(2027, 1, 1), True, "元旦")]))
    assert clock_of(desk, record, "T-11").due_at == kept


def test_a_calendar_of_its_own_has_the_desks_hours_before_its_first_day(desk: Desk) -> None:
    with desk.act(operator="admin") as act:
        changing.change(act, number="hours:repairs", value="daily 07:00-20:00", since="2027-01-04", reason="试")
        with pytest.raises(Invalid) as caught:
            changing.add_calendar(act, calendar="desk", value="daily 07:00-20:00", reason="试")
        assert caught.value.field == "calendar"
        for day, name in (("2026-11-23", ""), ("2026-12-24", "nobody")):
            with pytest.raises(Invalid):
                changing.set_day(act, day=day, value="closed", calendar=name, reason="试")
    calendar = desk.calendar()
    day = calendar.local(TUESDAY).date()
    assert calendar.hours(day, "duty:repairs") == calendar.hours(day)


def test_a_reason_keeps_no_number_of_anybody(desk: Desk) -> None:
    change(desk, "site.name", "云栖里", reason="业主 13900001111 要求，证号110101199001010015")
    assert "13900001111" not in last(desk).facts
    assert "110101199001010015" not in last(desk).facts


def test_an_operator_changes_from_a_day_on_by_itself_with_the_reason_and_a_plan_is_taken_back(
    desk: Desk, clock: Clock
) -> None:
    def roles(code: str) -> str:
        with desk.read() as session:
            return next(one for one in operators.everyone(session) if one.code == code).roles

    tomorrow = str((desk.calendar().local(clock.now) + timedelta(days=1)).date())
    with desk.act(operator="admin") as act:
        staff.change(act, number="guard", roles="receptionist", since=tomorrow, reason="调到前台")
        staff.disable(act, number="finance", since=tomorrow, reason="离职")
        staff.change(act, number="chief", name="陈工", since=tomorrow, reason="改名")
    assert (roles("guard"), "改名" in facts_of(desk, "operators.plan")) == ("guard", True)
    with desk.look() as view:
        assert staff.planned(view, staff.get(view, "guard"))[0][1]["roles"] == "receptionist"
        assert left_alone(view, "lead", roles="supervisor guard") == {}
        assert set(left_alone(view, "finance")) == {"finance"}
    with desk.act(operator="admin") as act:
        staff.withdraw(act, number="chief", reason="弄错了")
    with pytest.raises(StateChanged), desk.act(operator="admin") as act:
        staff.withdraw(act, number="chief", reason="弄错了")
    ticking.tick(desk)
    assert roles("guard") == "guard"
    clock.forward(days=1)
    ticking.tick(desk)
    assert roles("guard") == "receptionist"
    assert "调到前台" in facts_of(desk, "operators.change")
    with desk.read() as session:
        assert {one.code for one in operators.everyone(session) if one.disabled} == {"finance"}
        assert next(one for one in operators.everyone(session) if one.code == "chief").name != "陈工"
    for change in (
        lambda act: staff.change(act, number="guard", roles="guard", reason=" "),
        lambda act: staff.disable(act, number="guard", reason=""),
        lambda act: staff.enable(act, number="finance", reason=""),
    ):
        with pytest.raises(Invalid) as caught, desk.act(operator="admin") as act:
            change(act)
        assert caught.value.field == "reason"
    with pytest.raises(Invalid) as past, desk.act(operator="admin") as act:
        staff.change(act, number="guard", name="老李", since="2020-01-01", reason="改名")
    assert past.value.field == "since"


def left_alone(view: View, code: str, roles: str = "-") -> dict[str, int]:
    return staff.left_alone(view, staff.get(view, code), roles)


async def test_shutting_out_the_last_of_a_post_says_which_promises_wait_for_one(desk: Desk, clock: Clock) -> None:
    take(desk, "emergency", what="困人", emergency="lift", place="5栋", promised_at=desk.now() + timedelta(hours=1))
    app = run(desk, clock)
    async with app.run_test(size=(130, 40)) as pilot:
        await sign_in(pilot, "admin")
        await choose_line(pilot, "operators", "lead")
        await pilot.press("x")
        await pilot.pause()
        assert "nobody else is supervisor: 4 running" in str(app.screen.query_one("#known").render())
        await pilot.press("f9")
        await pilot.pause()
        assert str(app.screen.query_one("#wrong-reason").render())


def test_a_notice_shows_before_which_promises_it_would_move(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    record = take(desk, "suggestion", what="电梯里装镜子").record
    due = clock_of(desk, record, "suggestion.decide").due_at
    day = desk.calendar().local(due).date()
    days = [{"date": str(day + timedelta(days=n)), "isOffDay": True, "name": "假"} for n in range(12)]
    file = tmp_path / "notice.json"
    file.write_text(json.dumps({"year": day.year, "days": days}))
    notice = holidays.read_file(str(file))
    with desk.look() as view:
        moved = {one.clock.rule: one.deadline.due for one in holidays.preview(view, notice)}
    assert clock_of(desk, record, "suggestion.decide").due_at == due
    with desk.act(operator="admin") as act:
        holidays.take_in(act, notice=notice)
    assert moved
    assert {rule: clock_of(desk, record, rule).due_at for rule in moved} == moved


def test_what_is_planned_for_a_later_day_moves_only_what_still_runs_then(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    due = clock_of(desk, record, "T-11").due_at
    later = str(desk.calendar().local(due).date() + timedelta(days=30))
    desk.operator = "admin"
    with desk.look() as view:
        known = find(view, "standard:T-11")
        assert record in {one.clock.record for one in changing.preview(view, known, {"value": "5 min, always"})}
        assert changing.preview(view, known, {"value": "5 min, always", "since": later}) == []
    desk.operator = "front"
    change(desk, "standard:T-11", "5 min, always", since=later)
    tomorrow = str(desk.calendar().local(clock.now).date() + timedelta(days=1))
    long = take(desk, "suggestion", what="电梯里装镜子").record
    assert clock_of(desk, long, "suggestion.decide").due_at.date() > clock.now.date()
    assert wrong(desk, "standard:suggestion.decide", "5 min, always", since=tomorrow).field == "running"


def test_a_calendar_made_by_mistake_is_removed_unless_something_counts_on_it(desk: Desk, clock: Clock) -> None:
    def add(name: str, **more: str) -> None:
        with desk.act(operator="admin") as act:
            changing.add_calendar(act, calendar=name, value="daily 08:00-20:00", reason="维修自有排班", **more)

    def remove(key: str) -> Any:
        with desk.act(operator="admin") as act:
            changing.remove_calendar(act, number=key, reason="打错了")

    tomorrow = str(desk.calendar().local(clock.now).date() + timedelta(days=1))
    add("repiars")
    add("guards", since=tomorrow)
    assert desk.calendar().worked(date(2026, 11, 28), "duty:repiars")
    remove("hours:repiars")
    with desk.read() as session:
        assert not any("repiars" in key for key in site.settings(session))
        assert any(key == f"hours:guards@{tomorrow}" for key in site.settings(session))
    add("repairs")
    change(desk, "standard:T-11", "4 h, duty:repairs", running="keep")
    for key in ("hours:desk", "hours:repairs", "site.name"):
        with pytest.raises(StateChanged):
            remove(key)
    record = take(desk).record
    change(desk, "standard:T-11", "2 h, always", running="keep")
    assert clock_of(desk, record, "T-11").calendar == "duty:repairs"
    with pytest.raises(StateChanged):
        remove("hours:repairs")


def test_two_plans_of_one_day_are_one_and_one_that_cannot_be_changes_nothing(desk: Desk, clock: Clock) -> None:
    def plan(code: str, **said: str) -> None:
        with desk.act(operator="admin") as act:
            staff.change(act, number=code, reason="调整", **said)

    def one(code: str) -> Operator:
        with desk.read() as session:
            return next(who for who in operators.everyone(session) if who.code == code)

    tomorrow, later = (str(desk.calendar().local(clock.now).date() + timedelta(days=n)) for n in (1, 3))
    plan("guard", roles="receptionist", since=tomorrow)
    plan("guard", department="customer_service", since=tomorrow)
    plan("guard", roles="guard", since=later)
    plan("lead", roles="supervisor administrator")
    plan("lead", name="改名", roles="supervisor", since=tomorrow)
    with desk.act(operator="lead") as act:
        staff.disable(act, number="admin", reason="离职")
    was = one("lead").name
    clock.forward(days=1)
    ticking.tick(desk)
    assert (one("guard").roles, one("guard").department) == ("receptionist", "customer_service")
    assert (one("lead").name, one("lead").roles) == (was, "supervisor administrator")
    clock.forward(days=2)
    ticking.tick(desk)
    assert one("guard").roles == "guard", "a stand-in ends by itself"


def test_what_is_planned_with_its_promises_moves_none_that_was_missed_before(desk: Desk, clock: Clock) -> None:
    record = take(desk).record
    due = clock_of(desk, record, "T-10").due_at
    tomorrow = str(desk.calendar().local(clock.now).date() + timedelta(days=1))
    change(desk, "standard:T-10", "30 days, always", since=tomorrow, running="move")
    clock.forward(days=1)
    ticking.tick(desk)
    assert clock_of(desk, record, "T-10").due_at == due
