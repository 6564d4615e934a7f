"""What the forms of all cases share: the head, what was said, return visits, and the whole record."""

from datetime import datetime

from data.cases import CaseBase
from desk import cases
from desk.cases.visited import QUESTIONS, WAYS, visits_of
from desk.ground.channels import NAMES as CHANNELS
from desk.paper.document import Document
from desk.paper.parts import Pairs, Sheet, zh

NOTE_TITLES = {
    "reply": "答复",
    "promise": "约定下次答复",
    "investigate": "调查核实",
    "written_reply": "书面答复",
    "grade": "界定说明",
    "declare": "公司认定",
    "report": "上报",
    "agree": "同意意见",
    "send_back": "退回",
    "overrun": "延长",
    "settle": "处理情况",
    "confirm": "客户意见",
    "prevent": "预防措施",
    "plan": "整改计划",
    "decline": "不采纳理由",
    "notice": "张榜",
    "tell": "通知",
    "chase": "催办",
    "refer": "转交说明",
    "recall": "撤回联系单",
    "judge": "保修判定",
    "dispute": "业主异议",
    "order": "维修内容",
    "appoint": "改约",
    "appraise": "现场鉴定",
    "plan_refused": "业主不同意方案",
    "follow": "跟进",
    "raised": "当场答复",
    "read": "主管意见",
    "unsolved": "未解决",
    "solved": "处理结果",
    "found": "转为",
    "reject": "未予验收",
    "claim": "索赔",
    "hear": "中心经理意见",
    "decide": "公司意见",
    "round": "上一轮",
    "finish": "完工结果",
    "reorder": "更正前",
    "study": "反复报修的处理",
    "developer": "通知开发商监理部",
    "check": "抽查",
    "permitted": "同意走访",
    "declined": "谢绝走访",
    "note": "备注",
    "summary": "小结",
    "advise": "工程经理意见",
    "consent": "同意价格",
    "decline_price": "不同意价格",
    "branch": "到场要求变更",
    "wait": "待谁处理",
    "urge": "催促",
    "also": "同一事项来电",
    "told": "已告知来电人",
    "recharge": "改前收费",
    "review": "收费核对无误",
    "paid": "上一轮已付",
    "counted": "账实不符",
    "reason": "原因",
    "list": "名单失效",
    "recount": "重复投诉重新认定",
    "visited": "已走访",
    "mend:what": "更正事项",
    "mend:who": "更正客户",
    "mend:category": "更正类别",
    "mend:kind": "更正类别",
    "mend:sort": "更正类型",
}


def head(sheet: Sheet, case: CaseBase) -> Pairs:
    """What every form of a case begins with; its number stands in the contact register too (OUT-4)."""
    return [
        ("登记号", case.contact),
        ("受理时间", sheet.at(case.received_at)),
        ("方式", zh(CHANNELS, case.channel)),
        ("客户", case.subject),
        ("联系电话", cases.caller_number(sheet.session, case.contact)),
        ("首问责任人", sheet.at.who[case.first_asked]),
    ]


Dated = list[tuple[datetime, str, str]]


def notes(sheet: Sheet, case: CaseBase, *kinds: str) -> Pairs:
    """What was said of these kinds, or of every kind, oldest first."""
    return [(title, text) for _at, title, text in _notes(sheet, case, kinds)]


def _notes(sheet: Sheet, case: CaseBase, kinds: tuple[str, ...]) -> Dated:
    return [
        (
            note.at,
            f"{NOTE_TITLES.get(note.kind, '记录')}　{sheet.at(note.at)}　{sheet.at.who[note.operator]}",
            note.text,
        )
        for note in cases.notes_of(sheet.session, case.number)
        if not kinds or note.kind in kinds
    ]


def visits(sheet: Sheet, case: CaseBase) -> Pairs:
    """The return visits and what each was told."""
    return [(title, text) for _at, title, text in _visits(sheet, case)]


def _visits(sheet: Sheet, case: CaseBase) -> Dated:
    told: Dated = []
    for one in visits_of(sheet.session, case.number):
        answers = [f"{zh(QUESTIONS, name)}：{said}" for name in QUESTIONS if (said := getattr(one, name))]
        on_time = f"按时到达：{'是' if one.on_time == 'yes' else '否'}" if one.on_time in ("yes", "no") else ""
        line = f"回访　{sheet.at(one.at)}　{sheet.at.who[one.visitor]}　{zh(WAYS, one.how)}"
        said = ("满意" if one.satisfied == "yes" else "不满意", on_time, *answers)
        note = "　".join(filter(None, said if one.reached else ("未联系上", one.suggestions)))
        told.append((one.at, line, note))
    return told


def history(sheet: Sheet, case: CaseBase) -> Pairs:
    """Everything that was said of a case and at its return visits, in the order in which it happened."""
    told = sorted([*_notes(sheet, case, ()), *_visits(sheet, case)], key=lambda one: one[0])
    return [(title, text) for _at, title, text in told]


def whole(sheet: Sheet, case: CaseBase, own: Pairs) -> Document:
    """The whole record: head, the system's own fields, what was said and done, who signs."""
    texts = [("内容", case.what), *history(sheet, case)]
    if case.outcome:
        texts.append((f"结果　{sheet.at(case.closed_at)}", case.outcome))
    return sheet.filled(case.number, [*head(sheet, case), *own], texts, [("经办人", ""), ("客户", "")])
