"""A fictional community to look around in: 2,000 units and three weeks of life, the same every time."""

import random
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, insert, select, update

from data.clocks import Clock
from data.directory import Arrears, Building, Entrance, Occupancy, Person, Unit
from data.operators import Operator
from data.store.opening import create_store, remove_store
from data.store.store import Store
from data.tables import Value
from desk import operators, passes, roster, site, ticking
from desk.act import SYSTEM, Act, Desk, Now
from desk.clocks import clocks
from desk.demo.cases import CaseLife
from desk.duty import cover, plan
from desk.duty import life as duty
from desk.ground import idcards
from desk.ground.refusals import Refused
from desk.ground.wallclock import wall_clock
from desk.passes import carrier, gate
from desk.roster import Household, Plan, Resident

SITE = "云栖里花园（演示）"
SECRET = "demo88"
PEOPLE = (
    ("front", "程前台", "receptionist", "customer_service"),
    ("front2", "戴接班", "receptionist", "customer_service"),
    ("guard", "郝门岗", "guard", "security"),
    ("guard2", "夏夜岗", "guard", "security"),
    ("lead", "龚主管", "supervisor", "customer_service"),
    ("finance", "钱财务", "finance", "finance"),
    ("engineer", "梁工程", "engineer", "engineering"),
    ("chief", "柏经理", "engineering_manager", "engineering"),
    ("officer", "区客户", "customer_officer", "customer_service"),
    ("project", "项经理", "project_supervisor", "customer_service"),
    ("company", "司总管", "company_manager", "customer_service"),
    ("admin", "管理员", "administrator", "customer_service"),
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈单仇解查翟覃区盖乐"
GIVEN = "安柏晨澄冬恩芳歌涵浩禾恒晖慧佳嘉健杰瑾静俊可岚乐黎立琳露茂铭木娜楠宁沛琪青清然荣若森山书思松涛桐薇文希夏晓欣星雅妍阳一宜逸音英优雨语玉远月云泽芝知舟子紫"
GOODS = ("沙发 2\n茶几 1", "双开门冰箱 1 台", "纸箱 12 个\n行李箱 3", "书桌 1\n办公椅 2\n显示器 2 台", "洗衣机 1 台")
KINDS = ("complaint", "request", "repair", "question", "pass") * 3 + ("suggestion", "question")
BUILDINGS, ENTRANCES, FLOORS, ROOMS = 10, 2, 25, 4
DAYS = 21
# How many days ago buildings were accepted: new ones, some whose two years or five years are about to end, an old one.
AGES = (430, 700, 1210, 1800, 4200)


def make(path: Path, now: Now = wall_clock) -> Store:
    """Make the demo store; nothing is left behind when it fails."""
    store = create_store(path)
    try:
        _fill(store, now())
    except BaseException:
        store.close()
        remove_store(path)
        raise
    return store


def _fill(store: Store, now: datetime) -> None:
    chance = random.Random(20260101)
    with store.writing() as session:
        session.add(Operator(code=SYSTEM, name="Qiantai", roles="", secret_hash=""))
        for code, name, role, department in PEOPLE:
            secret = operators.hash_secret(SECRET, demo=True)
            session.add(Operator(code=code, name=name, roles=role, department=department, secret_hash=secret))
        session.flush()
        life = _Life(store, session, chance, now)
        life.settle()
        life.live()
        last = life.last
    if last is not None:
        store.save_head(*last)
    desk = Desk(store, lambda: now)
    while ticking.tick(desk, batch=2000):
        continue


def population(chance: random.Random) -> Plan:
    """The households of the demo community."""
    plan = Plan()
    for building in range(1, BUILDINGS + 1):
        for entrance in range(1, ENTRANCES + 1):
            for floor in range(1, FLOORS + 1):
                for room in range(1, ROOMS + 1):
                    home = Household(str(building), str(entrance), f"{floor}{room:02d}", floor, 7200 + room * 1150)
                    home.people = _household(chance)
                    if home.people and chance.random() < 0.35:
                        plate = f"沪Q{chance.randrange(100000):05d}"
                        home.plates = [(plate, home.people[0].name)]
                    plan.households[home.label] = home
    return plan


def fictional_id(chance: random.Random) -> str:
    """An ID-card number of a region that does not exist, with a right check character."""
    digits = f"990000{chance.randrange(1950, 2005)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    digits += f"{chance.randrange(1000):03d}"
    return digits + idcards.check_character(digits)


def _household(chance: random.Random) -> list[Resident]:
    if chance.random() < 0.06:
        return []
    relations = ["owner"] + ["family"] * chance.choice((0, 1, 1, 2)) + ["tenant"] * (chance.random() < 0.18)
    people: dict[str, Resident] = {}
    surname = chance.choice(SURNAMES)
    for relation in relations:
        family = surname if relation != "tenant" else chance.choice(SURNAMES)
        name = family + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2))))
        phone = f"190{chance.randrange(10**8):08d}"
        workplace = chance.choice(("", "云栖小学", "晴川设计院", "南浦医院"))
        id_card = fictional_id(chance) if relation != "family" and chance.random() < 0.7 else ""
        people[name] = Resident(name, relation, chance.choice("男女"), (phone,), id_card, workplace, phone, None, None)
    return list(people.values())


