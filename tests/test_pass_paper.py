"""The printed pass."""

import re
from pathlib import Path

import pytest

from desk import passes
from desk.act import Desk
from desk.ground.refusals import Invalid, NotAllowed, StateChanged
from desk.paper import printing
from desk.passes import paper
from desk.passes.goods import in_capitals
from tests.helpers import issue, sealed


def form(desk: Desk, number: str) -> paper.Paper:
    with desk.read() as session:
        return paper.gather(session, number, desk.calendar(), "云栖里花园")


def words(desk: Desk, number: str, part: str) -> str:
    return "\n".join(f"{label} {text}" for label, text in paper.form_lines(form(desk, number), part))


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_same_pass_gives_the_same_bytes(desk: Desk) -> None:
    number = sealed(desk)
    assert paper.pdf(form(desk, number)) == paper.pdf(form(desk, number))
    assert paper.pdf(form(desk, number)) != paper.pdf(form(desk, number), reprint=2)


@pytest.mark.clause("REL-3", "REL-4", "REL-5", "REL-11")
def test_both_parts_say_room_people_times_and_signatures_and_no_full_id_number(desk: Desk) -> None:
    number = sealed(desk)
    for part in ("stub", "notice"):
        said = words(desk, number, part)
        for expected in (
            "3-2-1502",
            "业主 单小云 139****1111",
            "租户 曾立 139****2222",
            "1101**********0015",
            "开具时间 2026-11-24 10:00",
            "搬迁时间 2026-11-24 10:30",
            "财务签字 Finance（财务）",
            "经办人 Front（前台接待）",
        ):
            assert expected in said
        assert "110101199001010015" not in said
    with desk.read() as session:
        for_print = paper.gather(session, number, desk.calendar(), "", desk.store.keys)
    stub, notice = (dict(paper.form_lines(for_print, part)) for part in ("stub", "notice"))
    assert (stub["身份证号"], notice["身份证号"]) == ("110101199001010015", "1101**********0015")
    assert paper.TITLES == {"stub": "存根联", "notice": "通知联"}


def test_a_long_list_flows_to_continuation_sheets(desk: Desk) -> None:
    few, many = issue(desk), issue(desk, items=passes.parse_items("\n".join(f"纸箱{n}号箱 1" for n in range(60))))
    assert pages(paper.pdf(form(desk, few))) == 1
    assert pages(paper.pdf(form(desk, many))) == 2


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "零"), (1, "壹"), (10, "壹拾"), (20, "贰拾"), (105, "壹佰零伍"), (1001, "壹仟零壹"), (1010, "壹仟零壹拾"),
     (9999, "玖仟玖佰玖拾玖")],
)  # fmt: skip
def test_quantities_stand_in_capital_numerals(count: int, said: str) -> None:
    assert in_capitals(count) == said


def test_reprints_are_counted_and_an_unsigned_pass_is_not_printed(desk: Desk) -> None:
    number = issue(desk)
    with pytest.raises(StateChanged), desk.act() as act:
        passes.begin_print(act, number=number)
    number = sealed(desk)
    counts = []
    for _ in range(2):
        with desk.act() as act:
            counts.append(passes.begin_print(act, number=number))
    assert counts == [1, 2]


def test_without_a_printer_saving_is_offered_and_a_file_is_never_replaced(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    unsigned = issue(desk)
    number = sealed(desk)
    with pytest.raises(StateChanged):
        passes.put_on_paper(desk, unsigned, tmp_path / "b.pdf")  # type: ignore[operator]
    desk.operator = "guard"
    with pytest.raises(NotAllowed):
        passes.put_on_paper(desk, number, tmp_path / "b.pdf")  # type: ignore[operator]
    desk.operator = "front"
    assert not (tmp_path / "b.pdf").exists()  # type: ignore[operator]
    with pytest.raises(printing.NoPrinter):
        passes.put_on_paper(desk, number, None)
    assert form(desk, number).pass_.prints == 0
    file = tmp_path / "a.pdf"  # type: ignore[operator]
    assert str(file) in passes.put_on_paper(desk, number, file)
    assert file.read_bytes().startswith(b"%PDF")
    with pytest.raises(Invalid):
        passes.put_on_paper(desk, number, file)
    assert form(desk, number).pass_.prints == 1


def test_a_secret_in_the_environment_is_told_to_no_other_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    printer = tmp_path / "lp"
    printer.write_text(f"#!/bin/sh\nenv > {told}\ncat > /dev/null\n")
    printer.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    for name in printing.SECRETS:
        monkeypatch.setenv(name, "quite a secret")
    printing.send(b"%PDF", "x")
    assert "PATH" in told.read_text()
    assert "quite a secret" not in told.read_text()
