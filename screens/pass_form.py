"""The form of a release pass: it asks only what applies, and shows what is known of the room beside it."""

from dataclasses import replace
from typing import Any

from textual.binding import Binding
from textual.content import Content

from data.words import N_, _
from desk import directory, drafts, moments, passes
from desk.passes import goods, proof
from desk.refusals import Invalid
from screens import people
from screens.base import FormDialog, Room
from screens.records import card_parts
from screens.text import one_line
from screens.timeline import heading, pair
from screens.widgets.finder import Finder
from screens.widgets.form import Field

DRAFT = "pass"
CARRIER_OF = {"owner": "owner", "tenant": "tenant", "family": "relative", "employee": "employee"}
YES_NO = (("yes", N_("yes")), ("no", N_("no")))


def _proof(values: dict[str, str]) -> str:
    return proof.needed_proof(values["carrier"], values["nature"], by_phone=values["by_phone"] == "yes")


def _called(values: dict[str, str]) -> bool:
    return _proof(values) in ("owner", "company")


def _yes_no() -> list[tuple[str, str]]:
    return [(key, _(text)) for key, text in YES_NO]


def slips() -> list[tuple[str, str]]:
    """What may have become of the lower part of a pass that is voided."""
    return [("destroyed", _("destroyed")), ("due", _("not back yet")), ("lost", _("lost"))]


def fields(room: Room, replaces: str = "") -> list[Field]:
    """The fields of a pass, in the order in which they are asked."""
    facts = [
        Field(fact, label, "choice", _yes_no, asked=lambda values: _proof(values) == "three_facts")
        for fact, label in proof.FACTS.items()
    ]
    return [
        Field("void_reason", N_("Why void"), longest=200, hint=N_("why the old pass is voided"),
              asked=lambda _values: bool(replaces)),
        Field("slip", N_("Lower part"), "choice", slips, default="due", asked=lambda _values: bool(replaces)),
        Field("statement", N_("Statement"), longest=200, hint=N_("how it was lost, who says so"),
              asked=lambda values: bool(replaces) and values["slip"] == "lost"),
        Field("room", N_("Room"), "find", find=people.finder(room.desk_app),
              hint=N_("name, pinyin, room, phone, plate")),
        Field("carrier", N_("Carrier"), "choice", lambda: [(k, passes.carrier_name(k)) for k in passes.CARRIERS],
              default="owner"),
        Field("nature", N_("Nature"), "choice", lambda: [(k, passes.nature_name(k)) for k in passes.NATURES],
              default="temporary"),
        Field("by_phone", N_("Owner is"), "choice", lambda: [("no", _("at the desk")), ("yes", _("on the phone"))],
              default="no", asked=lambda values: values["carrier"] == "owner"),
        Field("id_seen", N_("Original ID"), "choice", lambda: [("yes", _("seen")), ("no", _("not seen"))],
              asked=lambda values: _proof(values) == "original_id"),
        *facts,
        Field("called_name", N_("In charge"), longest=60, hint=N_("who is in charge at the company"),
              asked=lambda values: _proof(values) == "company"),
        Field("called", N_("Number called"), longest=20, asked=_called),
        Field("outcome", N_("They"), "choice", lambda: [(k, passes.outcome_name(k)) for k in proof.OUTCOMES],
              asked=_called),
        Field("opinion", N_("In words"), longest=200, hint=N_("what they said"), asked=_called),
        Field("items", N_("Goods"), "long"),
        Field("reason", N_("Reason"), "choice", lambda: [(k, passes.reason_name(k)) for k in passes.REASONS]),
        Field("destination", N_("Destination"), longest=120),
        Field("mover", N_("Mover"), longest=60, hint=N_("who carries it out")),
        Field("mover_id", N_("Mover's ID"), longest=20, private=True, hint=N_("empty: as on file")),
        Field("mover_phone", N_("Phone"), longest=20),
        Field("plate", N_("Plate"), longest=12),
        Field("moving_at", N_("Moving at"), longest=30, hint=N_("empty: now; 15:30, +30 minutes")),
    ]  # fmt: skip


def read(values: dict[str, str], unit: Any, act: Any) -> passes.Draft:
    """The draft that a form's values say; refuses at the field that cannot be read."""
    if unit is None:
        raise Invalid(N_("Choose the room from the list."), field="room", clause="REL-3")
    call = None
    if _called(values) and values["outcome"]:
        call = passes.Call(values["called"], values["outcome"], values["opinion"], values["called_name"])
    return passes.Draft(
        unit_id=unit[0], carrier=values["carrier"], nature=values["nature"], destination=values["destination"],
        mover=values["mover"], mover_id=values["mover_id"], reason=values["reason"],
        mover_phone=values["mover_phone"], plate=values["plate"], by_phone=values["by_phone"] == "yes",
        id_seen=values["id_seen"] == "yes", ticks=frozenset(f for f in proof.FACTS if values[f] == "yes"), call=call,
        items=passes.parse_items(values["items"]),
        moving_at=moments.parse(values["moving_at"] or "+0", act.calendar, act.now, field="moving_at"),
    )  # fmt: skip


