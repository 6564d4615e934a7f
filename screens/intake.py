"""Intake: who it is, how they came, what it is about; saved in one act."""

import json
import uuid
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content

from data.problems import Problem
from data.words import N_, _
from desk import choices, complaints, prompts
from desk.calendar import moments
from desk.clocks import clocks
from desk.contacts import carrying, intake
from desk.repairs import callers
from screens import intake_fields, people
from screens.base import Room, ask_yes, kept_draft
from screens.drafting import Draft
from screens.records import card_parts
from screens.text import one_line, plain
from screens.timeline import heading, pair
from screens.today import today_parts
from screens.widgets.foot import FormFoot
from screens.widgets.form import Form, Snapshot
from screens.widgets.page import Page

DRAFT = "intake"
NARROW, WIDE = 96, 118
# How many open orders near the caller stand beside a repair.
NEAR = 5
OF_MATTER = ("kind", "category", "part", "what", "same", "answer", "handed_to", "answer_by", "promised_at", "carry")


class IntakeRoom(Room):
    """One form, the household beside it."""

    TITLE_TEXT = N_("Intake")
    HELP_TEXT = N_(
        "Type any fragment of a name, pinyin, room, phone or plate; Enter takes the first line. A digit chooses "
        "how they came and what it is. Enter goes on, Enter on the last field or F9 saves. What is typed is kept "
        "as a draft until it is saved."
    )
    BINDINGS = [
        Binding("escape", "clear", N_("Clear"), tooltip=N_("Empty the form and begin again")),
        Binding("ctrl+n", "another", N_("Another matter"), tooltip=N_("Keep this matter, take the next of this call")),
    ]

    def on_resize(self) -> None:
        """On a narrow terminal the household stands below the form, not beside it."""
        self.set_class(self.size.width < NARROW, "narrow")
        self.set_class(self.size.width >= WIDE, "wide")

    def body(self) -> ComposeResult:
        self.orders: list[tuple[str, str]] = []
        app = self.desk_app
        self.form = Form([*intake_fields.of_caller(app), *intake_fields.of_matter(app, lambda: self.orders)])
        with Horizontal(classes="pane"):
            with Vertical(classes="asked"):
                yield self.form
                yield FormFoot(self.form)
            self.card = Page(classes="side")
            yield self.card

    def on_mount(self) -> None:
        self.request = uuid.uuid4().hex
        self.saving = False
        self.draft = Draft(self, lambda: DRAFT, self._kept)
        self.cleared: list[dict[str, str]] = []
        self.matters: list[dict[str, str]] = []
        self._unit: int | None = None
        self._said: list[str] = []
        self._show_card(None)
        kept = kept_draft(self, DRAFT)
        if kept:
            self.form.put_kept(kept)
            self.matters = json.loads(kept.get("matters", "[]"))
            self._show_household()
            self.say(_("Your draft for {who} is back; Esc empties the form.", who=kept.get("who") or _("nobody yet")))
        self.form.focus_first()

    def _show_household(self) -> None:
        key = self._key()
        self._show_card(key[0] if key else None)

    def on_form_edited(self, event: Form.Edited) -> None:
        if event.name == "who" and self.matters and not self._same_household():
            self.cleared, self.matters = self.matters, []
            self.form.cleared = self.form.cleared or [Snapshot()]
        if event.name == "who" and self.form.value("who"):
            self._said = []
        if event.name in ("who", "kind", "category"):
            self._show_household()

    def _find_orders(self, unit_id: int | None) -> None:
        """The open orders of the building and of public areas, of whose cause this call may be."""
        desk = self.desk_app.desk
        if unit_id is None or not desk.may("repairs.read"):
            self.orders = []
            return
        with desk.read() as session:
            found = callers.alike(session, unit_id)
        self.orders = [(one.number, one_line(f"{one.number} {one.subject} {one.what}")) for one in found]

    def _same_household(self) -> bool:
        return all(matter.get("who", "") == self._household() for matter in self.matters)

    def _household(self) -> str:
        """Whom a matter is told of, as a draft keeps it: the household, or a stranger's name."""
        key = self._key()
        return str(key[0]) if key else f"~{self.form.value('who').strip()}"

    def home_in_question(self) -> str:
        """The home of whoever was found, for the archive."""
        key = self._key()
        return people.label_of(self.desk_app.desk, key[0]) if key else ""

    def _key(self) -> people.Key | None:
        key: people.Key | None = self.form.widget("who").key  # type: ignore[attr-defined]
        return key

    def _show_card(self, unit_id: int | None) -> None:
        """What helps now: what was saved, the matters of this call, what to say, the household, what came up before."""
        if unit_id != self._unit:
            self._find_orders(unit_id)
        self._unit = unit_id
        parts = self._matter_parts()
        if self.orders and self.form.value("kind") == "repair":
            parts += [heading(_("Open orders near")), *(Content(line) for _number, line in self.orders[:NEAR])]
        if unit_id is not None and self.desk_app.desk.may("directory.read"):
            parts += [*card_parts(self.desk_app.desk, unit_id), *self._earlier_parts(unit_id)]
        elif unit_id is not None:
            parts.append(plain(_("Your post sees no household; write down what you are told.")))
        elif not self._said:
            parts += today_parts(self.desk_app.desk)
            parts.append(plain(_("Choose who it is, and the household appears here.")))
        self.card.show(*parts, Content(""), *self._prompt_parts())

    def _matter_parts(self) -> list[Content]:
        parts = [Content(one_line(line)) for line in self._said]
        if self.matters:
            parts.append(heading(_("Of this call so far")))
        for matter in self.matters:
            parts.append(Content(one_line(f"{intake.kind_name(matter['kind'])}  {matter['what']}")))
        return parts

    def _prompt_parts(self) -> list[Content]:
        kind = self.form.value("kind") if self.form.query("#field-kind") else ""
        moment = "closing" if self._said else kind if kind in ("complaint", "question") else "greeting"
        try:
            said = prompts.lines(self.desk_app.desk, moment)
        except Problem as problem:
            said = [str(problem)]
        return [Content.styled(one_line(line), "$foreground-muted") for line in said]

    def _earlier_parts(self, unit_id: int) -> list[Content]:
        """The same cause in the same building before, with the prevention agreed then."""
        if self.form.value("kind") != "complaint" or not self.form.value("category"):
            return []
        desk, calendar = self.desk_app.desk, self.desk_app.desk.calendar()
        with desk.read() as session:
            days = int(choices.value(session, desk.store.path, "complaint.recurrence").split()[0])
            found = complaints.earlier(
                session, unit_id=unit_id, category=self.form.value("category"), now=desk.now(), days=days
            )
        parts = (
            [heading(_("{count} times in this building in {days} days", count=len(found), days=days))] if found else []
        )
        for one in found[:4]:
            at = moments.shown(one.received_at, calendar, desk.now())
            parts.append(Content(one_line(f"{at} {one.number} {one.what}")))
            if one.prevention:
                parts.append(pair(_("Prevention"), one.prevention))
        return parts

    def on_screen_resume(self) -> None:
        if self.is_mounted and not self.form.value("who"):
            self.form.focus_first()

    def refresh_data(self) -> None:
        if self.is_mounted and hasattr(self, "_unit"):
            self._show_card(self._unit)

    def on_form_typed(self) -> None:
        self.draft.touch()

    def _kept(self) -> dict[str, str]:
        kept = self.form.kept()
        return {**kept, "matters": json.dumps(self.matters, ensure_ascii=False)} if self.matters else kept

    async def on_form_save(self) -> None:
        if self.saving:
            return
        values = self.form.values()
        if not self.matters and not any(values[name] for name in ("who", "what", "kind", "answer")):
            self.hint(_("Nothing is typed yet."))
            return
        self.saving = True
        try:
            await self._save()
        finally:
            self.saving = False

    def _matter(self, values: dict[str, str]) -> intake.Matter:
        """What the form says of one matter; refuses what is missing, at its field."""
        app = self.desk_app
        now, kind = app.desk.now(), values["kind"]
        by = "answer_by" if kind == "question" else "promised_at"
        text = values.get(by, "").strip() if kind in (*intake_fields.PROMISED, "question") else ""
        promised = moments.parse(text, app.desk.calendar(), now, field=by) if text else None
        matter = intake.Matter(
            kind,
            values["what"],
            values["answer"] if kind == "question" else "",
            promised,
            values["category"] if kind == "complaint" else "",
            values["handed_to"] if kind in intake.HANDED_OVER else "",
            part=values["part"] if kind == "quality" else "",
            carry=values.get("carry", "") if kind in carrying.KINDS else "",
            same=values.get("same", "").partition(" ")[0] if kind == "repair" else "",
        )
        try:
            intake.check(matter, now)
        except Problem as problem:
            # The time of an answer has a field of its own.
            problem.field = by if problem.field == "promised_at" else problem.field
            raise
        return matter

    def _typed_matter(self) -> dict[str, str]:
        values = self.form.values()
        return {name: values[name] for name in OF_MATTER}

    async def _save(self) -> None:
        values, key = self.form.values(), self._key()
        typed = [*self.matters]
        if not self.matters or values["kind"] or values["what"].strip():
            typed.append(self._typed_matter())

        def work(act: Any) -> list[intake.Taken]:
            return intake.take_call(
                act,
                channel=values["channel"],
                matters=[self._matter(matter) for matter in typed],
                unit_id=key[0] if key else None,
                person_id=key[1] if key else None,
                stranger="" if key else values["who"],
                caller_number=values["caller_number"] if values["channel"] in ("phone", "fax") else "",
            )

        whole = await self.act(work, form=self.form, request=self.request)
        if whole is None:
            return
        for taken in whole:
            self.desk_app.made["contacts"] = taken.contact
            if taken.record:
                self.desk_app.made[taken.system] = taken.record
        kinds = [matter["kind"] for matter in typed]
        said = self._read_back(
            [(kind, taken.record or taken.contact) for kind, taken in zip(kinds, whole, strict=True)]
        )
        await self.draft.forget()
        self.start_over()
        self.form.cleared, self.cleared = [], []
        self._said = said
        self._show_card(None)
        if key is not None and any(matter["kind"] == "pass" for matter in typed):
            self.desk_app.pending_unit = (key, values["who"])
            self.desk_app.action_room("passes")

    def _read_back(self, saved: list[tuple[str, str]]) -> list[str]:
        """What was saved, and in words to say to the caller what we promise: each matter's own time."""
        desk = self.desk_app.desk
        if not desk.may("clocks.read"):
            return [record for _kind, record in saved]
        lines = [clocks.read_back(desk, record) for _kind, record in saved]
        lines += [waits for _kind, record in saved if (waits := carrying.said(desk, record))]
        times = [(kind, due) for kind, record in saved if (due := clocks.reply_by(desk, record))]
        said = times[0][1] if len(times) == 1 else "，".join(f"{intake.kind_name(kind)} {due}" for kind, due in times)
        return [*lines, *(prompts.lines(desk, "holding", time=said) if said else [])]

    def action_another(self) -> None:
        """Put this matter aside and take the next one of the same call."""
        try:
            self._matter(self._typed_matter())
        except Problem as problem:
            if not (problem.field and self.form.wrong(problem.field, str(problem))):
                self.tell(problem)
            return
        self.matters.append({**self._typed_matter(), "who": self._household()})
        self.form.put_some(dict.fromkeys(OF_MATTER, ""))
        self.form.right()
        self._show_household()
        self.form.widget("kind").focus()
        self.draft.touch()

    def action_clear(self) -> None:
        """Empty the form, after a question when there is more than a line in it; Ctrl+Z brings it back."""
        lines = self.form.lines_typed() + len(self.matters)
        if lines > 1:
            ask_yes(self, _("Empty the form? {count} lines were typed.", count=lines), self._empty)
        else:
            self._empty()

    def on_form_empty(self) -> None:
        self.action_clear()

    def _empty(self) -> None:
        matters = self.matters
        typed = self.form.clear() or bool(matters)
        if typed:
            self.form.cleared, self.cleared = self.form.cleared or [Snapshot()], matters
        self.start_over()
        if typed:
            self.say(_("Emptied; Ctrl+Z brings it back."))

    def on_form_brought_back(self) -> None:
        if self.cleared:
            self.matters, self.cleared = self.cleared, []
        self._show_household()

    def start_over(self) -> None:
        """Empty the form for the next caller."""
        self.request = uuid.uuid4().hex
        self._said = []
        self.matters = []
        self.form.put({})
        self._show_card(None)
        self.form.focus_first()
        self.draft.touch()
