"""Release passes: the register, the signatures, the seal, the paper, what is missing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from data.passes import Pass
from data.words import N_, _
from desk import directory, passes, site
from desk.act import Desk
from desk.archive import residents
from desk.calendar import moments
from desk.ground import roles
from desk.ground.fields import Field
from desk.passes import finding, life, register
from desk.passes import paper as form
from desk.step_table import STEPS
from screens import people
from screens.base import FormDialog, TextDialog
from screens.pass_form import PassDialog
from screens.printing import ask_print
from screens.register import PAGE
from screens.step_keys import StepRegister, step_keys
from screens.text import one_line, plain
from screens.timeline import heading, pair
from screens.widgets.lines import NUMBER, Cells, Column


class PassRoom(StepRegister):
    """The register of passes."""

    SYSTEM = "passes"
    TITLE_TEXT = N_("Passes")
    HELP_TEXT = N_(
        "A pass is issued with its number, finance signs that the fees are settled, and only the seal makes it "
        "valid. Nobody reached means on hold: t takes it up again. What is signed never changes: c voids it and "
        "writes a new one that names it. s filters (to be signed, on hold, lower part not back …), / searches."
    )
    COLUMNS = (Column(N_("issued"), 11), Column(N_("number"), NUMBER), Column(N_("room"), 10),
               Column(N_("state"), 14, most=22), Column(N_("owes"), 10, right=True), Column(N_("mover")))  # fmt: skip
    EMPTY = N_("No pass here: n writes a new one, Esc shows all.")
    BINDINGS = [
        Binding("n", "new", N_("New"), tooltip=N_("Write a new pass")),
        *step_keys(STEPS["passes"]),
        Binding("p", "print", N_("Print"), tooltip=N_("Look at the form, print it, or save it as PDF")),
        Binding("c", "correct", N_("Correct"), tooltip=N_("Void this pass and write the one that replaces it")),
        Binding("m", "arrears", N_("Arrears"), tooltip=N_("Finance writes what this room owes, or that it is settled")),
        Binding("s", "filter", N_("Filter"), tooltip=N_("To be signed, on hold, to be sealed, not back, …")),
        Binding("slash", "search", N_("Search"), tooltip=N_("Number, room, name, plate, phone, goods, state, age")),
        Binding("f", "figures", N_("Figures"), tooltip=N_("Today, seven days, thirty days")),
        Binding("x", "export", N_("Export"), tooltip=N_("Write this list to an xlsx file"), show=False),
        Binding("escape", "all", N_("All"), show=False, tooltip=N_("Show every pass again")),
    ]
    HAND_WRITTEN = {"correct": life.why_not_end, "print": life.why_not_print}
    SEARCHES = N_("number, room, name, plate, phone, goods, state, >3 days; every word narrows")
    DEFAULT_CSS = "PassRoom #filter { height: 1; color: $foreground-muted; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.wanted = ""
        self.papers: dict[str, Pass] = {}

    def body(self) -> Any:
        yield Static(id="filter")
        yield from super().body()

    def on_mount(self) -> None:
        who = self.desk_app.who
        if who is not None and roles.home(who.roles) == "passes":
            self.wanted = "sign"

    def on_screen_resume(self) -> None:
        pending, self.desk_app.pending_unit = self.desk_app.pending_unit, None
        if pending is not None:
            self.action_new(*pending)

    def show_all(self) -> None:
        super().show_all()
        self.wanted = ""

    def _load(self, choose: str = "") -> None:
        self.papers.clear()
        shown = [_(register.FILTERS[self.wanted]), self.words]
        self.query_one("#filter", Static).update(plain(" · ".join(part for part in shown if part)), layout=False)
        super()._load(choose)
        self.refresh_bindings()

    def page(self, desk: Desk, before: str) -> list[tuple[str, Cells]]:
        calendar, now = desk.calendar(), desk.now()
        where = finding.searched(desk, self.words)
        with desk.read() as session:
            rows = passes.page(session, now, wanted=self.wanted, before=before, where=where, limit=PAGE)
            owed = passes.owed_by_unit(session, {paper.unit_id for paper, _room in rows})
        self.papers.update({paper.number: paper for paper, _room in rows})
        return [
            (
                paper.number,
                (
                    moments.shown(paper.issued_at, calendar, now),
                    paper.number,
                    room,
                    passes.shown_state(paper, now),
                    _amount(owed.get(paper.unit_id, 0)),
                    ("▲ " if paper.repeats else "") + paper.mover,
                ),
            )
            for paper, room in rows
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "arrears":
            return bool(hasattr(self, "lines") and self.chosen) and self.may("fees.record")
        return super().check_action(action, parameters)

    def home_in_question(self) -> str:
        """The home of the chosen pass, for the archive."""
        return self.rows[self.chosen][2] if self.chosen else ""

    def action_filter(self) -> None:
        """The next filter."""
        names = list(register.FILTERS)
        self.wanted = names[(names.index(self.wanted) + 1) % len(names)]
        self.list_anew()

    def action_new(self, key: people.Key | None = None, text: str = "") -> None:
        """Write a new pass, for a unit that intake may have chosen already."""
        self.app.push_screen(PassDialog(self, _("New release pass"), key=key, text=text), self._issued)

    def action_correct(self) -> None:
        """Void the chosen pass and write the one that replaces it."""
        number = self.chosen
        title = _("The pass that replaces {number}", number=number)
        self.app.push_screen(PassDialog(self, title, replaces=number), self._issued)

    def _issued(self, issued: Any) -> None:
        if not issued:
            return
        number, state, small = issued
        said = {
            "hold": _("{number} is on hold: t takes it up again.", number=number),
            "issued": _("{number} issued. Finance signs with w, then b seals it.", number=number),
        }.get(state, _("{number} is signed: b seals it.", number=number))
        if small:
            said += " " + _("These need no pass: {goods}.", goods=small)
        self.show(number)
        self.lines.focus()
        self.say(said)

    def about(self, number: str) -> str:
        with self.desk_app.desk.read() as session:
            return passes.in_words(session, number)

    def action_arrears(self) -> None:
        """Finance writes what the room of this pass owes, as in the archive."""
        room = self.rows[self.chosen][2]
        step = next(step for step in STEPS["directory"] if step.verb == "fees.record")
        with self.desk_app.desk.look() as view:
            fields = step.fields(view, residents.unit_of(view.session, room))
        self.ask(_(step.title, number=room), fields, lambda act, values: step.run(act, room, values))

    def action_figures(self) -> None:
        """Today, seven days, thirty days."""
        desk = self.desk_app.desk
        calendar = desk.calendar()
        today = calendar.local(desk.now()).date()
        parts: list[Content] = []
        for days, title in ((1, _("Today")), (7, _("Seven days")), (30, _("Thirty days"))):
            with desk.read() as session:
                one = register.figures(session, calendar, desk.now(), today - timedelta(days=days - 1), today)
            minutes = "–" if one.seconds_to_seal is None else f"{one.seconds_to_seal / 60:.0f}"
            parts += [
                heading(title),
                pair(_("Issued"), str(one.issued)),
                pair(_("Sealed"), str(one.sealed)),
                pair(_("Let out"), str(one.out)),
                pair(_("On hold"), str(one.held)),
                pair(_("Refused"), str(one.refused)),
                pair(_("Voided"), str(one.void)),
                pair(_("Piece by piece"), str(one.alerts)),
                pair(_("Lower part not back"), str(one.slips_missing)),
                pair(_("Minutes from request to seal"), minutes),
                Content(""),
            ]
        self.app.push_screen(TextDialog([Content("\n").join(parts)]))

    def action_export(self) -> None:
        """Write the list that is shown to an xlsx file."""
        wanted, words = self.wanted, self.words
        name = f"passes-{self.desk_app.desk.calendar().local(self.desk_app.desk.now()):%Y%m%d-%H%M}.xlsx"

        async def save(dialog: FormDialog, values: dict[str, str], _request: str) -> object:
            def run() -> str:
                count = passes.export(self.desk_app.desk, Path(values["file"]).expanduser(), wanted, words)
                return _("{count} passes written to {file}.", count=count, file=values["file"])

            return await dialog.guarded(run, dialog.form)

        fields = [Field("file", N_("File"), default=str(Path.home() / name), longest=200)]
        self.app.push_screen(
            FormDialog(_("Export this list"), fields, save), lambda said: self.say(said) if said else None
        )

    def action_print(self) -> None:
        """Look at the form, print it, or save it as PDF."""
        number, desk = self.chosen, self.desk_app.desk
        ask_print(
            self,
            number,
            look=lambda _form: preview(desk, number),
            put=lambda _form, file: passes.put_on_paper(desk, number, file),
        )


def _amount(fen: int) -> str:
    return directory.yuan(fen) if fen else ""


def preview(desk: Desk, number: str) -> list[Content]:
    """The form as it is printed, in lines for the terminal."""
    with desk.read() as session:
        one = form.gather(session, number, desk.calendar(), site.setting(session, "site.name"))
    lines = [heading(f"物品放行条（通知联） 编号 {one.pass_.number}")]
    lines += [pair(label, text) for label, text in form.form_lines(one, "notice")]
    lines += [Content(one_line(f"{item.line:>3}. {item.name}  {form.amount(item)}")) for item in one.items]
    return lines
