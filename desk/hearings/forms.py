"""The minutes of an occasion on paper (F-20)."""

from data.rounds import Hearing
from desk import cases
from desk.hearings.terms import KINDS
from desk.paper.document import Document
from desk.paper.parts import Form, Sheet, zh


def _minutes(sheet: Sheet, held: Hearing) -> Document:
    fields = [
        ("形式", zh(KINDS, held.kind)),
        ("主题", held.topic),
        ("时间", sheet.at(held.at)),
        ("户数", str(held.households)),
    ]
    if held.satisfied >= 0:
        fields.append(("满意", str(held.satisfied)))
    raised = "　".join(note.text for note in cases.notes_of(sheet.session, held.number) if note.kind == "found")
    texts = [("记录", held.minutes), *([("转为", raised)] if raised else [])]
    return sheet.filled(held.number, fields, texts, [("记录人", sheet.at.who[held.held_by]), ("客服主管", "")])


FORMS = {"minutes": Form("住户座谈会／调查记录", _minutes)}
