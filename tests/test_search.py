"""Search finds what people type, however they type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import delete

from data.directory import SearchTerm
from desk import roster, search
from desk.act import SYSTEM, Desk
from desk.ground import pinyin, rooms
from desk.ground.refusals import NotAllowed
from desk.passes import gate
from desk.roster import Household, Plan, Resident
from tests.helpers import issue

PEOPLE = [
    Resident("吕思", "owner", phones=("13900001502", "05928880150")),
    Resident("李茜", "family"),
    Resident("王乐", "family"),
    Resident("艾尔肯·买买提", "tenant"),
    Resident("Anna Lee", "family"),
    Resident("Rory O’Brien", "family"),
    Resident("单女", "family"),
]


@pytest.fixture
def site(desk: Desk) -> Desk:
    plan = Plan()
    home = Household("88弄12号", "", "301", people=PEOPLE, plates=[("闽DA1502", "吕思")])
    plan.households[home.label] = home
    with desk.act(operator=SYSTEM) as act:
        roster.apply(act, plan=plan)
    return desk


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lyus", "吕思"), ("lvs", "吕思"), ("lus", "吕思"), ("lvsi", "吕思"), ("lixi", "李茜"), ("liqian", "李茜"),
        ("wangyue", "王乐"), ("wangle", "王乐"), ("wy", "王乐"), ("wl", "王乐"), ("艾尔肯•买买提", "艾尔肯·买买提"),
        ("艾尔肯・买买提", "艾尔肯·买买提"), ("艾尔肯买买提", "艾尔肯·买买提"),
        ("买买提", "艾尔肯·买买提"), ("ａｎｎａ", "Anna Lee"),
        ("ANNA LEE", "Anna Lee"), ("ｌｅｅ", "Anna Lee"), ("139-0000-1502", "吕思"), ("139 0000 1502", "吕思"),
        ("+8613900001502", "吕思"), ("+86 139-0000-1502", "吕思"),
        ("8613900001502", "吕思"), ("008613900001502", "吕思"),
        ("139-0000-15", "吕思"), ("１３９００００１５０２", "吕思"), ("0592-8880150", "吕思"), ("0592 8880150", "吕思"),
        ("o'brien", "Rory O’Brien"), ("obrien", "Rory O’Brien"), ("lüsi", "吕思"), ("139—0000—1502", "吕思"),
        ("139.0000.1502", "吕思"), ("(+86) 139-0000-1502", "吕思"), ("86-592-8880150", "吕思"), ("888-0150", "吕思"),
        ("云杉路88弄12号301", "吕思"), ("闽D・A1502", "吕思"), ("闽D。A1502", "吕思"), ("闽D/A1502", "吕思"),
        ("(0592)8880150", "吕思"), ("8880150", "吕思"), ("88弄12号301室", "吕思"), ("88弄12号301", "吕思"),
        ("88-12-301", "吕思"), ("12号301", "吕思"), ("301室", "吕思"), ("闽D-A1502", "吕思"), ("闽D·A1502", "吕思"),
        ("闽d a1502", "吕思"), ("D·A1502", "吕思"), ("A1502", "吕思"),
        ("nv", "单女"), ("nyu", "单女"), ("shannu", "单女"),
    ],
)  # fmt: skip
def test_what_people_type_is_found(site: Desk, typed: str, name: str) -> None:
    assert name in [one.name for one in search.find(site, typed)]


@pytest.mark.parametrize(
    ("spelt", "label"),
    [
        ("1#楼2单元301室", "1-2-301"), ("一期3幢401", "1期-3-401"), ("1期-3-2-101", "1期-3-2-101"), ("B栋12A", "B-12A"),
        ("88弄12号301室", "88弄-12号-301"), ("负一层-101", "负1层-101"), ("1-1--101", "1-1--101"), ("负101", "-101"),
        ("3栋2单元15层1502", "3-2-1502"), ("东区12号楼3单元502", "东区-12-3-502"), ("A区3栋2单元401", "A区-3-2-401"),
        ("云杉花园5栋2单元602", "5-2-602"), ("3组团2栋401室", "3组团-2-401"),
        ("3棟401室", "3-401"), ("商铺A01", "商铺A01"),
        ("3栋-2单元-1502", "3-2-1502"), ("十二栋二单元一五零二", "12-2-1502"), ("地下一层101", "地下1层-101"),
        ("1/2/301", "1-2-301"), ("2幢甲单元301", "2-甲-301"),
    ],
)  # fmt: skip
def test_a_room_keeps_every_level_of_its_path(spelt: str, label: str) -> None:
    assert rooms.normal(spelt) == label
    assert rooms.normal(label) == label
    assert label.lower() in rooms.terms(label)


def test_below_ground_is_not_above_and_a_leading_zero_is_no_other_room() -> None:
    assert rooms.key("1-1--101") != rooms.key("1-1-101") != rooms.key("负1层-101")
    assert rooms.key("4-1-0401") == rooms.key("4-1-401")
    assert rooms.key("1期-3-1") != rooms.key("2期-3-1")


LEVEL = st.one_of(st.integers(0, 40).map(str), st.sampled_from(["1期", "2期", "88弄", "东区", "A", "B1"]))


@given(st.lists(LEVEL, min_size=0, max_size=4), st.integers(1, 3000).map(str))
def test_two_paths_are_one_label_only_when_they_are_one_path(levels: list[str], room: str) -> None:
    label = rooms.label(*levels, room)
    assert rooms.split(label) == [*levels, room]
    assert rooms.key(rooms.label(*levels, f"-{room}")) != rooms.key(label)


@pytest.mark.parametrize(
    "dash", ["-", "－", "—", "–", "−", "_", "·", "ー", "一", "~", "～", "/", ".", " ", "", "‑", "\u00ad"]
)
def test_a_pass_number_is_found_with_any_separator_for_a_dash(desk: Desk, dash: str) -> None:
    number = issue(desk)
    assert gate.find(desk, number.replace("-", dash)) == [number]
    assert number in gate.find(desk, number.partition("-")[2].replace("-", dash))


def test_readings_stay_few_and_begin_with_the_likeliest() -> None:
    found = pinyin.readings("欧阳长乐行")
    assert len(found) <= pinyin.MOST_READINGS
    assert found[0][:2] == ["ou", "yang"]


def test_an_archive_of_before_is_found_anew_once_its_terms_are_made_anew(site: Desk) -> None:
    with site.store.writing() as session:
        session.exec(delete(SearchTerm))
    assert search.find(site, "lyus") == []
    with site.act(operator="lead") as act:
        assert roster.reindex(act) == 4
    assert [one.name for one in search.find(site, "lyus")] == ["吕思"]
    with pytest.raises(NotAllowed), site.act() as act:
        roster.reindex(act)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("1502", {"吕思"}),
        ("13900001502", {"吕思"}),
        ("139", {"吕思"}),
        ("01502", set()),
        ("0000", set()),
        ("900001502", set()),
        ("88弄12号301", {resident.name for resident in PEOPLE}),
    ],
)
def test_who_sees_phones_masked_finds_nobody_by_the_hidden_digits(site: Desk, typed: str, names: set[str]) -> None:
    site.operator = "guard"
    found = [one for one in search.find(site, typed) if one.unit.startswith("88")]
    assert {one.name for one in found} == names
    site.operator = "front"
    if not names and len(typed) > 3:
        assert search.find(site, typed)
