"""A register whose keys are the steps of its records: shown while the rule of a step is silent, asked in one dialog."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from textual import events
from textual.binding import ActiveBinding, Binding
from textual.content import Content

from data.directory import Unit
from data.tables import Where, model
from data.words import _
from desk import cases, prompts
from desk.act import Act, Desk
from desk.calendar import moments
from desk.ground.refusals import NotFound, Refused
from desk.step_table import NAMES, STEPS, called, record_of
from desk.steps import Step, ready
from desk.systems import verb_name
from desk.view import View
from screens import people
from screens.register import LOOKS_FOR, PAGE, Register
from screens.text import one_line
from screens.timeline import heading
from screens.widgets.lines import Cells


def step_keys(steps: Sequence[Step]) -> list[Binding]:
    """The keys of some steps; those that share one never wait for the same record."""
    first = {step.key: step for step in reversed(steps) if step.key}
    return [
        Binding(key, f"step('{key}')", step.label, tooltip=step.tip, show=step.foot)
        for key, step in reversed(first.items())
    ]


Reasons = dict[str, Refused | None]
# Of no record: what is new may be begun.
NONE_YET: Reasons = {}


class StepRegister(Register):
    """A register of records that have a life of steps.

    HAND_WRITTEN: actions that open a form or a page of their own, each with the rule of its procedure.
    """

    HAND_WRITTEN: Mapping[str, Callable[[View, Any], Refused | None]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.reasons: tuple[str, Reasons] = ("", {})
        self.by_hand: set[str] = set()
        # What each key means, as long as the reasons and the roles stand.
        self.meant: tuple[Reasons | None, str, dict[str, tuple[Step | None, Refused | None]]] = (None, "", {})

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of this register's records."""
        return STEPS[self.system]

    def _load(self, choose: str = "") -> None:
        self.reasons = ("", {})
        super()._load(choose)

    def _show(self) -> None:
        with self.desk_app.desk.snapshot():
            super()._show()
            self.why_not()
        self.refresh_bindings()

    def why_not(self) -> Reasons:
        """Why each step is not the chosen record's next, asked once for as long as it is chosen."""
        number = self.chosen
        if number and self.reasons[0] != number:
            with self.desk_app.desk.look() as view:
                record = record_of(view, self.system, number)
                self.reasons = (number, ready(self.steps, view, record))
                self.by_hand = {action for action, rule in self.HAND_WRITTEN.items() if rule(view, record) is None}
        return self.reasons[1] if number else NONE_YET

    def on_key_of(self, key: str) -> tuple[Step | None, Refused | None]:
        """The step that a key means for the chosen record, or why it means none."""
        reasons, who = self.why_not(), self.desk_app.who
        roles = who.roles if who is not None else ""
        if self.meant[0] is not reasons or self.meant[1] != roles:
            self.meant = (reasons, roles, self._meant(reasons))
        return self.meant[2].get(key, (None, None))

    def _meant(self, reasons: Reasons) -> dict[str, tuple[Step | None, Refused | None]]:
        """Every key with the first step that it may mean now, or with why its last one is not next."""
        found: dict[str, tuple[Step | None, Refused | None]] = {}
        for step in self.steps:
            if not step.key or found.get(step.key, (None, None))[0] is not None:
                continue
            if step.new and (step.signer or self.may(step.verb)):
                found[step.key] = step, None
            elif step.name in reasons:
                refused = reasons[step.name]
                found[step.key] = (step, None) if refused is None else (None, refused)
        return found

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys in force, each named by the step that it means for the chosen record."""
        found = super().active_bindings
        for key, active in found.items():
            step = self.on_key_of(key)[0] if active.binding.action.startswith("step(") else None
            if step is not None and active.binding.description != _(step.label):
                binding = replace(active.binding, description=_(step.label))
                found[key] = active._replace(binding=binding, tooltip=_(step.tip))
        return found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in self.HAND_WRITTEN:
            return hasattr(self, "lines") and bool(self.why_not()) and action in self.by_hand
        if action != "step":
            return True
        return hasattr(self, "lines") and self.on_key_of(str(parameters[0]))[0] is not None

    def on_key(self, event: events.Key) -> None:
        """A key whose step is not the record's next says why; a search box keeps its letters."""
        if self.focused is not self.lines or not event.character:
            return
        if not self.chosen and event.character in {step.key for step in self.steps if not step.new}:
            event.stop()
            self.hint(_("Choose a line first."))
            return
        step, refused = self.on_key_of(event.character)
        if step is None and refused is not None:
            event.stop()
            self.tell(refused)

    def home_in_question(self) -> str:
        """The home of the chosen record, for the archive."""
        if not self.chosen or not self.may(f"{self.system}.read"):
            return ""
        with self.desk_app.desk.look() as view:
            unit_id = getattr(record_of(view, self.system, self.chosen), "unit_id", None)
        return people.label_of(self.desk_app.desk, unit_id) if unit_id else ""

    def first_answers(self, _step: Step) -> Mapping[str, str]:
        """What the room knows of the answers that a step asks for: it stands there first, where it can be chosen."""
        return {}

    async def action_step(self, key: str) -> None:
        """Ask for what a step wants to know, and do it; a step that wants to know nothing is done at once."""
        step, refused = self.on_key_of(key)
        if step is None:
            if refused is not None:
                self.tell(refused)
            return
        number = "" if step.new else self.chosen
        # What a step makes is of the system that says it, in whichever room its key stands.
        system = step.verb.partition(".")[0] if step.new else self.system
        if step.title or not self.may(step.verb):
            self._ask_step(step, system, number)
        elif await self.act(lambda act: step.run(act, number, {})):
            self.say(self._said(step, system, number))
            self.lines.go_on()

    def _ask_step(self, step: Step, system: str, number: str) -> None:
        """The dialog of a step, with what it asks, and what is known beside it."""
        with self.desk_app.desk.look() as view:
            record = None if step.new else record_of(view, self.system, number)
            title, fields, own = (
                step.question(view, record, number) if step.title else f"{_(step.tip)} · {number}",
                step.fields(view, record),
                step.is_own(view, record),
            )
            lines = list(step.beside(view, record))
        known = self.first_answers(step)
        fields = [
            replace(one, default=known[one.name])
            if one.name in known and known[one.name] in dict(one.options())
            else one
            for one in fields
        ]
        aside = self._aside(step, record, lines)

        def beside(values: dict[str, str]) -> list[Content]:
            if step.previews is None:
                return aside
            with self.desk_app.desk.look() as view:
                found = step.previews(view, record, values)
            return [*(Content.styled(one_line(line), "$accent") for line in found), *aside]

        shown = {field.name: field.default for field in fields}

        def work(act: Act, values: dict[str, str]) -> object:
            if not step.new:
                values = step.freshened(act, record_of(act, self.system, number), shown, values)
            made = step.run(act, number, values)
            if step.new and hasattr(made, NAMES.get(system, "number")):
                self.desk_app.made[system] = called(system, made)
            return True

        self.ask(
            title,
            fields,
            work,
            said=lambda: self._said(step, system, number),
            new=step.new,
            beside=beside if aside or step.previews else None,
            whose="" if own else step.signer,
        )

    def _said(self, step: Step, system: str, number: str) -> str:
        """What is said once a step is done, with what came of it."""
        made = str(self.desk_app.made.get(system, "")) if step.new else number
        text = _(step.said, number=made) if step.said else f"{made}  {verb_name(step.verb)}".strip()
        if step.new or not number:
            return text
        try:
            with self.desk_app.desk.look() as view:
                came = step.came(view, record_of(view, system, number))
        except NotFound:
            # It was about taking the record away.
            came = ""
        return f"{text} · {came}" if came else text

    def _aside(self, step: Step, record: Any, lines: Sequence[str]) -> list[Content]:
        """What stands beside a step's form: words to say, what is alike, the household's card."""
        from screens.records import card_parts

        desk = self.desk_app.desk
        said = prompts.lines(desk, step.prompt) if step.prompt else []
        parts = [Content.styled(one_line(line), "$foreground-muted") for line in said]
        if lines:
            parts += [heading(_(lines[0])), *(Content(one_line(line)) for line in lines[1:])]
        unit_id = record.id if isinstance(record, Unit) else getattr(record, "unit_id", None)
        if step.household and unit_id:
            parts += card_parts(desk, unit_id)
        return parts

    def not_now(self) -> list[tuple[str, str, str]]:
        """The keys that are not shown now: (key, what stands beside it, why not), for the help."""
        reasons = self.why_not()
        if not reasons:
            return []
        shown = {step.key for step in self.steps if step.key and reasons.get(step.name, True) is None}
        hidden = {step.key: step for step in self.steps if step.name in reasons and step.key and step.key not in shown}
        return [(key, _(step.label), str(reasons[step.name])) for key, step in hidden.items()]


