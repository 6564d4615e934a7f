"""Whose card it is: who claims to be on file is compared with the archive of that room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.words import in_language
from desk import passes, roster
from desk.act import SYSTEM, Desk
from desk.ground import idcards
from desk.ground.refusals import Invalid, NotAllowed
from desk.passes import paper, proof
from desk.roster import Household, Plan, Resident
from tests.helpers import OWNER, TENANT, choose, draft, issue, unit

STRANGER = "110101198008080011"
CALL = passes.Call("13900001111", "agrees", "同意")


def refused(desk: Desk, **changes: object) -> tuple[str, str]:
    with pytest.raises(Invalid) as caught:
        issue(desk, **changes)
    return caught.value.field, caught.value.clause


def settle(desk: Desk, *residents: Resident) -> int:
    """A household in room 9-1-101 whose people are these."""
    plan = Plan()
    home = Household("9", "1", "101", people=list(residents))
    plan.households[home.label] = home
    with desk.act(operator=SYSTEM) as act:
        roster.apply(act, plan=plan)
    return unit(desk, "9-1-101")


def lines(desk: Desk, number: str) -> dict[str, str]:
    """The notice part of a pass as it is printed, by label."""
    with desk.read() as session:
        return dict(paper.form_lines(paper.gather(session, number, desk.calendar(), "云杉花园"), "notice"))


@pytest.mark.clause("REL-1")
@pytest.mark.parametrize("carrier", ["owner", "tenant"])
def test_the_original_card_is_seen_and_its_number_typed(desk: Desk, carrier: str) -> None:
    assert refused(desk, carrier=carrier, id_seen=False) == ("id_seen", "REL-1")
    assert refused(desk, carrier=carrier, mover_id="") == ("mover_id", "REL-1")


@pytest.mark.clause("REL-1")
def test_a_stranger_with_his_own_card_is_not_the_owner(desk: Desk) -> None:
    assert refused(desk, mover="白客", mover_id=STRANGER) == ("mover", "REL-1")
    assert refused(desk, mover=OWNER[0], mover_id=STRANGER) == ("mover_id", "REL-1")
    assert refused(desk, mover=TENANT[0], mover_id=TENANT[1]) == ("mover", "REL-1")
    assert refused(desk, mover="单云青", mover_id=OWNER[1]) == ("mover", "REL-1")
    assert issue(desk)


@pytest.mark.clause("REL-1")
def test_a_room_without_an_owner_or_an_owner_without_a_number_proves_nobody(desk: Desk) -> None:
    assert refused(desk, unit_id=unit(desk, "5-1-101")) == ("mover", "REL-1")
    room = settle(desk, Resident(OWNER[0], "owner"))
    assert refused(desk, unit_id=room) == ("mover_id", "REL-1")


@pytest.mark.clause("REL-1")
def test_the_owner_of_another_room_or_of_before_is_not_the_owner_of_this_one(desk: Desk) -> None:
    assert refused(desk, unit_id=unit(desk, "3-2-1503")) == ("mover", "REL-1")


@pytest.mark.parametrize("number", ["110101 19900101 0015", "１１０１０１１９９００１０１００１５", "110101900101001"])
def test_a_number_is_compared_as_the_card_not_as_it_was_typed(desk: Desk, number: str) -> None:
    assert issue(desk, mover=" 单小云 ", mover_id=number)


@pytest.mark.clause("REL-1")
def test_a_supervisor_passes_a_wrong_archive_with_a_reason_that_shows_on_the_pass(desk: Desk) -> None:
    changes = {"mover": "白客", "mover_id": STRANGER, "archive_wrong": "上周过户，产权证已核"}
    with pytest.raises(NotAllowed), desk.act() as act:
        passes.issue(act, draft=draft(desk, **changes))
    with desk.act(operator="lead") as act:
        number = passes.issue(act, draft=draft(desk, **changes)).number
    with desk.read() as session:
        assert passes.get(session, number).ticks == "archive_wrong"
    assert "上周过户，产权证已核" in lines(desk, number)["身份核对"]
    assert "与档案相符" not in lines(desk, number)["身份核对"]
    assert "与档案相符" in lines(desk, issue(desk))["身份核对"]


@pytest.mark.clause("REL-22")
def test_the_owner_is_called_for_a_tenant_unless_the_site_chose_otherwise(desk: Desk) -> None:
    assert refused(desk, carrier="tenant") == ("outcome", "REL-24")
    assert issue(desk, carrier="tenant", call=CALL)
    with desk.act(operator="admin") as act:
        choose(act, rule="X-34", option="S3-householder")
    number = issue(desk, carrier="tenant")
    assert "在册租户曾立 在前台" in lines(desk, number)["意见"]
    assert refused(desk, carrier="tenant", mover_id=STRANGER) == ("mover_id", "REL-1")
    assert refused(desk, carrier="tenant", nature="moving_out") == ("outcome", "REL-24")


@pytest.mark.clause("REL-22")
def test_a_tenant_whom_the_archive_does_not_know_is_another_person(desk: Desk) -> None:
    room = settle(desk, Resident("安可", "owner", phones=("13900005555",)))
    owner = passes.Call("13900005555", "agrees")
    assert refused(desk, unit_id=room, carrier="tenant", call=owner) == ("carrier", "REL-22")
    assert refused(desk, unit_id=room, carrier="other") == ("outcome", "REL-24")
    assert issue(desk, unit_id=room, carrier="other", mover="邻居", mover_id=STRANGER, call=owner)


@pytest.mark.clause("REL-6")
def test_an_opinion_stands_on_every_pass_with_whose_it_is_and_how_it_was_given(desk: Desk) -> None:
    facts = frozenset(proof.FACTS)
    said = {
        "present": lines(desk, issue(desk))["业主意见"],
        "phoned in": lines(desk, issue(desk, by_phone=True, ticks=facts, applicant="单小云"))["业主意见"],
        "called": lines(desk, issue(desk, carrier="nanny", call=CALL))["业主意见"],
    }
    assert said["present"].startswith("业主单小云 在前台")
    assert said["present"].endswith("同意")
    assert said["phoned in"].startswith("业主单小云 来电")
    assert said["phoned in"].endswith("同意")
    assert said["called"].startswith("业主 电话")
    assert said["called"].endswith("同意 同意")


OTHERS = {
    "hk_macao": ["H12345678", "M0123456700"],
    "taiwan": ["12345678", "0123456789(B)"],
    "foreigner": ["CAN110079090912", "911124198108030024"],
    "residence": ["810000199408230021"],
    "passport": ["E12345678", "EA1234567", "123456789", "C01X00T47", "TK1234567"],
    "id": ["110101199001010015", "110101900101001"],
}


@pytest.mark.parametrize(("kind", "number"), [(kind, number) for kind in OTHERS for number in OTHERS[kind]])
def test_every_paper_of_identity_is_accepted_and_named(desk: Desk, kind: str, number: str) -> None:
    plain = idcards.normal(number)
    assert (idcards.kind(plain), idcards.fault(plain)) == (kind, "")
    assert issue(desk, carrier="nanny", call=CALL, mover="Anna Lee", mover_id=number)


@pytest.mark.parametrize(
    "number", ["12345", "1234567", "110101199013010015", "110101199001010014", "CAN110079139912", "ABCDEFGHI", "身份证"]
)
def test_what_is_no_number_of_any_paper_is_refused(desk: Desk, number: str) -> None:
    assert refused(desk, carrier="nanny", call=CALL, mover_id=number) == ("mover_id", "REL-5")


def test_an_owner_with_a_passport_is_kept_compared_and_masked(desk: Desk) -> None:
    room = settle(desk, Resident("Anna Lee", "owner", id_card="E12345678"))
    assert refused(desk, unit_id=room, mover="Anna Lee", mover_id="E12345679") == ("mover_id", "REL-1")
    number = issue(desk, unit_id=room, mover="ANNA LEE", mover_id="e1234 5678")
    assert lines(desk, number)["身份证号"] == "E1*****78"
    assert idcards.mask_inside("护照E12345678。") == "护照E1*****78。"


@given(st.from_regex(r"[0-9A-Z]{1,18}", fullmatch=True))
def test_a_masked_number_never_shows_more_than_its_ends(number: str) -> None:
    shown = idcards.masked(number)
    assert len(shown) == len(number)
    assert sum(char != "*" for char in shown) <= (8 if len(number) >= 15 else 4)


def test_every_way_and_whom_has_chinese_words() -> None:
    for words in (proof.HOW, proof.WHOM, idcards.KINDS):
        assert all(in_language("zh", text) != in_language("en", text) for text in words.values())


FACTS = frozenset(proof.FACTS)


@pytest.mark.clause("REL-2", "REL-22")
def test_only_an_owner_is_known_by_phone_and_carries_in_person(desk: Desk) -> None:
    call = passes.Call("13900001111", "agrees", "可以")
    stranger = {"mover": "白客", "mover_id": "110101198008080011", "id_seen": False}
    assert refused(desk, carrier="tenant", by_phone=True, call=call, **stranger) == ("by_phone", "REL-2")
    with desk.act(operator="admin") as act:
        choose(act, rule="X-34", option="S3-householder")
    assert refused(desk, carrier="tenant", by_phone=True, **stranger) == ("by_phone", "REL-2")
    assert refused(desk, by_phone=True, ticks=FACTS, **stranger) == ("carrier", "REL-22")
    assert issue(desk, by_phone=True, ticks=FACTS, id_seen=False)


@pytest.mark.clause("REL-1")
def test_a_supervisor_who_gives_no_reason_does_not_get_past_the_archive(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught, desk.act(operator="lead") as act:
        passes.issue(act, draft=draft(desk, mover="白客", archive_wrong="  "))
    assert caught.value.field == "archive_wrong"


@pytest.mark.parametrize("number", ["NW1RD8LK3", "C3F8ZVTY7", "C01X00T47"])
def test_passports_that_mix_letters_and_figures_are_passports(number: str) -> None:
    assert idcards.kind(number) == "passport"
