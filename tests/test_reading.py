"""Every read of people's data asks the right of whoever is at the desk, whichever way it is asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlmodel import col, select

from data.cases import Contact
from data.directory import Arrears, Occupancy, Person
from data.tables import models
from desk import cases, directory, journal, operators, passes, reports, search, systems
from desk.act import Desk
from desk.administration import staff, values
from desk.clocks import queueing
from desk.contacts import intake
from desk.ground.refusals import NotAllowed
from desk.passes import gate
from desk.systems import KEPT, SYSTEMS
from screens.cli.common import reading
from tests.conftest import SECRET, Clock
from tests.helpers import issue, take, unit

# Tables in which nobody is named who lives or calls here, or which an act, a sign-in or a draft reads for itself.
OF_NOBODY = {
    "building", "entrance", "unit", "journal", "counter", "request_done", "setting", "draft", "operator", "attempt",
    "clock", "clock_move", "clock_pause", "clock_extension", "holiday", "closed_sheet", "shift",
    "supply", "supply_move", "whole", "lost_numbers"}  # fmt: skip


def in_session(ask: Callable[[Any], Any]) -> Callable[[Desk], Any]:
    def run(desk: Desk) -> Any:
        with desk.read() as session:
            return ask(session)

    return run


def in_view(ask: Callable[[Any], Any]) -> Callable[[Desk], Any]:
    def run(desk: Desk) -> Any:
        with desk.look() as view:
            return ask(view)

    return run


def passes_page(desk: Desk) -> Any:
    with desk.read() as session:
        return passes.page(session, desk.now())


def order_of_queue(desk: Desk) -> Any:
    with desk.read() as session:
        return queueing.ids(session, desk.now())


def test_every_system_that_keeps_people_s_data_is_read_below() -> None:
    asked = {verb.partition(".")[0] for verb, _read in READS.values()}
    assert {name for name, system in SYSTEMS.items() if system.keeps} <= asked


READS: dict[str, tuple[str, Callable[[Desk], Any]]] = {
    "complaints": ("complaints.read", in_session(lambda s: cases.page(s, "complaints"))),
    "requests": ("requests.read", in_session(lambda s: cases.page(s, "requests"))),
    "repairs": ("repairs.read", in_session(lambda s: cases.page(s, "repairs"))),
    "emergencies": ("emergencies.read", in_session(lambda s: cases.page(s, "emergencies"))),
    "planned visits": ("rounds.read", in_session(lambda s: cases.page(s, "rounds"))),
    "hearings": ("hearings.read", in_session(lambda s: cases.page(s, "hearings"))),
    "handovers": ("handovers.read", in_session(lambda s: cases.page(s, "handovers"))),
    "the post book": ("postbook.read", in_session(lambda s: cases.page(s, "postbook"))),
    "quality": ("quality.read", in_session(lambda s: cases.page(s, "quality"))),
    "contacts": ("contacts.read", in_session(intake.page)),
    "one contact": ("contacts.read", in_session(lambda s: s.get(Contact, "LD26-000001-7"))),
    "arrears": ("fees.read", in_session(lambda s: s.exec(select(Arrears)).all())),
    "people": ("directory.read", in_session(lambda s: s.exec(select(Person)).all())),
    "names alone": ("directory.read", in_session(lambda s: s.exec(select(Person.name)).all())),
    "names of a home": (
        "directory.read",
        in_session(lambda s: s.exec(select(Person.name).join(Occupancy, col(Occupancy.person_id) == Person.id)).all()),
    ),
    "passes": ("passes.read", passes_page),
    "a pass at the gate": ("passes.read", lambda desk: gate.find(desk, "单小云")),
    "people search": ("directory.find", lambda desk: search.find(desk, "单小云")),
    "queue": ("clocks.read", in_session(lambda s: queueing.page(s, [1]))),
    "order of the queue": ("clocks.read", order_of_queue),
    "journal": ("journal.read", in_session(journal.latest)),
    "sheets": ("reports.read", lambda desk: reports.document(desk, reports.period(desk.calendar(), "day", desk.now()))),
    "site": ("site.read", in_view(values.values)),
    "operators": ("operators.read", in_view(staff.page)),
}


@pytest.mark.parametrize("name", READS)
def test_a_read_is_answered_to_whom_the_system_names_and_to_nobody_else(desk: Desk, name: str) -> None:
    take(desk)
    verb, ask = READS[name]
    with desk.store.reading() as session:
        everyone = {one.code: one.roles for one in operators.everyone(session)}
    for desk.operator, roles in everyone.items():
        if systems.may(roles, verb):
            ask(desk)
        else:
            with pytest.raises(NotAllowed):
                ask(desk)
    desk.operator = None
    with pytest.raises(NotAllowed):
        ask(desk)


def test_every_table_is_kept_by_a_system_or_names_nobody() -> None:
    assert set(KEPT) | OF_NOBODY == set(models())
    assert not set(KEPT) & OF_NOBODY
    assert all(SYSTEMS[verb.partition(".")[0]].reads for verbs in KEPT.values() for verb in verbs)


def test_somebody_disabled_reads_nothing_from_that_moment_on(desk: Desk) -> None:
    take(desk)
    with desk.act(operator="admin") as act:
        operators.disable(act, code="front")
    for _verb, ask in READS.values():
        with pytest.raises(NotAllowed):
            ask(desk)


def test_a_household_s_card_is_not_for_the_gate_but_the_pass_is(desk: Desk) -> None:
    number = issue(desk)
    desk.operator = "guard"
    assert gate.verdict(desk, number).number == number
    with desk.read() as session, pytest.raises(NotAllowed):
        directory.card(session, unit(desk), desk.now())


def test_the_command_line_reads_as_whoever_signed_in_and_as_nobody_else(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    take(desk)

    def signed_in_as_guard(at: Desk) -> Any:
        at.operator = "guard"
        return READS["complaints"][1](at)

    monkeypatch.setenv("DESK_LOGIN", str(tmp_path / "login.json"))
    monkeypatch.setenv("DESK_SECRET", SECRET)
    with pytest.raises(typer.Exit):
        reading(desk.store.path, "", READS["complaints"][1])
    assert len(reading(desk.store.path, "lead", READS["complaints"][1])) == 1
    with pytest.raises(NotAllowed):
        signed_in_as_guard(desk)
