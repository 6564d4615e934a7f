"""Ctrl+P: every action of the program by name, in either language, in pinyin or its initials, with its key."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from data.words import N_, _
from desk.step_table import STEPS
from desk.systems import SYSTEMS, may, rooms_of
from desk.systems.saying import Room
from screens.house import House
from screens.meant import SOMEWHERE, how_meant
from screens.text import fit
from screens.translated import Translated
from screens.widgets.bars import KeyBar
from screens.widgets.finder import Finder
from screens.widgets.notice import NoticeLine

# Cells of what an action is called, of its room and of its key; what it does has the rest.
NAME, ROOM, KEY = 16, 12, 7


@dataclass(frozen=True)
class Action:
    """Something that a key does.

    label, tip: msgids of what it is called and of what it does; room: msgid of where, "" for here; key: as a keyboard
    has it; run: does it, or goes where it is done.
    """

    label: str
    tip: str
    room: str
    key: str
    run: Callable[[], None]


def actions(app: House, screen: Screen[object]) -> list[Action]:
    """Every action that whoever is at the desk may do: those of this screen first, then the rooms, then theirs."""
    found = [*_here(app, screen), *_rooms(app)]
    seen = {(one.label, one.key) for one in found}
    for one in _elsewhere(app, screen):
        if (one.label, one.key) not in seen:
            found.append(one)
    return found


def _here(app: House, screen: Screen[object]) -> Iterator[Action]:
    """The keys in force."""
    # Untranslated, so that they are found in either language.
    for active in Screen.active_bindings.fget(screen).values():  # type: ignore[attr-defined]
        binding = active.binding
        if active.tooltip and active.enabled and not binding.action.startswith("room("):
            key = app.keymap.moved(app.room_name()).get(binding.key, binding.key)
            yield Action(binding.description, active.tooltip, "", key, _runner(app, active.node, binding.action))


def _runner(app: House, node: DOMNode, action: str) -> Callable[[], None]:
    return lambda: app.in_background(app.run_action(action, default_namespace=node))


def _rooms(app: House) -> Iterator[Action]:
    """The rooms that one may enter."""
    for room in rooms_of(app.who.roles if app.who else ""):
        yield Action(room.title, room.tip, N_("Rooms"), room.key, _goer(app, room.name))


def _goer(app: House, room: str, key: str = "", label: str = "") -> Callable[[], None]:
    """Goes to a room; there a key is pressed, or with a label it is said that a line has to be chosen before."""

    def go() -> None:
        app.action_room(room)
        if label:
            pressed = app.keymap.moved(room).get(key, key)
            app.notify(_("Choose a line, then press {key}: {what}.", key=pressed, what=_(label)), markup=False)
        elif key:
            app.press_again(key, key if len(key) == 1 else None)

    return go


def _elsewhere(app: House, screen: Screen[object]) -> Iterator[Action]:
    """What is done in other rooms: the steps of their records, and what else has a key there."""
    roles = app.who.roles if app.who else ""
    for room in rooms_of(roles):
        module, _colon, name = room.screen.partition(":")
        kind = getattr(import_module(module), name)
        if kind is type(screen):
            continue
        yield from _steps(app, room, roles)
        for binding in kind.BINDINGS:
            if isinstance(binding, Binding) and binding.tooltip and not binding.action.startswith("step("):
                of_line = binding.action in getattr(kind, "HAND_WRITTEN", ())
                run = _goer(app, room.name, binding.key, binding.description if of_line else "")
                key = app.keymap.moved(room.name).get(binding.key, binding.key)
                yield Action(binding.description, binding.tooltip, room.title, key, run)


def _steps(app: House, room: Room, roles: str) -> Iterator[Action]:
    """The steps of the records of a room that is the first of its system."""
    system = next((one for one in SYSTEMS.values() if one.rooms and one.rooms[0].name == room.name), None)
    for step in STEPS.get(system.name, ()) if system is not None else ():
        if step.key and (step.signer or may(roles, step.verb)):
            run = _goer(app, room.name, step.key, "" if step.new else step.label)
            key = app.keymap.moved(room.name).get(step.key, step.key)
            yield Action(step.label, step.tip, room.title, key, run)


class ActionFinder(Finder):
    """A prompt that shows the keys in force before anything is typed."""

    DEFAULT_CSS = "ActionFinder, ActionFinder:focus { height: auto; max-height: 17; }"
    all_at_first = True
    MOST = 16

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As high as what was found."""
        return 1 + max(1, min(self.MOST, len(self.results)))

    def on_mount(self) -> None:
        self.results = self.find("")

    def _search(self, text: str) -> None:
        before = len(self.results)
        super()._search(text)
        if len(self.results) != before:
            self.refresh(layout=True)


class Palette(Translated, ModalScreen[int]):
    """The prompt and what it found, as high as that; it closes with the number of what was chosen."""

    BINDINGS = [Binding("escape,ctrl+p", "dismiss", N_("Back"), tooltip=N_("Do nothing"))]
    DEFAULT_CSS = """
    Palette { align: center top; background: $background; }
    Palette > Vertical { width: 78; max-width: 98%; height: auto; max-height: 96%; margin-top: 1; padding: 0 1;
        background: $background; border: round $line; }
    """

    def __init__(self, found: Sequence[Action]) -> None:
        super().__init__()
        self.actions = found

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("Actions")
            nothing = N_("No such action: try the first letters of its pinyin, such as zt.")
            yield ActionFinder(
                self.found, N_("Name of an action, pinyin or its initials"), stranger=False, nothing=nothing
            )
            yield NoticeLine(self.desk_app.notices)
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(ActionFinder).focus()

    def found(self, typed: str) -> Sequence[tuple[object, str]]:
        """The actions that a fragment means, a line each: the best first, those of this screen before others."""
        ranked = []
        for number, one in enumerate(self.actions):
            rank = self._rank(one, typed)
            if rank is not None and (typed.strip() or not one.room):
                ranked.append((rank, number))
        return [(number, self.line(self.actions[number])) for _rank, number in sorted(ranked)]

    def _rank(self, one: Action, typed: str) -> int | None:
        ranks = [how_meant(one.label, typed)]
        by_tip = how_meant(one.tip, typed, spelt=False)
        ranks.append(by_tip + SOMEWHERE + 1 if by_tip is not None else None)
        return min((rank for rank in ranks if rank is not None), default=None)

    def line(self, one: Action) -> str:
        """What an action is called and does, where, and on which key."""
        key = self.app.get_key_display(Binding(one.key.split(",")[0], "")) if one.key else ""
        # Frame, paddings and the finder's own blank take seven cells of a box of 78, or of what the terminal has.
        tip = max(4, min(78, self.app.size.width * 98 // 100) - 7 - NAME - ROOM - KEY)
        return (
            f"{fit(_(one.label), NAME)}{fit(_(one.tip), tip - 1)} {fit(_(one.room), ROOM)}{fit(key, KEY, right=True)}"
        )

    def on_finder_chosen(self, event: Finder.Chosen) -> None:
        if event.key is not None:
            self.dismiss(int(str(event.key)))


def open_palette(app: House) -> None:
    """Show the palette of whatever is on the screen now; what is chosen there is done here."""
    found = actions(app, app.screen)

    def chosen(number: int | None) -> None:
        if number is not None:
            found[number].run()

    app.push_screen(Palette(found), chosen)
