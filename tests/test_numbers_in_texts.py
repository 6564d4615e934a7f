"""Numbers of identity papers in what people write: hidden however they are written, and nothing else is."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import drafts, mending
from desk.act import Desk
from desk.ground.idcards import _folded, birthday, check_character, mask_inside
from desk.ground.refusals import Invalid
from tests.helpers import take

CARD = "110101199001010015"


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "身份证号110101199001010015电话13900001111",
        "110101 19900101 0015",
        "110101-19900101-0015",
        "1101 0119 9001 0100 15",
        "110101199001\n010015",
        "１１０１０１１９９００１０１００１５",
        "11010119900101001513900001111",
        "13900001111110101199001010015",
        "id: 110101—19900101—0015.",
        "110101900101001",
        "110101 900101 001",
        "110101－19900101－0015",
        "110101−19900101−0015",
        "110101‑19900101ー0015",
        "110101─19900101─0015",
        "110101(19900101)0015",
        "110101（19900101）0015",
        "110101，19900101，0015",
        "110101、19900101、0015",
        "110101_19900101_0015",
        "110101*19900101*0015",
        "110101    19900101    0015",
        "110101199\n    001010015",
        "11010119900101005×",
        "11010119900101005Х",
        "一一〇一〇一一九九〇〇一〇一〇〇一五",
        "①①⓪①⓪①①⑨⑨⓪⓪①⓪①⓪⓪①⑤",
        "110101 900101 001 13800138000",
        "110101 19900101 0019",
        "13800138000110101900101001",
        "110101900101001，13800138000",
        "１１０１０１１９９００１０１００１５号",
    ],
)
def test_a_number_is_hidden_however_it_is_written(text: str) -> None:
    hidden = mask_inside(text)
    assert "*" in hidden
    # Its place and its last four may be read, its birthday may not; a phone beside it stays.
    folded = "".join(map(_folded, hidden))
    assert sum(sign == "*" for sign in hidden) - text.count("*") >= 7
    assert re.search(r"1\W*1\W*0\W*1", folded)
    assert "900101" not in re.sub(r"[\W_]", "", folded)
    for phone in ("13900001111", "13800138000"):
        assert (phone in text) == (phone in hidden)


@pytest.mark.parametrize(
    "text",
    [
        "13900001111 13900002222",
        "13900001111、021-55556666",
        "2026-11-24 10:00 - 2026-11-25 12:00",
        "3-2-1502 3-2-1503 3-2-1504",
        "订单 2026112410001234567890",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "订单 202403151234567",
        "订单 202403801231456",
        "订单号202403151234567890",
        "IMEI 490154203237518",
        "2023-11-24 10:00:30 - 2023-11-25 12:30:00",
        "3-2-1502、3-2-1503、3-2-1504",
        "电表 1234、5678、9012、3456",
        "6222 0212 3456 7890 123",
        "三栋二单元一五零二，四栋一单元三零一",
        "",
    ],
)
def test_what_is_no_number_of_a_paper_stays_as_it_is(text: str) -> None:
    assert mask_inside(text) == text


@given(
    st.dates(date(1930, 1, 1), date(2025, 1, 1)),
    st.sampled_from([110101, 230103, 320506, 440305, 510104, 650102, 810000]),
    st.integers(0, 999),
    st.lists(st.sampled_from(["", " ", "-", "\n", "  "]), min_size=17, max_size=17),
)
def test_every_card_is_hidden_with_whatever_stands_between_its_digits(
    day: date, place: int, order: int, between: list[str]
) -> None:
    digits = f"{place}{day:%Y%m%d}{order:03d}"
    card = digits + check_character(digits)
    assert birthday(card) == day
    written = "".join(sign + gap for sign, gap in zip(card, [*between, ""], strict=True))
    hidden = mask_inside(f"说 {written} 了")
    assert hidden.count("*") >= 10


def test_what_callers_and_colleagues_write_keeps_no_number_of_a_paper(desk: Desk) -> None:
    taken = take(desk, what=f"邻居 {CARD[:6]} {CARD[6:14]} {CARD[14:]} 漏水")
    with desk.act() as act:
        mending.note(act, "complaints", number=taken.record, text=f"他的证号 {CARD}")
    drafts.save(desk.store, "front", "x:y", {"what": CARD[:6] + "\n" + CARD[6:]}, desk.now())
    desk.store.ask("SELECT 1")
    said = "".join(
        str(row)
        for table in ("contact", "complaint", "case_note", "draft", "clock", "journal")
        for row in desk.store.ask(f"SELECT * FROM {table}")
    )
    assert "19900101" not in said.replace(" ", "")


def test_a_number_of_a_paper_is_no_phone_and_no_name_of_a_stranger(desk: Desk) -> None:
    with pytest.raises(Invalid, match="not of a phone"):
        take(desk, caller_number=CARD)
    record = take(desk, unit_id=None, person_id=None, stranger=f"单云 {CARD}").record
    said = " ".join(str(cell) for row in desk.store.ask("SELECT * FROM contact") for cell in row)
    assert record
    assert "19900101" not in said