class PassDialog(FormDialog):
    """A new pass, or the one that replaces another."""

    BINDINGS = [
        Binding("ctrl+g", "loads", N_("Common loads"), tooltip=N_("Fill the goods in from a common load")),
        Binding(
            "ctrl+r", "repeat", N_("As last time"), tooltip=N_("The goods and destination of this room's last pass")
        ),
    ]

    def __init__(
        self, room: Room, title: str, *, replaces: str = "", key: people.Key | None = None, text: str = ""
    ) -> None:
        super().__init__(title, fields(room, replaces), self._save, draft="" if replaces else DRAFT)
        self.replaces, self.start, self.last = replaces, (key, text), ""
        self.applicant = ""
        self.known: list[Content] = []
        self.place = -1
        self.kept: dict[str, str] = {}

    def on_mount(self) -> None:
        desk, who = self.desk_app.desk, self.desk_app.who
        self.kept = drafts.load(desk.store, who.code, DRAFT) if who and self.draft else {}
        super().on_mount()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        key, text = self.start
        if self.replaces:
            self._fill_from(self.replaces, whole=True)
        elif key is not None:
            self._room.put(text, key)
            self.edited("room")
            self.refresh_aside()
            self.screen.focus_next()
        elif any(value for name, value in self.kept.items() if name in ("room", "items", "destination", "mover")):
            self.form.put(self.kept)
            self._room.put("")
            self.say(_("Your draft is back: choose the room again; the ID number was not kept."))

    @property
    def _room(self) -> Finder:
        finder = self.form.widget("room")
        assert isinstance(finder, Finder)
        return finder

    def edited(self, name: str) -> None:
        key: Any = self._room.key
        if name == "room" and key is not None:
            self._fill_known(key)
        if name in ("carrier", "nature") and key is not None:
            self._fill_phone(key[0])

    def _fill_known(self, key: people.Key) -> None:
        """Everything known of the room: beside the form, and in the fields it answers."""
        desk = self.desk_app.desk
        with desk.read() as session:
            card = directory.card(session, key[0], self.desk_app.desk.now())
            facts = passes.facts_on_file(session, key[0])
            newest = passes.page_of_unit(session, key[0], limit=1)
        self.last = newest[0].number if newest else ""
        self.known = card_parts(desk, key[0])
        self.known.append(heading(_("On file of the owner")))
        self.known += [pair(_(label), facts.get(fact, _("nothing"))) for fact, label in proof.FACTS.items()]
        for warning in passes.warnings(desk, key[0]):
            self.known.insert(1, Content.styled(one_line("▲ " + warning), "bold $warning"))
        chosen = next((one for one in card.members if one.person_id == key[1]), None)
        self.applicant = chosen.name if chosen is not None else ""
        if chosen is not None:
            values = {"carrier": CARRIER_OF.get(chosen.relation, "owner"), "mover": chosen.name}
            values["mover_phone"] = chosen.phones[0] if chosen.phones else ""
            self._put(values)
        self._fill_phone(key[0])

    def _fill_phone(self, unit_id: int) -> None:
        values = self.form.values()
        if _proof(values) == "owner" and not values["called"]:
            with self.desk_app.desk.read() as session:
                phones = passes.owner_phones(session, unit_id)
            self._put({"called": phones[0] if phones else ""})

    def _put(self, values: dict[str, str]) -> None:
        room_key, room_text = self._room.key, self._room.value
        self.form.put({**self.form.values(), **values})
        self._room.put(room_text, room_key)

    def _fill_from(self, number: str, *, whole: bool) -> None:
        desk = self.desk_app.desk
        with desk.read() as session:
            paper, items = passes.get(session, number), passes.items_of(session, number)
            label = passes.unit_label(session, paper)
        left = [
            goods.Item(item.name, item.quantity - item.out, item.unit) for item in items if item.quantity > item.out
        ]
        values = {"items": "\n".join(map(str, left)), "destination": paper.destination, "reason": paper.reason}
        if whole:
            self._room.put(label, (paper.unit_id, None))
            self._fill_known((paper.unit_id, None))
            values |= {"carrier": paper.carrier, "nature": paper.nature, "mover": paper.mover, "plate": paper.plate,
                       "mover_phone": paper.mover_phone}  # fmt: skip
        self._put(values)
        self.form.ask()
        self.refresh_aside()

    def aside(self) -> list[Content]:
        return self.known

    def action_loads(self) -> None:
        """Fill the goods in from the next common load."""
        loads = goods.loads()
        self.place = (self.place + 1) % len(loads)
        self._put({"items": loads[self.place][1]})
        self.say(loads[self.place][0])

    def action_repeat(self) -> None:
        """The goods and destination of the room's last pass."""
        if self.last:
            self._fill_from(self.last, whole=False)
        else:
            self.say(_("This room has had no pass yet."))

    async def _save(self, _dialog: FormDialog, values: dict[str, str], request: str) -> object:
        unit = self._room.key

        def work(act: Any) -> tuple[str, str, str]:
            draft = replace(read(values, unit, act), applicant=self.applicant)
            if self.replaces:
                paper = passes.correct(
                    act, number=self.replaces, draft=draft, reason=values["void_reason"], slip=values["slip"],
                    statement=values["statement"],
                )  # fmt: skip
            else:
                paper = passes.issue(act, draft=draft)
            small = [item.name for item in draft.items if passes.needs_no_pass(item.name)]
            return paper.number, paper.state, ", ".join(small)

        return await self.act(work, form=self.form, request=request)
