"""The form of a release pass: it asks only what applies, and shows what is known of the room beside it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual.binding import Binding
from textual.content import Content

from data.problems import Problem
from data.words import N_, _
from desk import choices, directory, drafts, passes, site
from desk.calendar import moments
from desk.ground.fields import Field
from desk.ground.refusals import Invalid
from desk.passes import carrier, goods, proof
from desk.passes.steps import slips
from screens import people
from screens.base import FormDialog, Room, kept_draft
from screens.drafting import draft_name
from screens.records import card_parts
from screens.text import one_line
from screens.timeline import heading, pair
from screens.widgets.finder import Finder

DRAFT, CORRECTION = "pass", "correction"
# What an answer of the form is about: the household, or whoever of it carries.
WHERE, WHO = ("room",), ("room", "carrier")
CARRIER_OF = {"owner": "owner", "tenant": "tenant", "family": "relative", "employee": "employee"}
YES_NO = (("yes", N_("yes")), ("no", N_("no")))


def _claims(values: dict[str, str]) -> bool:
    return carrier.claims_to_be_on_file(values["carrier"], by_phone=values["by_phone"] == "yes")


def _yes_no() -> list[tuple[str, str]]:
    return [(key, _(text)) for key, text in YES_NO]


def proof_needed(values: dict[str, str], tenants: str) -> str:
    """The proof that what was chosen in the form owes; `tenants` is the site's choice (X-34)."""
    return proof.needed_proof(
        values["carrier"], values["nature"], by_phone=values["by_phone"] == "yes", tenants=tenants
    )


def fields(room: Room, tenants: str, replaces: str, differs: Callable[[], bool]) -> list[Field]:
    """The fields of a pass, in the order in which they are asked.

    Args:
        tenants: whether the owner is called for a tenant's temporary load (X-34).
        differs: whether the archive was found to say something else than the card.
    """

    def _proof(values: dict[str, str]) -> str:
        return proof_needed(values, tenants)

    def _called(values: dict[str, str]) -> bool:
        return _proof(values) in ("owner", "company")

    facts = [
        Field(fact, label, "choice", _yes_no, asked=lambda values: _proof(values) == "three_facts", of=WHO, bound=True)
        for fact, label in proof.FACTS.items()
    ]
    return [
        Field(
            "void_reason",
            N_("Why void"),
            longest=200,
            hint=N_("why the old pass is voided"),
            asked=lambda _values: bool(replaces),
        ),
        Field("slip", N_("Lower part"), "choice", slips, default="due", asked=lambda _values: bool(replaces)),
        Field(
            "statement",
            N_("Statement"),
            longest=200,
            hint=N_("how it was lost, who says so"),
            asked=lambda values: bool(replaces) and values["slip"] == "lost",
        ),
        Field(
            "room", N_("Room"), "find", find=people.finder(room.desk_app), hint=N_("name, pinyin, room, phone, plate")
        ),
        Field(
            "carrier",
            N_("Carrier"),
            "choice",
            lambda: [(k, passes.carrier_name(k)) for k in passes.CARRIERS],
            default="owner",
            of=WHERE,
        ),
        Field(
            "nature",
            N_("Nature"),
            "choice",
            lambda: [(k, passes.nature_name(k)) for k in passes.NATURES],
            default="temporary",
            of=WHERE,
        ),
        Field(
            "by_phone",
            N_("Owner is"),
            "choice",
            lambda: [("no", _("at the desk")), ("yes", _("on the phone"))],
            default="no",
            asked=lambda values: values["carrier"] == "owner",
            of=WHO,
            bound=True,
        ),
        Field(
            "id_seen",
            N_("Original ID"),
            "choice",
            lambda: [("yes", _("seen")), ("no", _("not seen"))],
            expected=True,
            asked=_claims,
            of=WHO,
            bound=True,
        ),
        *facts,
        Field(
            "called_name",
            N_("In charge"),
            longest=60,
            hint=N_("who is in charge at the company"),
            asked=lambda values: _proof(values) == "company",
            of=WHO,
            bound=True,
        ),
        Field("called", N_("Number called"), longest=20, asked=_called, of=WHO, bound=True),
        Field(
            "outcome",
            N_("They"),
            "choice",
            lambda: [(k, passes.outcome_name(k)) for k in proof.OUTCOMES],
            asked=_called,
            of=WHO,
            bound=True,
        ),
        Field("opinion", N_("In words"), longest=200, hint=N_("what they said"), asked=_called, of=WHO, bound=True),
        Field("items", N_("Goods"), "long", of=WHERE, needed=True),
        Field(
            "reason",
            N_("Reason"),
            "choice",
            lambda: [(k, passes.reason_name(k)) for k in passes.REASONS],
            of=WHERE,
            needed=True,
        ),
        Field("destination", N_("Destination"), longest=120, of=WHERE, needed=True),
        Field("mover", N_("Mover"), longest=60, hint=N_("who carries it out"), of=WHO, bound=True, needed=True),
        Field(
            "mover_id",
            N_("Mover's ID"),
            longest=24,
            private=True,
            of=WHO,
            bound=True,
            hint=N_("as on the card; empty for others on file"),
        ),
        Field(
            "archive_wrong",
            N_("Archive wrong"),
            longest=200,
            of=WHO,
            bound=True,
            hint=N_("why; a supervisor signs below"),
            asked=lambda values: differs() and _claims(values),
        ),
        Field("mover_phone", N_("Phone"), longest=20, of=WHO, bound=True),
        Field("plate", N_("Plate"), longest=12, of=WHERE),
        Field("moving_at", N_("Moving at"), longest=30, hint=N_("empty: now; 15:30, +30 minutes"), of=WHERE),
    ]


