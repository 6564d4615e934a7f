"""The printed pass: A4, stub and notice part side by side, the same bytes for the same pass (REL-11, OUT-16; F-1).

Printed forms are Chinese. The notice part goes to the gate, so the ID number on it is always masked.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from data.passes import Pass, PassCall, PassItem
from data.store.keys import Keys
from data.words import in_language
from desk import directory
from desk.calendar import Calendar
from desk.ground import idcards
from desk.operators import Posts
from desk.paper.typesetting import FONT, HEIGHT, WIDTH, cut, load_font, wrapped
from desk.passes import fees, proof, reading
from desk.passes.goods import in_capitals
from desk.passes.terms import CARRIERS, NATURES, REASONS

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MARGIN, SEALS, CROWDED = 28.0, 120.0, 30
TITLES = {"stub": "存根联", "notice": "通知联"}
PROOFS = {
    "original_id": "已查验证件原件",
    "three_facts": "电话核对三项",
    "owner": "已致电业主",
    "company": "已致电单位负责人",
}


@dataclass(frozen=True)
class Paper:
    """Everything the form says."""

    site: str
    room: str
    pass_: Pass
    items: list[PassItem]
    calls: list[PassCall]
    calendar: Calendar
    who: Posts
    mover_id: str = ""

    def at(self, moment: datetime | None) -> str:
        """An instant as it stands on the form."""
        return self.calendar.local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def gather(session: Session, number: str, calendar: Calendar, site_name: str, keys: Keys | None = None) -> Paper:
    """Everything that one pass's form says; with the keys also the full ID number, for the stub that stays here."""
    paper = reading.get(session, number)
    items, calls = reading.items_of(session, paper.number), proof.calls_of(session, paper.number)
    mover_id = idcards.unseal(keys, paper.mover_id_sealed, paper.number) if keys is not None else paper.mover_id_masked
    return Paper(
        site_name, reading.unit_label(session, paper), paper, items, calls, calendar, Posts(session, "zh"), mover_id
    )


def _zh(words: dict[str, str], key: str) -> str:
    return in_language("zh", words[key]) if key in words else key


def form_lines(paper: Paper, part: str) -> list[tuple[str, str]]:
    """The fields of one part as (label, text), in order; a long value is wrapped by whoever draws it."""
    one = paper.pass_
    debts = "；".join(
        f"{_zh(directory.FEES, fee)} {directory.yuan(fen)}" for fee, fen, _at in fees.read_snapshot(one.arrears)
    )
    ticks = " ".join(f"{'☑' if fact in one.ticks.split() else '□'}{_zh(proof.FACTS, fact)}" for fact in proof.FACTS)
    proven = PROOFS.get(one.proof, one.proof) + (f"（{ticks}）" if one.proof == "three_facts" else "")
    if proof.COMPARED in one.ticks.split():
        proven += "；证件与档案相符"
    if one.archive_wrong:
        proven += f"；{paper.who[one.archive_wrong_by]}放行（档案有误）：{one.archive_wrong}"
    lines = [
        ("房号", paper.room),
        ("业主", one.owner or "　"),
        ("租户", one.tenant or "无"),
        ("搬迁人", f"{one.mover}　{_zh(CARRIERS, one.carrier)}"),
        ("身份证号", paper.mover_id if part == "stub" else one.mover_id_masked),
        ("性质", f"{_zh(NATURES, one.nature)}　{_zh(REASONS, one.reason)}"),
        ("去处", one.destination),
        ("车牌", one.plate),
        ("开具时间", paper.at(one.issued_at)),
        ("搬迁时间", paper.at(one.moving_at)),
        ("有效期至", paper.at(one.valid_until)),
        ("身份核对", proven),
    ]
    earlier, last = paper.calls[:-1], paper.calls[-1:]
    if earlier:
        tries = "；".join(f"{paper.at(call.at)[5:]} {_zh(proof.OUTCOMES, call.outcome)}" for call in earlier[-3:])
        lines.append(("此前致电", f"{len(earlier)} 次：{tries}"))
    for call in last:
        lines.append(("业主意见" if call.whom == "owner" else "意见", _opinion(paper, call)))
    lines.append(("费用", debts or f"已结清（截至 {paper.at(one.fees_at or one.issued_at)}）"))
    lines.append(("财务签字", f"{paper.who[one.fees_by]}　{paper.at(one.fees_at)}" if one.fees_at else "　"))
    lines.append(("经办人", paper.who[one.issued_by]))
    if one.replaces:
        lines.append(("代替", one.replaces))
    if part == "stub":
        lines.append(("业主签名", "　"))
    else:
        lines.append(("门岗核对", "姓名　　　　　时间　　　　　"))
    return lines


