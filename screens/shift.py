"""One's post on screen: what is due, late, waits and was promised; marked, handed over, taken (DUT-3, 8, 10, 11)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from textual.binding import Binding

from data.words import N_, _
from desk.act import Act, Desk
from desk.calendar import moments
from desk.duty import cover
from desk.duty import life as duty_life
from desk.duty import terms as duty
from desk.ground.fields import Field
from desk.ground.refusals import Refused
from desk.handovers import life, terms
from desk.handovers import page as pages
from desk.handovers.terms import SYSTEM
from desk.operators import Posts
from desk.step_table import STEPS
from desk.steps import Step
from desk.view import View
from screens.base import TextDialog
from screens.handovers import line_part, sign
from screens.register import IN_LINES, LOOK_IN_LINES
from screens.step_keys import MixedRegister, step_keys
from screens.text import one_line, plain
from screens.widgets.lines import NUMBER, Cells, Column


def _of(system: str, *names: str) -> tuple[Step, ...]:
    return tuple(step for step in STEPS[system] if step.name in names)


# What can always be done here, and what can be done with a line, by the system of its record.
ALWAYS = (
    *_of(SYSTEM, "offer", "cover_noon"),
    *_of("duty", "come"),
    *(replace(step, key="b", label=N_("Post book")) for step in _of("postbook", "write")),
)
OF_LINE = {
    SYSTEM: _of(SYSTEM, "take", "refuse", "withdraw", "settle"),
    "duty": _of("duty", "arrive", "leave", "stay", "relieve", "end"),
    "contacts": _of("contacts", "convert", "drop_carried"),
    "postbook": _of("postbook", "handle"),
}


class ShiftRoom(MixedRegister):
    """The page of a post, which fills itself."""

    SYSTEM = SYSTEM
    TITLE_TEXT = N_("Shift")
    HELP_TEXT = N_(
        "What concerns your post now; nothing here is typed. a says that you are there. 1, 2, 3 mark a line for the "
        "next shift: as usual, watch, do first, and then what is to be done. h hands the post over as it stands; t is "
        "the signature of whoever comes, always the last; x does not take it and asks. n: somebody covers over lunch. "
        "v makes an order or a record of what was carried over. p shows another post."
    )
    EMPTY = N_("Nothing is open on this post.")
    SEARCHES = IN_LINES
    COLUMNS = (Column("", 3), Column(N_("number"), NUMBER), Column(N_("why"), 14), Column(N_("until"), 11),
               Column(N_("about")))  # fmt: skip
    BINDINGS = [
        *step_keys([*(step for steps in OF_LINE.values() for step in steps), *ALWAYS]),
        Binding("1", "mark('1')", N_("As usual"), show=False, tooltip=N_("Nothing is to be watched here")),
        Binding("2", "mark('2')", N_("Watch"), tooltip=N_("The next shift watches it, and knows what then")),
        Binding(
            "3", "mark('3')", N_("Do first"), tooltip=N_("The next shift opens it before signing, and does it first")
        ),
        Binding("p", "post", N_("Other post"), tooltip=N_("The page of the site's next post")),
        *LOOK_IN_LINES,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[str, pages.Line] = {}
        self.post = ""
        self.offered = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*OF_LINE.get(self.system, ()), *ALWAYS)

    @property
    def makes(self) -> tuple[str, ...]:
        return tuple(OF_LINE)

    def whole(self, desk: Desk) -> list[tuple[str, Cells]]:
        with desk.look() as view:
            self.post = self.post or cover.post_of(view)
            head, own = self._head(view), self._own(view)
            waiting = duty_life.open_one(view, self.post)
            lines = pages.lines(view, self.post)
            if waiting is not None and not self.may("contacts.read"):
                # A guard who takes the desk reads what was handed over, and nothing else of it.
                lines = pages.shown(view.session, waiting)
        self.offered = waiting.number if waiting is not None else ""
        self.marks = {line.record: line for line in lines}
        self.systems = {line.record: line.system for line in lines}
        found: list[tuple[str, Cells]] = [(f"{self.TOLD}{self.post}", ("", "◆", duty.post_name(self.post), "", head))]
        for number, system, cells in own:
            self.systems[number] = system
            found.append((number, cells))
        return found + [
            (line.record, (sign(line), line.record, terms.kind_name(line.kind), line.until, self._about(line)))
            for line in lines
        ]

    def first_answers(self, step: Step) -> Mapping[str, str]:
        """The post whose page is shown is the one that is handed over."""
        return {"post": self.post} if step.name == "offer" else {}

    def _about(self, line: pages.Line) -> str:
        return one_line(f"{line.matter}  ▸ {line.words}" if line.words else line.matter)

    def _head(self, view: View) -> str:
        """Who answers for the post, who else is there, and who comes next."""
        names = Posts(view.session)
        holder = cover.holder(view, self.post)
        others = [names[one.operator] for one in cover.present(view, self.post) if one.operator != holder]
        said = [_("{who} answers for it", who=names[holder]) if holder else _("nobody answers for it")]
        said += [_("also there: {who}", who=", ".join(others))] if others else []
        return one_line("  ".join(said))

    def _own(self, view: View) -> list[tuple[str, str, Cells]]:
        """One's own shift, those who wait for a relief, and the handover that waits for its taker."""
        names = Posts(view.session)
        shown: list[tuple[str, str, Cells]] = []
        own = cover.own_shift(view, view.operator.code) if view.operator is not None else None
        waiting = [one for one in cover.present(view) if one.stayed is not None]
        for shift in {one.number: one for one in (own, *waiting) if one is not None}.values():
            hours = duty.hours_said(view, (shift.begins_at, shift.ends_at))
            state = _("no relief") if shift.stayed else duty.state_name(shift.state)
            about = f"{names[shift.operator]}  {duty.post_name(shift.post)}  {hours}"
            shown.append((shift.number, "duty", ("‼" if shift.stayed else "", shift.number, state, "", about)))
        handover = duty_life.open_one(view, self.post)
        if handover is not None:
            at = moments.shown(handover.offered_at, view.calendar, view.now)
            about = f"{names[handover.outgoing]} → {terms.to_name(handover.goes_to)}  {handover.remark}"
            cells = ("", handover.number, terms.state_name(handover.state), at, one_line(about))
            shown.append((handover.number, SYSTEM, cells))
        return shown

    def _sealed(self) -> pages.Line | None:
        """The chosen line, where whoever is at the desk may read the line but not its record."""
        line = self.marks.get(self.chosen)
        return line if line is not None and not self.may(f"{line.system}.read") else None

    def why_not(self) -> dict[str, Refused | None]:
        return {} if self._sealed() is not None else super().why_not()

    def _show(self) -> None:
        if (line := self._sealed()) is not None:
            self.record.show(line_part(line))
            return
        super()._show()
        if not self.chosen:
            self.record.show(*map(plain, self._counted()))

    def _counted(self) -> list[str]:
        """How much of what stands on the page."""
        kinds = {kind: sum(line.kind == kind for line in self.marks.values()) for kind in terms.KINDS}
        return [duty.post_name(self.post), *(f"{n:>4}  {terms.kind_name(kind)}" for kind, n in kinds.items() if n)]

    def open_chosen(self) -> None:
        line = self.marks.get(self.chosen)
        if (sealed := self._sealed()) is not None:
            self.app.push_screen(TextDialog([line_part(sealed)]))
        else:
            super().open_chosen()
        if self.offered and line is not None and line.mark == terms.FIRST:
            self.desk_app.in_background(self._seen(self.chosen))

    async def _seen(self, record: str) -> None:
        """Whoever comes has opened what is to be done first; whoever goes may look, too, which counts for nothing."""
        offered = self.offered
        with self.desk_app.desk.look() as view:
            handover = duty_life.open_one(view, self.post)
            reads = handover is not None and life.comes(view, handover)
        if reads:
            await self.act(lambda act: life.see(act, number=offered, record=record))

    def action_post(self) -> None:
        """The page of the site's next post."""
        with self.desk_app.desk.look() as view:
            manned = duty.posts(view.settings)
        self.post = manned[(manned.index(self.post) + 1) % len(manned)] if self.post in manned else manned[0]
        self.list_anew()

    async def action_mark(self, mark: str) -> None:
        """Say of a line what the next shift does with it."""
        number, post = self.chosen, self.post
        if number not in self.marks:
            self.hint(_("Choose a line first."))
            return
        if mark == "1":
            if await self.act(lambda act: life.mark(act, post=post, record=number, mark=mark) or True):
                self.lines.go_on()
            return

        def work(act: Act, values: dict[str, str]) -> Any:
            return life.mark(act, post=post, record=number, mark=mark, words=values["words"])

        line = self.marks[number]
        self.ask(
            f"{number}  {terms.mark_name(mark)}",
            [Field("words", N_("If … then …"), hint=N_("what the next one does, and when"), default=line.words,
                   longest=life.LONGEST_WORDS)],
            work,
        )  # fmt: skip
