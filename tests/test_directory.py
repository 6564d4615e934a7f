import pytest
from cryptography.exceptions import InvalidTag

from data.directory import Person
from desk import directory, search
from desk.act import Desk
from desk.ground import idcards, pinyin, rooms
from desk.ground.refusals import Invalid, NotAllowed
from tests.helpers import person, unit


@pytest.mark.parametrize(
    "fragment",
    ["单", "小云", "云", "shan", "sxy", "shanxiaoyun", "xiaoyun", "3-2-1502", "3栋2单元1502", "3幢2单元1502室", "1502",
     "0001111", "1111", "139000011", "沪Q12345", "q123", "2345", " SXY ", "321502"],
)  # fmt: skip
def test_any_fragment_finds_the_resident(desk: Desk, fragment: str) -> None:
    assert "单小云" in [one.name for one in search.find(desk, fragment)]


@pytest.mark.parametrize("fragment", ["", "  ", "danxiaoyun", "9999", "%", "_", "'; DROP TABLE unit; --", "\x1b[31m"])
def test_what_means_nobody_finds_nobody(desk: Desk, fragment: str) -> None:
    assert search.find(desk, fragment) == []


def test_an_empty_flat_is_found_by_its_room(desk: Desk) -> None:
    assert [(one.unit, one.person_id) for one in search.find(desk, "5-1-101")] == [("5-1-101", None)]


@pytest.mark.parametrize(
    ("name", "first"),
    [("单小云", "shan"), ("曾立", "zeng"), ("仇青", "qiu"), ("解语", "xie"), ("区宁", "ou"), ("朴安", "piao"),
     ("查明", "zha"), ("任远", "ren"), ("尉迟恒", "yu"), ("长孙芝", "zhang"), ("冼星", "xian")],
)  # fmt: skip
def test_surnames_read_as_surnames(name: str, first: str) -> None:
    assert pinyin.readings(name)[0][0] == first


def test_a_surname_with_two_readings_is_found_by_both() -> None:
    assert {"qinlan", "tanlan", "ql", "tl"} <= pinyin.terms("覃兰")


def test_a_search_reads_the_range_of_an_index(desk: Desk) -> None:
    with desk.read() as session:
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT unit_id FROM search_term WHERE term >= 'a' AND term < 'b' ORDER BY term LIMIT 9"
        )
        assert "search_term_range" in str(plan.fetchall())


def test_room_spellings_are_one(desk: Desk) -> None:
    for text in ("3-2-1502", "3栋2单元1502", "3号楼2单元1502室", "3座2门1502号", "1502"):
        with desk.read() as session:
            assert directory.unit_by_label(session, text).label == "3-2-1502"
    assert rooms.label("3栋", "", "商铺5") == "3-商铺5"


@pytest.mark.clause("ARC-12", "ARC-13", "ARC-3")
def test_the_card_shows_the_household_and_hides_the_id_number(desk: Desk) -> None:
    with desk.read() as session:
        card = directory.card(session, unit(desk), desk.now())
    owner = card.members[0]
    assert (owner.name, owner.relation, owner.phones, owner.workplace) == (
        "单小云",
        "owner",
        ["13900001111"],
        "云栖小学",
    )
    assert owner.id_masked == "1101**********0015"
    assert card.vehicles == ["沪Q12345"]


def test_showing_an_id_number_is_an_act_with_a_reason(desk: Desk) -> None:
    who = person(desk)
    with pytest.raises(Invalid), desk.act() as act:
        directory.show_id_card(act, person_id=who, reason=" ")
    with pytest.raises(NotAllowed), desk.act(operator="guard") as act:
        directory.show_id_card(act, person_id=who, reason="x")
    with desk.act() as act:
        assert directory.show_id_card(act, person_id=who, reason="核对 110101199001010015") == "110101199001010015"
    assert b"110101199001010015" not in desk.store.path.read_bytes()


def test_a_sealed_number_opens_for_no_other_row(desk: Desk) -> None:
    with desk.read() as session:
        sealed = session.get_one(Person, person(desk)).id_card_sealed or b""
    with pytest.raises(InvalidTag):
        idcards.unseal(desk.store.keys, sealed, "person:999")


def test_id_numbers_are_masked_wherever_they_stand() -> None:
    assert idcards.mask_inside("证件110101199001010015。") == "证件1101**********0015。"
    assert not idcards.checksum_right("110101199001010014")
    assert idcards.checksum_right("11010119900101001X") is False
