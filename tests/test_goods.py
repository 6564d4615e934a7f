"""Goods as people write them: what is read, what is asked with a guess, what is asked without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import passes
from desk.act import Desk
from desk.ground.refusals import Invalid
from desk.passes.goods_lines import COUNTED
from screens.base import FormDialog
from tests.conftest import Clock
from tests.helpers import OWNER
from tests.test_screens import run, send, sign_in, text_of, until


def read(text: str) -> list[str]:
    return [str(item) for item in passes.parse_items(text)]


def guessed(text: str) -> str:
    with pytest.raises(passes.Unclear) as caught:
        passes.parse_items(text)
    assert caught.value.field == "items"
    return caught.value.guess


@pytest.mark.clause("REL-7")
@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("沙发 2", ["沙发 2"]),
        ("沙发2", ["沙发 2"]),
        ("sofa x2", ["sofa 2"]),
        ("行李箱 x2个", ["行李箱 2 个"]),
        ("2x chairs", ["chairs 2"]),
        ("茶几*2", ["茶几 2"]),
        ("沙发两件\n椅子十把", ["沙发 2 件", "椅子 10 把"]),
        ("二十箱书", ["书 20 箱"]),
        ("书 100本", ["书 100 本"]),
        ("书一百本", ["书 100 本"]),
        ("书一百零五本", ["书 105 本"]),
        ("沙发贰张", ["沙发 2 张"]),
        ("沙发２张", ["沙发 2 张"]),
        ("木板 3 方", ["木板 3 方"]),
        ("沙子 2吨", ["沙子 2 吨"]),
        ("纸箱20个(书)", ["纸箱(书) 20 个"]),
        ("书（100本）", ["书 100 本"]),
        ("冰箱 1台（双开门）", ["冰箱(双开门) 1 台"]),
        ("冰箱:1台", ["冰箱 1 台"]),
        ("洗衣机1台。", ["洗衣机 1 台"]),
        ("海尔冰箱BCD-215 1台", ["海尔冰箱BCD-215 1 台"]),
        ("联想ThinkPad X1 1台", ["联想ThinkPad X1 1 台"]),
        ("iPhone 15 1台", ["iPhone 15 1 台"]),
        ("红米12手机 2台", ["红米12手机 2 台"]),
        ("KFR-35GW空调 2台", ["KFR-35GW空调 2 台"]),
        ("空调3台2匹", ["空调2匹 3 台"]),
        ("矿泉水24瓶/箱 10箱", ["矿泉水24瓶/箱 10 箱"]),
        ("红酒6支装2箱", ["红酒6支装 2 箱"]),
        ("书1,000本", ["书 1000 本"]),
        ("冰箱1台/洗衣机1台", ["冰箱 1 台", "洗衣机 1 台"]),
        ("冰箱1台和洗衣机2台", ["冰箱 1 台", "洗衣机 2 台"]),
        ("冰箱和洗衣机各1台", ["冰箱 1 台", "洗衣机 1 台"]),
        ("一、冰箱1台 二、洗衣机2台", ["冰箱 1 台", "洗衣机 2 台"]),
        ("55寸电视 1 台", ["55寸电视 1 台"]),
        ("1.8米床1张", ["1.8米床 1 张"]),
        ("木板120x60 3块", ["木板120x60 3 块"]),
        ("沙发(1+2+3) 1套", ["沙发(1+2+3) 1 套"]),
        ("地毯3米2块", ["地毯3米 2 块"]),
        ("八仙桌1张", ["八仙桌 1 张"]),
        ("三人沙发 1", ["三人沙发 1"]),
        ("2床被子", ["被子 2 床"]),
        ("1、冰箱1台\n2、洗衣机1台", ["冰箱 1 台", "洗衣机 1 台"]),
        ("1.冰箱1台 2.洗衣机1台", ["冰箱 1 台", "洗衣机 1 台"]),
        ("一、冰箱1台\n二、电视1台", ["冰箱 1 台", "电视 1 台"]),
        ("(1)床垫1个 (2)床2张", ["床垫 1 个", "床 2 张"]),
        ("①冰箱1台②电视2台", ["冰箱 1 台", "电视 2 台"]),
        ("1.冰箱1台", ["冰箱 1 台"]),
        ("冰箱1台，沙发十二张", ["冰箱 1 台", "沙发 12 张"]),
        ("餐桌1张椅子4把", ["餐桌 1 张", "椅子 4 把"]),
        ("1台电脑2个显示器", ["电脑 1 台", "显示器 2 个"]),
        ("床、床垫各1张", ["床 1 张", "床垫 1 张"]),
        ("冰箱1台、床、床垫各一张", ["冰箱 1 台", "床 1 张", "床垫 1 张"]),
        ("电线 50 米", ["电线 50 米"]),
        ("防盗门两樘", ["防盗门 2 樘"]),
        ("玻璃水2桶（每桶2L）", ["玻璃水(每桶2L) 2 桶"]),
    ],
)
def test_goods_are_read_from_lines_as_people_write_them(text: str, items: list[str]) -> None:
    assert read(text) == items


@pytest.mark.clause("REL-7")
@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("冰箱", "冰箱 1"),
        ("Xbox360", "Xbox360 1"),
        ("电视机（65寸）", "电视机(65寸) 1"),
        ("床 1.5米", "床 1.5米 1"),
        ("空调 1匹", "空调 1匹 1"),
        ("四件套", "四件套 1"),
        ("大米 10kg", "大米 10 kg"),
        ("iPhone 15", "iPhone 15 1"),
        ("小米14", "小米14 1"),
        ("2台灯", "台灯 2"),
        ("2沙发", "沙发 2"),
        ("沙发 叁", "沙发 3"),
        ("3、椅子", "椅子 3"),
        ("1、冰箱\n2、洗衣机", "冰箱 1\n洗衣机 1"),
        ("床1张桌2张", "床 1 张\n桌 2 张"),
        ("书100本(2箱)", "书(2箱) 100 本"),
        ("一套沙发（含2个单人位）", "沙发(含2个单人位) 1 套"),
        ("空调(2台)及支架", "空调及支架 2 台"),
        ("电线50米", "电线 50 米"),
        ("木地板25㎡", "木地板 25 m2"),
        ("米两百斤", "米 200 斤"),
        ("桌子2米", "桌子2米 1"),
        ("冰箱 洗衣机 电视机", "冰箱 1\n洗衣机 1\n电视机 1"),
        ("拖把、扫把各一", "拖把 1\n扫把 1"),
        ("惠普打印机1020", "惠普打印机 ×1020"),
        ("戴尔显示器 2419", "戴尔显示器 ×2419"),
        ("TCL电视55", "TCL电视 ×55"),
        ("HP 1020打印机 1台", "HP 1020打印机 1 台"),
        ("餐桌 1 椅子 4", "餐桌 1\n椅子 4"),
        ("大箱子3小箱子5", "大箱子 3\n小箱子 5"),
        ("1) 冰箱 2) 洗衣机 3) 电视", "冰箱 1\n洗衣机 1\n电视 1"),
        ("冰箱1台和田玉1块", "冰箱 1 台\n田玉 1 块"),
    ],
)
def test_what_is_unclear_is_asked_with_the_guess_shown(text: str, guess: str) -> None:
    assert guessed(text) == guess
    assert "\n".join(read(guess)) == guess


@pytest.mark.clause("REL-7")
@pytest.mark.parametrize(
    "text",
    [
        "", "  \n ", "两台", "沙发 0", "沙发 -2", "沙发 1.5", "纸箱 12345", "沙发 2 3", "沙发 2张 3个",
        "沙发2,3",
        "行李箱大2小1", "行李箱大2小1个",
        "一箱书10本", "电脑 2 1台", "纸箱10-20个", "杂物一批", "书若干",
        "十几个纸箱", "两三个箱子", "三四十个纸箱", "十七八只纸箱", "10多个箱子", "共3件", "一箱半书", "沙发 1个半",
        "\n".join("箱子 1" for _ in range(61)),
    ],
)  # fmt: skip
def test_what_names_nothing_or_two_counts_is_asked_without_a_guess(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        passes.parse_items(text)
    assert not getattr(caught.value, "guess", "")


NAMES = st.sampled_from(
    ["沙发", "海尔冰箱BCD-215", "55寸电视", "三人沙发", "纸箱(书)", "1.8米床", "八仙桌", "sofa bed"]
)
ONES = st.builds(passes.Item, NAMES, st.integers(1, 9999), st.sampled_from(["", *COUNTED]))


@given(st.lists(ONES, min_size=1, max_size=6), st.booleans())
def test_what_was_read_and_shown_is_read_again_as_the_same(items: list[passes.Item], numbered: bool) -> None:
    lines = [f"{place}、{item}" if numbered else str(item) for place, item in enumerate(items, 1)]
    assert passes.parse_items("\n".join(lines)) == items


@given(st.text(alphabet="沙发箱书个台张本12十一 .,、()x×米寸①", max_size=14))
def test_a_line_with_a_number_is_never_one_piece_in_silence(text: str) -> None:
    try:
        items = passes.parse_items(text)
    except Invalid:
        return
    assert all(any(sign in text for sign in ("1", "一", "①")) for item in items if item.quantity == 1)


async def test_the_guess_stands_in_the_form_and_one_key_takes_it(desk: Desk, clock: Clock) -> None:
    app = run(desk, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await sign_in(pilot, "front")
        await send(
            app, "f4", "n", *"sxy", "enter", "enter", "enter", "enter", "1", "enter", *"fridge", "tab", "2", "enter"
        )
        await send(app, *"shop", "enter", "enter", *OWNER[1], "f9")
        assert app.screen.form.value("items") == "fridge 1"
        await until(pilot, lambda: "is it fridge 1?" in text_of(app))
        await send(app, "ctrl+z")
        assert app.screen.form.value("items") == "fridge"
        await send(app, "f9", "f9")
        await until(pilot, lambda: not isinstance(app.screen, FormDialog))
    with desk.read() as session:
        assert [(one.name, one.quantity) for one in passes.items_of(session, "FX26-000001-5")] == [("fridge", 1)]