class MixedRegister(StepRegister):
    """A list of records of several systems, with lines that only tell; `page` says whose each is in `systems`."""

    TOLD = "@"

    def __init__(self) -> None:
        super().__init__()
        self.systems: dict[str, str] = {}

    @property
    def system(self) -> str:
        return self.systems.get(self.chosen, self.SYSTEM)

    def about(self, number: str) -> str:
        return one_line(f"{number} · {self.rows[number][-1]}") if number in self.rows else number


class RecordRegister(StepRegister):
    """A register of numbered records, newest first: a subclass says what stands in a line.

    AT: the column that says when a record began; TEXTS: those in which a search looks for words; STATES: the names of
    its records' states, by key; SORTS: the names of what other columns say, by column and key.
    """

    AT = "received_at"
    TEXTS: tuple[str, ...] = ("number", "subject", "what")
    STATES: Mapping[str, str] = cases.STATES
    SORTS: Mapping[str, Mapping[str, str]] = {}
    SEARCHES = LOOKS_FOR

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        calendar, now = desk.calendar(), desk.now()
        where = self._asked(desk) if self.words else None
        with desk.look() as view:
            rows = cases.page(view.session, self.SYSTEM, before=before, where=where, limit=PAGE)
            self.found.update({row.number: row for row in rows})
            return [
                (row.number, (moments.shown(getattr(row, self.AT), calendar, now), row.number, *self.cells(view, row)))
                for row in rows
            ]

    def _asked(self, desk: Desk) -> Where:
        """The condition that the search asks for."""
        from desk import looking

        asked = looking.wanted(desk, self.words)
        known = {"state": self.STATES, **self.SORTS}
        return looking.where(model(self.SYSTEM), asked, desk.now(), at=self.AT, texts=self.TEXTS, sorts=known)

    def cells(self, view: View, row: Any) -> Cells:
        """What stands in a line behind time and number."""
        raise NotImplementedError

    def about(self, number: str) -> str:
        return one_line(f"{number} · {self.rows[number][-1]}")

    def action_form(self) -> None:
        """The record on paper, under the title that is wanted."""
        from desk import forms
        from screens.printing import ask_print, document_lines, put_document

        number, desk = self.chosen, self.desk_app.desk
        ask_print(
            self,
            number,
            forms=list(forms.titles(self.SYSTEM).items()),
            look=lambda form: document_lines(forms.document(desk, self.SYSTEM, number, form)),
            put=lambda form, file: put_document(desk, forms.document(desk, self.SYSTEM, number, form), file),
        )
