"""A handover on paper 交接班记录: what stood there, what was marked and counted, who signed when (F-58)."""

from data.duty import Handover
from desk import cases
from desk.duty import terms as duty
from desk.handovers import page, terms, things
from desk.paper.document import Document, Table
from desk.paper.parts import Form, Sheet, zh

# Who did not take it signed nothing: the page says so before the name.
_NOT_TAKEN = {"refused": "拒接　"}


def _handover(sheet: Sheet, one: Handover) -> Document:
    rows = [
        (zh(terms.KINDS, line.kind), line.record, line.in_words("zh"), line.until, _said(line))
        for line in page.shown(sheet.session, one)
    ]  # fmt: skip
    counted = things.counted(one)
    differ = [note.text for note in cases.notes_of(sheet.session, one.number) if note.kind == "counted"]
    fields = [
        ("岗位", zh(duty.POSTS, one.post)),
        ("交接", "午间顶岗" if one.kind == "noon" else zh(terms.TO, one.goes_to)),
        ("状态", zh(terms.STATES, one.state)),
    ]
    settled = [note for note in cases.notes_of(sheet.session, one.number) if note.kind == "settle"]
    by = sheet.at.by(settled[-1].operator, settled[-1].at) if settled else ""
    texts = [
        ("交班说明", one.remark), ("物品清点", "　".join(f"{name} {number}" for name, number in counted.items())),
        ("账实不符", "　".join(differ)), ("接班疑问", one.question), (f"主管意见　{by}".strip(), one.settled),
    ]  # fmt: skip
    document = sheet.filled(
        one.number, fields, [(title, body) for title, body in texts if body],
        [("交班人", sheet.at.by(one.outgoing, one.offered_at)),
         ("接班人", f"{_NOT_TAKEN.get(one.state, '')}{sheet.at.by(one.incoming, one.ended_at)}")],
    )  # fmt: skip
    tables = [Table("交接事项", ("类别", "单号", "事项", "时限", "要求"), list(rows))] if rows else []
    return Document(**{**vars(document), "tables": tables})


def _said(line: page.Line) -> str:
    stale = f"连续{line.same}班未动" if line.same >= terms.STALE else ""
    mark = f"{zh(terms.MARKS, line.mark)}：{line.words}" if line.mark != "1" else ""
    return "　".join(filter(None, (mark, stale)))


FORMS = {"handover": Form("交接班记录", _handover)}
