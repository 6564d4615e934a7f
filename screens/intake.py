"""Intake: who it is, how they came, what it is about; saved in one act."""

import uuid
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from data.words import N_, _
from desk import clocks, drafts, intake, moments
from screens import people
from screens.base import Room, keep_draft
from screens.records import card_parts
from screens.text import plain
from screens.widgets.form import Field, Form

DRAFT = "intake"


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
        Binding("ctrl+z", "undo", N_("Bring back"), tooltip=N_("Bring back what Esc has emptied"), show=False),
    ]

    def body(self) -> ComposeResult:
        self.form = Form(self.fields())
        self.card = Static()
        with Horizontal(classes="pane"):
            yield self.form
            with VerticalScroll(classes="side", can_focus=False):
                yield self.card

    def fields(self) -> list[Field]:
        """The fields of a contact."""
        return [
            Field("who", N_("Who"), "find", stranger=True, find=people.finder(self),
                  hint=N_("name, pinyin, room, phone, plate")),
            Field("channel", N_("How"), "choice", lambda: [(k, intake.channel_name(k)) for k in intake.CHANNELS],
                  default="phone"),
            Field("caller_number", N_("Caller's no."), hint=N_("from the display; 000 when hidden"), longest=20,
                  asked=lambda values: values["channel"] in ("phone", "fax")),
            Field("kind", N_("What it is"), "choice", lambda: [(k, intake.kind_name(k)) for k in intake.KINDS]),
            Field("what", N_("Matter"), hint=N_("what they said")),
            Field("answer", N_("Answer"), hint=N_("what you told them"),
                  asked=lambda values: values["kind"] == "question"),
            Field("promised_at", N_("Promised by"), hint=N_("empty: within a day; 15:30, +2h"), longest=30,
                  asked=lambda values: values["kind"] == "request"),
        ]  # fmt: skip

    def on_mount(self) -> None:
        self.request = uuid.uuid4().hex
        self.saving = False
        self.cleared: tuple[dict[str, str], people.Key | None] | None = None
        self._unit: int | None = None
        self._said = ""
        self._show_card(None)
        who = self.desk_app.who
        kept = drafts.load(self.desk_app.desk.store, who.code, DRAFT) if who else {}
        if kept:
            self.form.put(kept)
            key = kept.get("who_key", "").partition(":")
            if key[0].isdigit():
                self._take((int(key[0]), int(key[2]) if key[2].isdigit() else None), kept["who"])
            self.say(_("Your draft is back; Esc empties the form."))
        self.form.focus_first()

    def _take(self, key: people.Key | None, text: str) -> None:
        self.form.widget("who").put(text, key)  # type: ignore[attr-defined]
        self._show_card(key[0] if key else None)

    def on_form_edited(self, event: Form.Edited) -> None:
        if event.name == "who":
            key = self._key()
            self._show_card(key[0] if key else None)

    def _key(self) -> people.Key | None:
        key: people.Key | None = self.form.widget("who").key  # type: ignore[attr-defined]
        return key

    def _show_card(self, unit_id: int | None) -> None:
        self._unit = unit_id
        if unit_id is None:
            self.card.update(plain(self._said or _("Choose who it is, and the household appears here.")))
        else:
            from textual.content import Content

            self.card.update(Content("\n").join(card_parts(self.desk_app.desk, unit_id)))

    def on_screen_resume(self) -> None:
        if self.is_mounted and not self.form.value("who"):
            self.form.focus_first()

    def refresh_data(self) -> None:
        if self.is_mounted and hasattr(self, "_unit"):
            self._show_card(self._unit)

    async def on_form_typed(self) -> None:
        await self.keep_draft()

    async def keep_draft(self) -> None:
        """Keep what is typed, so that a closed terminal loses nothing."""
        values, key = self.form.values(private=False), self._key()
        if key is not None:
            values["who_key"] = f"{key[0]}:{key[1] or ''}"
        if not any(values[name] for name in ("who", "what", "caller_number", "answer")):
            values = {}
        await keep_draft(self, DRAFT, values)

    async def on_form_save(self) -> None:
        if self.saving:
            return
        values = self.form.values()
        if not any(values[name] for name in ("who", "what", "kind", "answer")):
            self.say(_("Nothing is typed yet."))
            return
        self.saving = True
        try:
            await self._save()
        finally:
            self.saving = False

    async def _save(self) -> None:
        values, key = self.form.values(), self._key()

        def work(act: Any) -> intake.Taken:
            text = values["promised_at"].strip() if values["kind"] == "request" else ""
            promised = moments.parse(text, act.calendar, act.now, field="promised_at") if text else None
            return intake.take(
                act, channel=values["channel"], kind=values["kind"], what=values["what"],
                unit_id=key[0] if key else None, person_id=key[1] if key else None,
                stranger="" if key else values["who"], answer=values["answer"],
                caller_number=values["caller_number"] if values["channel"] in ("phone", "fax") else "",
                promised_at=promised,
            )  # fmt: skip

        taken = await self.act(work, form=self.form, request=self.request)
        if taken is None:
            return
        said = clocks.read_back(self.desk_app.desk, taken.record or taken.contact)
        self.start_over()
        self.cleared = None
        self._said = said
        self._show_card(None)
        if values["kind"] == "pass" and key is not None:
            self.desk_app.pending_unit = (key, values["who"])
            self.desk_app.action_room("passes")

    def action_clear(self) -> None:
        """Empty the form; what was typed can be brought back."""
        values = self.form.values()
        typed = any(values[name] for name in ("who", "what", "answer", "promised_at", "caller_number"))
        if typed:
            self.cleared = (values, self._key())
        self.start_over()
        if typed:
            self.say(_("Emptied; Ctrl+Z brings it back."))

    def action_undo(self) -> None:
        """Bring back what Esc has emptied."""
        if self.cleared is not None:
            values, key = self.cleared
            self.cleared = None
            self.form.put(values)
            self._take(key, values["who"])
            self.run_worker(self.keep_draft(), exit_on_error=False)

    def start_over(self) -> None:
        """Empty the form for the next caller."""
        self.request = uuid.uuid4().hex
        self._said = ""
        self.form.put({})
        self._show_card(None)
        self.form.focus_first()
        self.run_worker(self.keep_draft(), exit_on_error=False)
