"""The report of an emergency: what, where, who was told and when, who took it on."""

from data.cases import Emergency
from desk.cases.forms import whole
from desk.emergencies.life import OUTCOMES, notices_of
from desk.emergencies.listing import KINDS
from desk.paper.document import Document
from desk.paper.parts import Form, Sheet, zh


def _report(sheet: Sheet, case: Emergency) -> Document:
    told = [
        (
            f"通知 {one.place}",
            f"{one.whom}　{zh(OUTCOMES, one.outcome)}　{sheet.at(one.told_at)} {sheet.at.who[one.told_by]}",
        )
        for one in notices_of(sheet.session, case.number)
    ]
    return whole(
        sheet,
        case,
        [
            ("事件", f"{zh(KINDS, case.kind)}　{case.place}"),
            ("领导确认", sheet.at.by(case.acknowledged_by, case.acknowledged_at)),
            *told,
        ],
    )


FORMS = {"emergency": Form("突发事件报告", _report)}
