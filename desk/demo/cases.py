"""The cases of the demo community: calls, complaints through their whole life, suggestions, an emergency."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data.cases import Complaint, Repair
from data.quality import Quality
from data.rounds import PlannedVisit
from data.tables import Value
from desk import cases, complaints, emergencies, followups, hearings, quality, repairs, requests, rounds
from desk.act import Act
from desk.contacts import intake
from desk.contacts.intake import Matter, Taken

COMPLAINTS = (
    ("noise", "楼上装修噪音太大，午休时间还在施工"), ("facility", "电梯三天两头停运"), ("cleaning", "楼道垃圾没人清"),
    ("indoor", "地库漏水淋湿车辆"), ("service", "保安态度差"), ("pests", "绿化带里蚊虫太多"), ("mail", "快递被误取"),
    ("security", "路灯不亮，晚上老人摔倒"),
)  # fmt: skip
MATTERS = {
    "request": ("想办月保停车卡", "请帮忙联系宽带安装", "代收一个大件快递"),
    "suggestion": ("建议增设电动车充电桩", "希望延长泳池开放时间"),
    "repair": ("厨房水龙头漏水", "入户门门锁打不开", "卫生间下水堵塞", "客厅跳闸", "楼道灯坏了"),
    "question": ("物业费怎么交", "垃圾分类时间", "装修需要办什么手续"),
}
# Where each repair is.
PUBLIC = "楼道"
SPOTS = {
    "厨房水龙头漏水": "厨房", "入户门门锁打不开": "入户门", "卫生间下水堵塞": "卫生间", "客厅跳闸": "客厅", "楼道灯坏了": PUBLIC,
}  # fmt: skip
OF_DEPARTMENT = {"engineering": "engineer", "security": "guard"}
OF_CATEGORY = {"noise": "security", "service": "security", "mail": "security", "security": "security"}
GRADED = (("important", "CMP-38"), ("important", "CMP-39"), ("minor", "CMP-40"), ("minor", "CMP-40"))
FIVE: dict[str, Value] = {"quality": "好", "effect": "已改善", "shortcomings": "无", "suggestions": "无"}


class CaseLife:
    """Takes contacts and carries their records on, as the desk would have.

    Args:
        act: from an operator's code and an instant to an act.
        people: (unit, person) pairs.
        now: when the demo is made.
    """

    def __init__(
        self,
        session: Session,
        act: Callable[[str, datetime], Act],
        people: list[tuple[int, int]],
        chance: random.Random,
        now: datetime,
    ) -> None:
        self.session, self.act, self.people, self.chance, self.now = session, act, people, chance, now

    def contact(self, at: datetime, kind: str) -> None:
        """One contact by a resident, and what came of it."""
        unit, person = self.chance.choice(self.people)
        channel = self.chance.choice(("phone", "phone", "visit", "visit", "letter"))
        category, what = self.chance.choice(COMPLAINTS) if kind == "complaint" else ("", "")
        taken = intake.take(
            self.act("front", at),
            channel=channel,
            kind=kind,
            what=what or self.chance.choice(MATTERS[kind]),
            unit_id=unit,
            person_id=person,
            caller_number=f"190{self.chance.randrange(10**8):08d}" if channel == "phone" else "",
            answer="已答复" if kind == "question" else "",
            category=category,
        )
        past = self.now - at > timedelta(hours=1)
        if taken.system == "repairs" and past:
            self._repair(taken.record, at)
        if taken.system == "requests" and past:
            self._request(taken, at, suggestion=kind == "suggestion")
        if taken.system == "complaints" and past:
            self._complaint(taken, at, category, written=channel == "letter")

    def _repair(self, number: str, at: datetime) -> None:
        """Old ones are filed with what the owner says; of today's, some are on their way."""
        phone = f"190{self.chance.randrange(10**8):08d}"
        case = self.session.get_one(Repair, number)
        spot = SPOTS.get(case.what, "")
        area = "public" if spot == PUBLIC else "home"
        repairs.order(self.act("front", at + timedelta(minutes=3)), number=number, area=area, spot=spot, phone=phone)
        repairs.notify(self.act("front", at + timedelta(minutes=4)), number=number)
        old = self.now - at > timedelta(days=1)
        if not old and self.chance.random() < 0.4:
            return
        repairs.collect(self._later(at, "engineer", 9), number=number)
        if not old and self.chance.random() < 0.5:
            return
        repairs.arrive(self._later(at, "engineer", 18), number=number)
        paid = self.chance.random() < 0.5 and area == "home"
        charge, agreed = ("paid", "业主") if paid else ("free", "")
        repairs.begin(self._later(at, "engineer", 20), number=number, charge=charge, agreed=agreed)
        repairs.finish(
            self._later(at, "engineer", 50), number=number, result="已修好", tested="正常", charges="3" if paid else ""
        )
        if not old:
            return
        said = self.chance.choice(("satisfied",) * 8 + ("dissatisfied", "none"))
        repairs.return_copy(self._later(at, "front", 200), number=number, copy="1", evaluation=said)
        if said != "satisfied" and area == "home":
            followups.visit(
                self._later(at, "officer", 230), number=number, system="repairs", how="phone", satisfied="yes", **FIVE
            )
        if paid:
            repairs.pay(self._later(at, "finance", 210), number=number, receipt=f"R-{number[-8:-2]}")
            repairs.return_copy(self._later(at, "finance", 211), number=number, copy="3")
        repairs.return_copy(self._later(at, "chief", 220), number=number, copy="2")

    def _request(self, taken: Taken, at: datetime, *, suggestion: bool) -> None:
        old = self.now - at > timedelta(days=2)
        requests.refer(self._later(at, "front", 5), number=taken.record, department="engineering")
        if self.chance.random() > (0.97 if old else 0.5):
            return
        requests.reply(self._later(at, "front", 30), number=taken.record, text="已向住户说明处理安排")
        if suggestion and old:
            requests.decide(
                self._later(at, "project", 90), number=taken.record, decision="adopted", text="列入下月计划"
            )
        if old:
            requests.close(self._later(at, "front", 200), number=taken.record, outcome="已处理，住户认可")
        if suggestion and old and self.chance.random() < 0.8:
            notice, number = "小区公告栏张榜", taken.record
            requests.publish(self._later(at, "lead", 900), number=number, notice=notice, commended="爱我小区热心住户")
            followups.visit(
                self._later(at, "officer", 1000), number=number, system="requests", how="phone", satisfied="yes", **FIVE
            )

    def _complaint(self, taken: Taken, at: datetime, category: str, *, written: bool) -> None:
        """Most are closed within the day; the newest, and a few old ones, stand somewhere on their way."""
        old = self.now - at > timedelta(days=2)
        stage = 9 if self.chance.random() < (0.94 if old else 0.1) else self.chance.randrange(2, 7)
        department = OF_CATEGORY.get(category, "engineering")
        grade, reason = ("important", "CMP-39") if category == "service" else self.chance.choice(GRADED)
        staff = "yes" if category == "service" else "no"
        number = taken.record
        steps: list[tuple[str, int, Callable[[Act], object]]] = [
            ("front", 4, lambda act: complaints.refer(act, number=number, department=department)),
            ("front", 6, lambda act: _hold(act, number)),
            (
                "project",
                10,
                lambda act: complaints.grade(
                    act, number=number, nature="valid", grade=grade, reason=reason, staff=staff
                ),
            ),
            ("lead", 15, lambda act: complaints.sign(act, number=number, opinion="请尽快处理并反馈")),
            (OF_DEPARTMENT[department], 25, lambda act: complaints.receive(act, number=number)),
            (OF_DEPARTMENT[department], 70, lambda act: complaints.feedback(act, number=number, text="已到场处理")),
            ("project", 80, lambda act: complaints.agree(act, number=number, agreed="yes")),
            ("front", 90, lambda act: complaints.answer(act, number=number, text="已处理完毕，请查看")),
            ("front", 95, lambda act: complaints.settle(act, number=number, text="现场整改完成")),
            ("front", 100, lambda act: complaints.confirm(act, number=number, how="phone", text="认可")),
        ]
        if self.session.get_one(Complaint, number).promoted:
            # Several homes raised it together: it is the manager's, who judges it by another way.
            steps, old = steps[:2], False
        if grade == "important":
            steps.insert(3, ("front", 12, lambda act: complaints.report(act, number=number, to="supervisor")))
        for code, minutes, step in steps[:stage] if stage < 9 else steps:
            step(self._later(at, code, minutes))
        if stage == 9 and old:
            if written:
                complaints.written_reply(
                    self._later(at, "lead", 110), number=number, text="尊敬的业主：所反映问题已处理。"
                )
            complaints.close(self._later(at, "front", 120), number=number, outcome="已处理，住户认可")
            self._visit(number, at)

    def _visit(self, number: str, at: datetime) -> None:
        luck = self.chance.random()
        if luck < 0.1:
            followups.attempt(self._later(at, "officer", 1200), number=number, how="phone", note="无人接听")
        if luck < 0.9:
            followups.visit(self._later(at, "officer", 1300), number=number, how="phone", satisfied="yes", **FIVE)
            complaints.archive(self._later(at, "front", 1400), number=number)

    def _later(self, at: datetime, code: str, minutes: int) -> Act:
        return self.act(code, at + timedelta(minutes=minutes))

    def _rounds(self) -> None:
        """The month's visits are planned; some were made, one home wishes none, one was not reached, a forum was held."""
        at = self.now - timedelta(minutes=30)
        rounds.plan(self.act("lead", at), count="24")
        found = select(PlannedVisit).where(PlannedVisit.kind == "routine").order_by(col(PlannedVisit.number))
        homes = [one.number for one in self.session.exec(found)]
        for number in homes[:6]:
            met: dict[str, Value] = {"number": number, "reached": "yes", "how": "phone", "satisfied": "yes"}
            rounds.meet(self._later(at, "officer", 5), **met, **FIVE)
        rounds.review(self._later(at, "lead", 9), number=homes[0], adopted="none")
        rounds.decline(self._later(at, "officer", 10), number=homes[6], words="平时不在家")
        rounds.meet(self._later(at, "officer", 11), number=homes[7], reached="no", how="phone", note="无人接听")
        hearings.hold(
            self._later(at, "lead", 12),
            kind="survey",
            topic="绿化养护问卷",
            minutes="收回四十份",
            households="40",
            satisfied="34",
        )

    def _building_quality(self) -> None:
        """One in warranty that waits for its plan, one just taken, one that is over, and one that nobody knows."""
        said = ((30, 300, "roof", "顶层主卧屋面渗水"), (2, 3, "pipes", "卫生间立管渗漏"), (50, 55, "doors", "入户门锁损坏"),
                (20, 200, "wet", "厨房地面返潮"))  # fmt: skip
        numbers = []
        for place, minutes, part, what in said:
            unit, person = self.people[place * len(self.people) // 60]
            taken = intake.take(
                self.act("front", self.now - timedelta(minutes=minutes)),
                channel="phone", kind="quality", what=what, part=part, unit_id=unit, person_id=person,
                caller_number="19000002345",
            )  # fmt: skip
            numbers.append((taken.record, self.now - timedelta(minutes=minutes)))
        number, at = numbers[0]
        case = self.session.get_one(Quality, number)
        if case.warranty == "in":
            quality.order(self._later(at, "front", 3), number=number, content="屋面防水重做", spot="主卧顶板")
            quality.notify(self._later(at, "front", 4), number=number)
            quality.collect(self._later(at, "engineer", 9), number=number)
            quality.tell_developer(
                self._later(at, "engineer", 12), number=number, developer="开发商监理部",
                appraisal=at + timedelta(minutes=200),
            )  # fmt: skip
            quality.appraise(self._later(at, "engineer", 210), number=number, text="防水层开裂，属保修范围")

    def today(self) -> None:
        """A call with several matters, one event of three households, a specialist question, and an emergency."""
        unit, person = self.people[300]
        intake.take_call(
            self.act("front", self.now - timedelta(minutes=6)),
            channel="phone",
            unit_id=unit,
            person_id=person,
            caller_number="19000001234",
            matters=[
                Matter("complaint", "门禁反复失灵", category="facility"),
                Matter("repair", "可视对讲无声"),
                Matter("question", "地库车位产权怎么登记", promised_at=self.now + timedelta(hours=2)),
            ],
        )
        alike = []
        for place in (310, 320, 330):
            unit, person = self.people[place]
            taken = intake.take(
                self.act("front", self.now - timedelta(minutes=5)),
                channel="visit",
                kind="complaint",
                what="整栋楼自来水发黄",
                category="indoor",
                unit_id=unit,
                person_id=person,
            )
            alike.append(taken.record)
        complaints.merge(self.act("front", self.now - timedelta(minutes=4)), number=alike[0], others=alike[1:])
        self._building_quality()
        self._rounds()
        unit, person = self.people[340]
        taken = intake.take(
            self.act("front", self.now - timedelta(minutes=2)),
            channel="phone",
            kind="emergency",
            emergency="lift",
            place="5栋2单元电梯",
            what="电梯困住两人",
            caller_number="19000005678",
            unit_id=unit,
            person_id=person,
            promised_at=self.now + timedelta(minutes=20),
        )
        emergencies.tell(self.act("front", self.now), number=taken.record, whom="1", outcome="told")


def _hold(act: Act, number: str) -> None:
    """A holding answer; a complaint that is major from the start gets a time for its next reply instead."""
    if cases.get(act.session, "complaints", number).grade == "major":
        complaints.promise(act, number=number, promised_at=act.now + timedelta(hours=2), text="我们马上核实")
    else:
        complaints.reply(act, number=number, text="我们马上核实，今天给您答复")
