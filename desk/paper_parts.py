"""What the papers of a case share: when and who, words in Chinese, the head of a form, visits, the titles of notes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.words import in_language
from desk import followups, intake
from desk.calendar import Calendar
from desk.operators import Posts


class At:
    """How a paper says when and who: local times, people by name and post."""

    def __init__(self, session: Session, calendar: Calendar) -> None:
        self.calendar, self.who = calendar, Posts(session, "zh")

    def __call__(self, moment: datetime | None) -> str:
        return self.calendar.local(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def zh(words: Mapping[str, str], key: str) -> str:
    return in_language("zh", words[key]) if key in words else key


def head(session: Session, case: Any, at: At) -> list[tuple[str, str]]:
    """What every form of a case begins with; its number stands in the contact register too (OUT-4)."""
    return [
        ("登记号", case.contact), ("受理时间", at(case.received_at)), ("方式", zh(intake.CHANNELS, case.channel)),
        ("客户", case.subject), ("联系电话", intake.caller_number(session, case.contact)), ("首问责任人", at.who[case.first_asked]),
    ]  # fmt: skip


def visits(session: Session, number: str, at: At) -> list[tuple[str, str]]:
    said = []
    for one in followups.visits_of(session, number):
        line = f"回访　{at(one.at)}　{at.who[one.visitor]}　{zh(followups.WAYS, one.how)}"
        answers = "　".join(
            f"{zh(followups.QUESTIONS, name)}：{getattr(one, name)}"
            for name in followups.QUESTIONS
            if getattr(one, name)
        )
        said.append(
            (line, f"{'满意' if one.satisfied == 'yes' else '不满意'}　{answers}" if one.reached else "未联系上")
        )
    return said


NOTE_TITLES = {
    "reply": "答复", "promise": "约定下次答复", "investigate": "调查核实", "written_reply": "书面答复", "grade": "界定说明",
    "declare": "公司认定", "report": "上报", "agree": "同意意见", "send_back": "退回", "overrun": "延长",
    "settle": "处理情况", "confirm": "客户意见", "prevent": "预防措施", "plan": "整改计划", "decline": "不采纳理由",
    "notice": "张榜", "tell": "通知", "chase": "催办", "refer": "转交说明", "recall": "撤回联系单",
}  # fmt: skip
