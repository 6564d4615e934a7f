"""The register of a consumable on paper 耗材领用登记: every line with what was left (F-63)."""

from data.duty import Supply
from desk.paper.document import Document, Table
from desk.paper.parts import Form, Sheet, zh
from desk.supplies import life
from desk.supplies.terms import KINDS


def _register(sheet: Sheet, supply: Supply) -> Document:
    rows = [
        (sheet.at(one.at), zh(KINDS, one.kind), one.quantity, one.stock, one.whom, one.note, sheet.at.who[one.by])
        for one in life.moves_of(sheet.session, supply.number)
    ]
    fields = [
        ("品名", supply.name), ("单位", supply.unit), ("存放处", supply.place), ("库存", str(supply.stock)),
        ("最低库存", str(supply.least)),
    ]  # fmt: skip
    headings = ("时间", "类别", "数量", "结存", "领用人", "用途", "经办人")
    return Document(
        sheet.title, sheet.site, supply.number, fields, [], tables=[Table("收发登记", headings, list(rows))],
        signatures=[("经办人", ""), ("客服主管", "")],
    )  # fmt: skip


FORMS = {"register": Form("易耗品领用登记表", _register)}
