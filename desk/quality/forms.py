"""The situation form and the coordination order of a quality complaint (F-8, F-9, QRP-1, QRP-2, QRP-5, QRP-8)."""

from data.quality import Quality
from data.words import N_
from desk.cases.forms import head, history, notes
from desk.ground.refusals import StateChanged
from desk.paper.document import Document
from desk.paper.parts import Form, Pairs, Sheet, zh
from desk.quality import warranty
from desk.quality.ending import parties
from desk.quality.terms import PARTIES, WARRANTIES


def _warranty(sheet: Sheet, case: Quality) -> Pairs:
    parts = {part.id: part.zh for part in warranty.rules(sheet.store).parts}
    said = f"{zh(WARRANTIES, case.warranty)}　{case.warranty_until or ''}".strip()
    return [("部位", parts.get(case.part, case.part)), ("保修", said), ("判定依据", case.warranty_why)]


def _situation(sheet: Sheet, case: Quality) -> Document:
    """Details, the warranty, engineering's signature, progress and result (F-8)."""
    fields = [
        *head(sheet, case),
        *_warranty(sheet, case),
        ("工程签收", _signed_for(sheet, case)),
        ("维修人员", sheet.at.who[case.worker]),
        ("索赔", case.claim),
        ("转为维修单", case.became),
    ]
    texts = [("投诉内容", case.what), *history(sheet, case)]
    if case.outcome:
        texts.append((f"结果　{sheet.at(case.closed_at)}", case.outcome))
    return sheet.filled(case.number, fields, texts, [("工程部签收", _signed_for(sheet, case)), ("经办人", "")])


def _signed_for(sheet: Sheet, case: Quality) -> str:
    """Who of engineering signed for it in this round."""
    return sheet.at.by(case.collected_by, case.collected_at) if case.collected_at else ""


def _coordination(sheet: Sheet, case: Quality) -> Document:
    """Content, the appraisal with the developer's supervision, the plan, consent, and who signs (F-9).

    Raises:
        StateChanged: it was not written, or the warranty turned out to be over (QRP-2, QRP-4).
    """
    if case.ordered_at is None or case.warranty != warranty.IN:
        raise StateChanged(
            N_("There is no coordination order of {number}: it is written in warranty only."),
            number=case.number,
            clause="QRP-4",
        )
    signed = {one.party: one for one in parties(sheet.session, case)}
    fields = [
        *head(sheet, case),
        *_warranty(sheet, case),
        ("地点", case.spot),
        ("填单时间", sheet.at(case.ordered_at)),
        ("开发商监理部", case.developer),
        ("通知时间", sheet.at(case.developer_told_at)),
        ("鉴定时间", sheet.at(case.appraisal_at)),
        ("施工单位", case.contractor),
        ("业主同意", f"{case.consented}　{sheet.at(case.consented_at)}".strip()),
        ("完工时间", sheet.at(case.finished_at)),
    ]
    content = [text for _label, text in notes(sheet, case, "order")]
    texts = [
        ("维修内容", content[-1] if content else case.what),
        *([("现场鉴定", case.appraised)] if case.appraised else []),
        *([("维修方案", case.plan)] if case.plan else []),
        *([("处理结果", case.result)] if case.result else []),
    ]
    places = []
    for party in PARTIES:
        one = signed.get(party)
        said = (
            ""
            if one is None
            else f"缺席：{one.absent}　{sheet.at(one.at)}"
            if one.absent
            else f"{one.name}　{sheet.at(one.at)}"
        )
        places.append((zh(PARTIES, party), said))
    return sheet.filled(case.number, fields, texts, places)


FORMS = {
    "situation": Form("客户质量投诉处理情况表", _situation),
    "coordination": Form("保修期内质量投诉协调处理单", _coordination),
}
