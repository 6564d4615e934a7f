"""The line of the contact register as a form, under either title, with who took its order (F-3, F-4, REP-6)."""

from data.cases import Contact, Repair
from desk import cases
from desk.contacts import intake
from desk.ground.channels import CHANNELS
from desk.paper.document import Document
from desk.paper.parts import Form, Sheet, zh


def _contact(sheet: Sheet, contact: Contact) -> Document:
    repair = sheet.session.get(Repair, contact.became)
    fields = [
        ("时间", sheet.at(contact.at)),
        ("方式", zh(CHANNELS, contact.channel)),
        ("来电显示", contact.caller_number),
        ("客户", cases.who_came(sheet.session, contact)),
        ("类别", zh(intake.KINDS, contact.kind)),
        ("首问责任人", sheet.at.who[contact.first_asked]),
        ("转交", contact.handed_to),
        ("转为", contact.became),
        ("工程签收", sheet.at.by(repair.collected_by, repair.collected_at) if repair else ""),
    ]
    texts = [("内容", contact.what), *([("答复", contact.answer)] if contact.answer else [])]
    return sheet.filled(contact.number, fields, texts)


FORMS = {"contact": Form("客户来电来访记录表", _contact), "owner": Form("业主来访来电咨询投诉记录表", _contact)}
