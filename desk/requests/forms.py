"""The form of a request, suggestion or commission (F-16)."""

from data.cases import Request
from desk.cases.forms import whole
from desk.ground.roles import DEPARTMENTS
from desk.paper.document import Document
from desk.paper.parts import Form, Sheet, zh
from desk.requests.life import DECISIONS, SORTS


def _request(sheet: Sheet, case: Request) -> Document:
    own = [
        ("类型", zh(SORTS, case.sort)),
        ("约定时间", sheet.at(case.promised_at)),
        ("转交", f"{zh(DEPARTMENTS, case.department)} {sheet.at(case.referred_at)}".strip()),
        ("答复时间", sheet.at(case.replied_at)),
        ("决定", zh(DECISIONS, case.decision)),
        ("表彰", case.commended),
    ]
    return whole(sheet, case, own)


FORMS = {"request": Form("客户需求、建议受理表", _request)}
