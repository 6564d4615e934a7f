"""The record of a planned visit on paper (F-17, under its three names, X-26)."""

from data.rounds import PlannedVisit
from desk.archive.facts import phones_of
from desk.archive.residents import ties
from desk.cases.forms import history
from desk.paper.document import Document
from desk.paper.parts import Form, Sheet, zh
from desk.rounds.terms import KINDS, RESULTS

MOST_NAMES = 4


def _record(sheet: Sheet, case: PlannedVisit) -> Document:
    with_whom = [person for _tie, person in ties(sheet.session, case.unit_id)] if case.unit_id else []
    phones = [phone for one in with_whom[:1] for phone in phones_of(sheet.session, one.id or 0)]
    fields = [
        ("房号", case.subject),
        ("业户", "　".join(one.name for one in with_whom[:MOST_NAMES])),
        ("联系电话", "　".join(phones[:2])),
        ("类别", zh(KINDS, case.kind)),
        ("月份", case.month),
        ("电话预约", f"{case.permitted}　{sheet.at(case.meet_at)}".strip()),
        ("结果", "　".join(filter(None, (zh(RESULTS, case.result), case.outcome)))),
        ("意见采纳", {"yes": "采纳", "no": "不采纳", "none": "无"}.get(case.adopted, "")),
        ("未解决问题", case.unsolved),
    ]
    signed = [
        ("客户签字", ""),
        ("客服部负责人阅", sheet.at.by(case.read_by, case.read_at)),
        ("项目经理签", sheet.at.by(case.signed_by, case.signed_at)),
    ]
    return sheet.filled(case.number, fields, history(sheet, case), signed)


FORMS = {"record": Form("回访记录表", _record), "owner": Form("业主回访记录表", _record)}