class _Life:
    """Three weeks at the desk, told to the same procedures that people use, in one transaction."""

    def __init__(self, store: Store, session: Session, chance: random.Random, now: datetime) -> None:
        self.store, self.session, self.chance, self.now = store, session, chance, now
        self.last: tuple[int, str] | None = None
        self.shared: dict[str, object] = {}

    def act(self, code: str, at: datetime) -> Act:
        act = Act(self.store, self.session, at, self.session.get_one(Operator, code), workstation="demo")
        if self.shared:
            act.__dict__.update(self.shared)
        else:
            self.shared = {"choices": act.choices, "calendar": act.calendar}
        return act

    def _build(self) -> None:
        """When each building was accepted and its homes handed over; of the last building nobody knows."""
        today = self.now.date()
        for building in self.session.exec(select(Building).where(Building.name != str(BUILDINGS))):
            building.accepted_on = today - timedelta(days=AGES[int(building.name) % len(AGES)])
            homes = select(Entrance.id).where(Entrance.building_id == building.id)
            handed = building.accepted_on + timedelta(days=90)
            self.session.exec(update(Unit).where(col(Unit.entrance_id).in_(homes)).values(handed_on=handed))

    def settle(self) -> None:
        """The site and its people."""
        site.put(self.session, "site.name", SITE)
        site.put(self.session, "site.demo", " ".join(f"{code}:{SECRET}" for code, *_ in PEOPLE))
        act = self.act(SYSTEM, self.now - timedelta(days=DAYS + 1))
        act.record("site.set_up")
        roster.apply(act, plan=population(self.chance))
        people = self.session.exec(
            select(Unit.id, Person.id, Occupancy.relation, Person.id_card_sealed)
            .join(Occupancy, col(Occupancy.unit_id) == Unit.id)
            .join(Person, col(Person.id) == Occupancy.person_id)
            .order_by(col(Unit.id), col(Person.id))
        ).all()
        self.people = [(unit or 0, person or 0) for unit, person, *_ in people]
        self.owners = [(unit or 0, person or 0) for unit, person, tie, card in people if tie == "owner" and card]
        self._build()
        debts: list[dict[str, object]] = []
        for unit in sorted({unit for unit, _person in self.people}):
            if self.chance.random() < 0.08:
                fen = self.chance.randrange(8000, 260000)
                debts.append({"unit_id": unit, "fee": "property", "fen": fen, "as_of": self.now})
        self.session.connection().execute(insert(Arrears), debts)

    def _card(self, unit: int, person: int) -> str:
        """The ID number of an owner of a unit who is on file with one, else ""."""
        known = next((one for one in carrier.on_file(self.session, unit, "owner") if one.id == person), None)
        if known is None or known.id_card_sealed is None:
            return ""
        return idcards.unseal(self.store.keys, known.id_card_sealed, f"person:{known.id}")

    def live(self) -> None:
        """Contacts, replies and passes of three weeks, in the order in which they happened."""
        events: list[tuple[datetime, str]] = []
        for day in range(DAYS, -1, -1):
            for _ in range(self.chance.randrange(9, 16)):
                minutes = self.chance.randrange(8 * 60, 17 * 60)
                at = (self.now - timedelta(days=day)).replace(hour=0, minute=0, second=0, microsecond=0)
                kind = self.chance.choice(KINDS)
                events.append((at + timedelta(minutes=minutes - 8 * 60), kind))
        recent = [(self.now - timedelta(minutes=m), k) for m, k in ((4, "complaint"), (7, "request"), (50, "request"))]
        cases = CaseLife(self.session, self.act, self.people, self.chance, self.now)
        for at, kind in sorted([event for event in events if event[0] < self.now - timedelta(hours=1)] + recent):
            self._pass(at) if kind == "pass" else cases.contact(at, kind)
        cases.today()
        self._special()
        self._roster()
        from desk import journal

        entry = journal.last_entry(self.session)
        self.last = (entry.number, entry.digest) if entry else None

    def _roster(self) -> None:
        """Who is on which post this week; the guards' nights are nobody's yet."""
        today = self.now.astimezone(site.zone("Asia/Shanghai")).date()
        last = str(today + timedelta(days=6))

        def put(post: str, who: str, stretches: str) -> None:
            with suppress(Refused):
                plan.plan_shift(
                    self.act("lead", self.now), post=post, who=who, first=str(today), last=last, stretches=stretches
                )

        put("desk", "front", "AB")
        put("desk", "officer", "N")
        put("gate", "guard", "A")
        put("gate", "guard2", "B")
        for code in ("front", "guard"):
            act = self.act(code, self.now)
            own = cover.own_shift(act, code)
            if own is not None and own.begins_at <= self.now:
                duty.arrive(act, number=own.number)

    def _pass(self, at: datetime) -> None:
        unit, person = self.chance.choice(self.owners)
        if passes.owed(self.session, unit):
            return
        mover = self.session.get_one(Person, person).name
        draft = passes.Draft(
            unit,
            "owner",
            "temporary",
            self.chance.choice(("市区新居", "维修店", "父母家")),
            mover,
            self._card(unit, person),
            at + timedelta(minutes=30),
            passes.parse_items(self.chance.choice(GOODS)),
            reason=self.chance.choice(("repair", "give", "use")),
            plate=f"沪Q{self.chance.randrange(100000):05d}",
            id_seen=True,
        )
        number = passes.issue(self.act("front", at), draft=draft).number
        luck = self.chance.random()
        if luck < 0.06:
            passes.void(self.act("front", at), number=number, reason="填写有误，另开新单")
        elif luck < 0.92:
            passes.sign_fees(self.act("finance", at), number=number)
            passes.seal(self.act("front", at), number=number)
            if luck < 0.8 and self.now - at > timedelta(hours=6):
                gate.let_out(self.act("guard", at), number=number)
                if self.now - at > timedelta(days=2):
                    passes.return_slip(self.act("front", at), number=number)

    def _gate_today(self) -> None:
        """Passes of every kind that the desk and the gate have to deal with now."""
        free = [pair for pair in self.owners if not passes.owed(self.session, pair[0])]
        calendar = self.act("front", self.now).calendar
        # A pass is for the day of its move: one that is let out today moves today, also just before midnight.
        tomorrow = calendar.midnight(calendar.local(self.now).date() + timedelta(days=1))
        last_minute = tomorrow - timedelta(minutes=1)

        def by(code: str) -> Act:
            return self.act(code, self.now)

        def write(goods: str, place: int, **more: Value) -> str:
            unit, person = free[place % len(free)]
            values = {"carrier": "owner", "nature": "temporary", "id_seen": True, "reason": "use", **more}
            draft = passes.Draft(
                unit_id=unit,
                destination="市区新居",
                mover=self.session.get_one(Person, person).name,
                mover_id=self._card(unit, person),
                moving_at=min(self.now + timedelta(minutes=10), last_minute),
                items=passes.parse_items(goods),
                plate=f"沪Q{self.chance.randrange(100000):05d}",
                **values,
            )
            return passes.issue(by("lead"), draft=draft).number

        def sealed(goods: str, place: int) -> str:
            number = write(goods, place)
            passes.sign_fees(by("finance"), number=number)
            return passes.seal(by("lead"), number=number).number

        phone = passes.owner_phones(self.session, free[40 % len(free)][0])[0]
        unreached = passes.Call(phone, "unreached")
        write("钢琴 1 架", 40, carrier="nanny", call=unreached)
        write("床 1\n衣柜 2", 80)
        passes.sign_fees(by("finance"), number=write("冰箱 1\n洗衣机 1", 120))
        sealed("沙发 2\n茶几 1\n纸箱 6 个", 160)
        gate.let_out(by("guard"), number=sealed("办公桌 3\n椅子 6 把", 200), goods={1: 1, 2: 6})
        gate.refuse(by("guard"), number=sealed("自行车 1", 240), reason="more", note="多出一台电视")
        for _ in range(3):
            write("电脑 1 台", 280)

    def _special(self) -> None:
        """A paused promise, one with a not-before bound, and one that rests on an unknown holiday notice."""
        query = select(Clock).where(Clock.rule == "T-19", col(Clock.ended_at).is_(None)).order_by(col(Clock.id).desc())
        clock = self.session.exec(query).first()
        if clock is not None and clock.id is not None:
            clocks.pause(self.act("lead", self.now), clock_id=clock.id, reason="等待住户提供资料", waiting_on="住户")
        self._gate_today()
        self.act("front", self.now).record("renovation.accept", "ZX-DEMO-1", subject="5-2-803 装修竣工验收")
        self.act("lead", self.now).record("reports.open_week", "WEEK", subject="本周需求汇总")
