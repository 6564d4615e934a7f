"""The record of a planned visit on paper (F-17, under its three names, X-26)."""

from data.rounds import PlannedVisit
from desk.cases.forms import notes, visits
from desk.paper.document import Document
from desk.paper.parts import Form, Sheet, zh
from desk.rounds.terms import KINDS, RESULTS


def _record(sheet: Sheet, case: PlannedVisit) -> Document:
    fields = [
        ("房号", case.subject),
        ("类别", zh(KINDS, case.kind)),
        ("月份", case.month),
        ("电话预约", f"{case.permitted}　{sheet.at(case.meet_at)}".strip()),
        ("结果", zh(RESULTS, case.result)),
        ("意见采纳", {"yes": "采纳", "no": "不采纳", "none": "无"}.get(case.adopted, "")),
        ("未解决问题", case.unsolved),
    ]
    texts = [*visits(sheet, case), *notes(sheet, case)]
    signed = [
        ("客户签字", ""),
        ("客服主管阅", sheet.at.by(case.read_by, case.read_at)),
        ("项目经理签", sheet.at.by(case.signed_by, case.signed_at)),
    ]
    return sheet.filled(case.number, fields, texts, signed)


FORMS = {"record": Form("回访记录表", _record), "owner": Form("业主回访记录表", _record)}