def _opinion(paper: Paper, call: PassCall) -> str:
    """Whose opinion it is, how and when it was given, on which number, and what was said (REL-6, REL-24)."""
    phone = f"{call.phone[:3]}****{call.phone[-4:]}" if call.phone else ""
    whom = f"{_zh(proof.WHOM, call.whom)}{call.name}"
    said = f"{_zh(proof.OUTCOMES, call.outcome)} {call.opinion}".rstrip()
    return " ".join(part for part in (whom, _zh(proof.HOW, call.how), phone, paper.at(call.at), said) if part)


def pdf(paper: Paper, *, reprint: int = 1) -> bytes:
    """The form as PDF.

    Args:
        reprint: which print this is; from the second on it is marked 补打 with the count.
    """
    from reportlab.pdfgen.canvas import Canvas

    load_font()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(paper.pass_.number)
    middle = WIDTH / 2
    shown = _Part(canvas, paper, "stub", MARGIN, middle - 18, reprint).draw()
    _Part(canvas, paper, "notice", middle + 18, WIDTH - MARGIN, reprint).draw()
    _seam(canvas, middle)
    canvas.showPage()
    rest = paper.items[shown:]
    page = 2
    while rest:
        rest = rest[_continuation(canvas, paper, rest, page, reprint) :]
        page += 1
    canvas.save()
    return target.getvalue()


def _seam(canvas: "Canvas", middle: float) -> None:
    canvas.setDash(3, 3)
    canvas.line(middle, MARGIN, middle, HEIGHT - MARGIN)
    canvas.setDash()
    canvas.setFont(FONT, 9)
    canvas.circle(middle, MARGIN + 62, 34)
    for y, char in zip((14, 0, -14), "骑缝章", strict=True):
        canvas.drawCentredString(middle, MARGIN + 62 + y - 3, char)


class _Part:
    """One of the two parts, drawn from the top down."""

    def __init__(self, canvas: "Canvas", paper: Paper, part: str, left: float, right: float, reprint: int) -> None:
        self.canvas, self.paper, self.part = canvas, paper, part
        self.left, self.right, self.reprint = left, right, reprint
        self.y, self.step = HEIGHT - MARGIN - 16, 16.0

    def draw(self) -> int:
        """Title, number and QR, fields, goods, the place of the seal; returns how many lines of goods had room."""
        self._head()
        fields = form_lines(self.paper, self.part)
        rows = sum(len(wrapped(text, 9, self.right - self.left - 50)) for _label, text in fields)
        # A crowded form stands closer, so that signatures and goods always have room on the first sheet.
        self.step = 16.0 if rows <= CROWDED else 12.5
        for label, text in fields:
            self._field(label, text)
        shown = self._goods()
        self._foot()
        return shown

    def _head(self) -> None:
        canvas, one = self.canvas, self.paper.pass_
        canvas.setFont(FONT, 9)
        canvas.drawString(self.left, self.y, cut(self.paper.site, 9, self.right - self.left - 70))
        canvas.setFont(FONT, 16)
        canvas.drawString(self.left, self.y - 22, f"物品放行条（{TITLES[self.part]}）")
        canvas.setFont(FONT, 11)
        canvas.drawString(self.left, self.y - 40, f"编号 {one.number}")
        canvas.setFont(FONT, 9)
        marks = [f"补打第{self.reprint - 1}次"] if self.reprint > 1 else []
        marks += [f"作废：{one.void_reason}"] if one.void_at else []
        canvas.drawString(self.left, self.y - 54, cut("　".join(marks), 9, self.right - self.left - 70))
        _qr(canvas, one.number, self.right - 56, self.y - 46, 56)
        if one.void_at:
            _void_mark(canvas, (self.left + self.right) / 2)
        self.y -= 70

    def _field(self, label: str, text: str) -> None:
        canvas = self.canvas
        canvas.setFont(FONT, 9)
        canvas.drawString(self.left, self.y, label)
        room = self.right - self.left - 50
        for line in wrapped(text, 9, room):
            canvas.drawString(self.left + 50, self.y, line)
            canvas.setLineWidth(0.3)
            canvas.line(self.left + 50, self.y - 3, self.right, self.y - 3)
            self.y -= self.step

    def _goods(self) -> int:
        items = self.paper.items
        canvas = self.canvas
        self.y -= 6
        canvas.setFont(FONT, 9)
        canvas.drawString(self.left, self.y, "物品名称")
        canvas.drawRightString(self.right, self.y, "数量（大写）")
        canvas.line(self.left, self.y - 3, self.right, self.y - 3)
        self.y -= 15
        shown = 0
        for item in items:
            lines = _goods_name(item, self.left, self.right)
            if self.y - 15 * len(lines) < MARGIN + SEALS:
                break
            self.y = _goods_line(canvas, item, lines, self.left, self.right, self.y)
            shown += 1
        more = len(items) - shown
        closing = f"另有 {more} 项见续页" if more else "以下空白"
        canvas.setFont(FONT, 8)
        canvas.drawString(self.left, self.y, closing)
        return shown

    def _foot(self) -> None:
        canvas = self.canvas
        canvas.setFont(FONT, 9)
        canvas.drawString(self.left + 40, MARGIN + 60, "公章（未盖章无效）")
        canvas.setFont(FONT, 7)
        canvas.drawString(self.left, MARGIN + 4, "存根联由服务中心留存，通知联交门岗核对；实物与所列不符不予放行。")