def read(values: dict[str, str], unit: Any, act: Any) -> passes.Draft:
    """The draft that a form's values say; refuses at the field that cannot be read."""
    if unit is None:
        raise Invalid(N_("Choose the room from the list."), field="room", clause="REL-3")
    call = None
    if proof_needed(values, act.chosen("X-34")) in ("owner", "company") and values["outcome"]:
        call = passes.Call(values["called"], values["outcome"], values["opinion"], values["called_name"])
    return passes.Draft(
        unit_id=unit[0],
        carrier=values["carrier"],
        nature=values["nature"],
        destination=values["destination"],
        mover=values["mover"],
        mover_id=values["mover_id"],
        reason=values["reason"],
        mover_phone=values["mover_phone"],
        plate=values["plate"],
        by_phone=values["by_phone"] == "yes",
        id_seen=values["id_seen"] == "yes",
        ticks=frozenset(f for f in proof.FACTS if values[f] == "yes"),
        call=call,
        archive_wrong=values["archive_wrong"],
        items=passes.parse_items(values["items"], act.settings.get(site.SMALL, "")),
        moving_at=moments.parse(values["moving_at"] or "+0", act.calendar, act.now, field="moving_at"),
    )


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
        desk = room.desk_app.desk
        with desk.read() as session:
            self.tenants = choices.value(session, desk.store.path, "X-34")
        self.differs = False
        super().__init__(title, fields(room, self.tenants, replaces, lambda: self.differs), self._save)
        self.replaces, self.begins_with, self.last = replaces, (key, text), ""
        self.applicant = ""
        self.known: list[Content] = []
        self.place = -1

    def draft_name(self) -> str:
        """One draft for each household, so that what was typed for one never reaches another."""
        if self.replaces:
            return draft_name(CORRECTION, self.replaces, ())
        key: Any = self._room.key
        return draft_name(DRAFT, str(key[0]) if key else "", ())

    def bring_draft_back(self) -> None:
        key, text = self.begins_with
        if self.replaces:
            self._fill_from(self.replaces, whole=True)
        elif key is not None:
            self._room.put(text, key)
            self.form.subjects["room"] = key
            self.edited("room")
            self.form.focus_after("room")
        else:
            self._bring_newest_back()
            return
        if kept := kept_draft(self, self.draft_name()):
            self._put_kept(kept)

    def _bring_newest_back(self) -> None:
        desk, who = self.desk_app.desk, self.desk_app.who
        if kept := drafts.newest(desk.store, who.code, DRAFT) if who else {}:
            self._put_kept(kept)

    def _put_kept(self, kept: dict[str, str]) -> None:
        self.form.put_kept(kept)
        key: Any = self._room.key
        if key is not None:
            self._know(key)
        room = self._room.value or _("no room yet")
        self.say(_("Your draft for {room} is back, without ID numbers; Ctrl+B empties it.", room=room))

    def home_in_question(self) -> str:
        """The home that the pass is about, for the archive."""
        key: Any = self._room.key
        return people.label_of(self.desk_app.desk, key[0]) if key else ""

    @property
    def _room(self) -> Finder:
        finder = self.form.widget("room")
        assert isinstance(finder, Finder)
        return finder

    def edited(self, name: str) -> None:
        key: Any = self._room.key
        if name == "room":
            self.known, self.applicant, self.last = [], "", ""
        if key is None:
            return
        if name == "room":
            if kept := kept_draft(self, self.draft_name()):
                self._put_kept({**kept, "room": self._room.value, "room.key": json.dumps(key)})
                return
            self._know(key)
            self._fill_carrier(key[0], key[1])
        if name == "carrier":
            self._fill_carrier(key[0], None)
        if name in ("room", "carrier", "nature", "by_phone"):
            self._fill_phone(key[0])

    def _know(self, key: people.Key) -> None:
        """Everything known of the room, beside the form."""
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

    def _fill_carrier(self, unit_id: int, person_id: int | None) -> None:
        """Whoever carries, from the archive: the person found, or the only one of the household who is what was chosen.

        The default follows the carrier; what it cannot say stays empty, never another person's.
        """
        with self.desk_app.desk.read() as session:
            members = directory.card(session, unit_id, self.desk_app.desk.now()).members
        chosen = self.form.value("carrier")
        if person_id is not None:
            found = [one for one in members if one.person_id == person_id]
            values = {"carrier": CARRIER_OF.get(found[0].relation, "owner")} if found else {}
        else:
            found = [one for one in members if CARRIER_OF.get(one.relation) == chosen]
            values = {}
        if len(found) == 1:
            values |= {"mover": found[0].name, "mover_phone": found[0].phones[0] if found[0].phones else ""}
        self.form.fill(values)

    def _fill_phone(self, unit_id: int) -> None:
        values = self.form.values()
        if proof_needed(values, self.tenants) == "owner" and not values["called"]:
            with self.desk_app.desk.read() as session:
                phones = passes.owner_phones(session, unit_id)
            self.form.fill({"called": phones[0] if phones else ""})

    def on_form_brought_back(self) -> None:
        key: Any = self._room.key
        if key is not None:
            self._know(key)

    def _fill_from(self, number: str, *, whole: bool) -> None:
        desk = self.desk_app.desk
        with desk.read() as session:
            paper, items = passes.get(session, number), passes.items_of(session, number)
            label = passes.unit_label(session, paper)
        left = [
            goods.Item(item.name, item.quantity - item.out, item.unit) for item in items if item.quantity > item.out
        ]
        values = {"items": "\n".join(map(str, left)), "destination": paper.destination, "reason": paper.reason}
        self.form.clear(values)
        if whole:
            key = (paper.unit_id, None)
            self.form.put_some({"room": label}, {"room": key})
            self._know(key)
            values |= {
                "carrier": paper.carrier,
                "nature": paper.nature,
                "mover": paper.mover,
                "plate": paper.plate,
                "mover_phone": paper.mover_phone,
            }
        self.form.fill(values)
        if whole:
            self._fill_phone(paper.unit_id)
        self.refresh_aside()

    def refused(self, problem: Problem, form: Any) -> None:
        """Where card and archive differ, the form asks why; goods that were guessed stand in it as they were read."""
        if isinstance(problem, Invalid) and problem.clause == "REL-1" and problem.field in ("mover", "mover_id"):
            self.differs = True
            self.form.ask()
        if isinstance(problem, passes.Unclear) and problem.guess:
            self.form.clear({"items"})
            self.form.fill({"items": problem.guess})
            self.form.widget("items").focus()
            self.say(f"{problem} " + _("It stands so now: F9 saves it, Ctrl+Z brings back what was typed."))
            return
        super().refused(problem, form)

    def aside(self) -> list[Content]:
        return self.known

    def action_loads(self) -> None:
        """Fill the goods in from the next common load."""
        loads = goods.loads()
        self.place = (self.place + 1) % len(loads)
        self.form.clear({"items"})
        self.form.fill({"items": loads[self.place][1]})
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
                    act,
                    number=self.replaces,
                    draft=draft,
                    reason=values["void_reason"],
                    slip=values["slip"],
                    statement=values["statement"],
                )
            else:
                paper = passes.issue(act, draft=draft)
            small = [
                item.name for item in draft.items if passes.needs_no_pass(item.name, act.settings.get(site.SMALL, ""))
            ]
            return paper.number, paper.state, ", ".join(small)

        return await self.act(work, form=self.form, request=request)