def amount(item: PassItem) -> str:
    """A quantity in capital numerals with its unit, and in figures for the eye."""
    return f"{in_capitals(item.quantity)}{item.unit or '件'}（{item.quantity}）"


def _goods_name(item: PassItem, left: float, right: float) -> list[str]:
    return wrapped(f"{item.line}. {item.name}", 9, right - left - 92)


def _goods_line(canvas: "Canvas", item: PassItem, lines: list[str], left: float, right: float, y: float) -> float:
    """Draw one line of goods, its name in full, and answer where the next one begins."""
    canvas.setFont(FONT, 9)
    canvas.drawRightString(right, y, amount(item))
    for line in lines:
        canvas.drawString(left, y, line)
        y -= 15
    return y


def _continuation(canvas: "Canvas", paper: Paper, items: list[PassItem], page: int, reprint: int) -> int:
    y = HEIGHT - MARGIN - 16
    canvas.setFont(FONT, 14)
    canvas.drawString(MARGIN, y, f"物品放行条续页（第{page}页）　编号 {paper.pass_.number}")
    canvas.setFont(FONT, 9)
    again = f"　补打第{reprint - 1}次" if reprint > 1 else ""
    canvas.drawString(MARGIN, y - 18, f"房号 {paper.room}　搬迁人 {paper.pass_.mover}{again}")
    _qr(canvas, paper.pass_.number, WIDTH - MARGIN - 50, y - 36, 50)
    if paper.pass_.void_at:
        _void_mark(canvas, WIDTH / 2)
    y -= 52
    shown = 0
    for item in items:
        lines = _goods_name(item, MARGIN, WIDTH - MARGIN)
        if y - 15 * len(lines) < MARGIN + 40:
            break
        y = _goods_line(canvas, item, lines, MARGIN, WIDTH - MARGIN, y)
        shown += 1
    more = len(items) - shown
    canvas.setFont(FONT, 8)
    canvas.drawString(MARGIN, y, f"另有 {more} 项见续页" if more else "以下空白")
    canvas.drawString(WIDTH - MARGIN - 150, MARGIN + 10, "公章（未盖章无效）")
    canvas.showPage()
    return shown


def _void_mark(canvas: "Canvas", middle: float) -> None:
    canvas.saveState()
    canvas.setFillGray(0.75)
    canvas.translate(middle, HEIGHT / 2)
    canvas.rotate(35)
    canvas.setFont(FONT, 80)
    canvas.drawCentredString(0, -30, "作废")
    canvas.restoreState()


def _qr(canvas: "Canvas", text: str, x: float, y: float, size: float) -> None:
    import segno

    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=0))
    step = size / len(rows)
    for row, line in enumerate(rows):
        for column, dark in enumerate(line):
            if dark:
                canvas.rect(x + column * step, y + size - (row + 1) * step, step, step, stroke=0, fill=1)
