"""The application: signing in, the rooms on their keys, what changes under it, and the language."""

import asyncio
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from textual.binding import Binding

from data import words
from data.words import N_, _
from desk.systems import ROOMS, may, may_enter
from screens import keymap
from screens.house import HUNG_UP, TERMINATED, House
from screens.painting import keep_first_frame
from screens.settings import NO_LOOK
from screens.signin import SignIn
from screens.text import hide_phones
from screens.theme import THEMES, own_themes

if TYPE_CHECKING:
    from data.problems import Problem
    from desk.act import Now
    from desk.systems.saying import Room as RoomSaid
    from screens.base import Room
    from screens.settings import Settings
    from screens.watching import Watch

# The rooms of the day, whose keys stand at the foot of every page.
FOOT = ("f2", "f3", "f4", "f5", "f6", "f7", "f8")
# Seconds between two looks at the store besides those when another desk tells that it wrote; half where none can tell.
POLL = 1.0
MOST_ALERTS = 3
# Below a room lies the sign-in; above it only dialogs.
HOUSE = 2


def _room_binding(room: "RoomSaid") -> Binding:
    """The key of a room; the foot of the page shows those of the daily rooms."""
    return Binding(room.key, f"room('{room.name}')", room.title, tooltip=room.tip, show=room.key in FOOT, id=room.name)


class DeskApp(House):
    """Qiantai on one terminal.

    Args:
        path: the store's file.
        now: reads the time; tests hand in their own.
        settings: what the person at this terminal has set.
    """

    TITLE = "Qiantai 前台"
    BINDINGS = [
        Binding("f1", "help", N_("Help"), tooltip=N_("What can be done here, and with which keys")),
        *[_room_binding(room) for room in ROOMS.values() if room.key.startswith("f")],
        Binding("ctrl+e", "emergency", N_("Emergency!"), tooltip=N_("Take an emergency, from anywhere"), priority=True),
        *[_room_binding(room) for room in ROOMS.values() if room.key.startswith("ctrl")],
        Binding("ctrl+g", "rooms", N_("Rooms"), tooltip=N_("Every room, with what waits there"), show=False),
        Binding("f12", "language", N_("中文/English"), tooltip=N_("Switch the language"), show=False),
        Binding("ctrl+t", "theme", N_("Look"), tooltip=N_("Dark, light, each in high contrast"), show=False),
        Binding("ctrl+l", "lock", N_("Lock"), tooltip=N_("Lock the desk; the forms stay"), show=False),
        Binding(
            "ctrl+k",
            "archive_here",
            N_("Archive"),
            tooltip=N_("The home in question in the archive, and back again"),
            show=False,
            priority=True,
        ),
        Binding("ctrl+d", "own_secret", N_("My secret"), tooltip=N_("Give yourself a new secret"), show=False),
        Binding(
            "ctrl+f",
            "confirm_time",
            N_("Time is right"),
            tooltip=N_("Say that the machine's clock is right, where the desk doubts it"),
            show=False,
            priority=True,
        ),
        Binding("ctrl+o", "sign_out", N_("Sign out"), tooltip=N_("Let somebody else sign in"), show=False),
        Binding(
            "ctrl+p",
            "command_palette",
            N_("Actions"),
            tooltip=N_("Every action by name, in either language"),
            show=False,
        ),
        Binding(
            "f11", "messages", N_("Messages"), tooltip=N_("The last messages, newest first"), show=False, priority=True
        ),
        Binding("ctrl+q", "quit", N_("Quit"), tooltip=N_("Leave the program"), show=False),
    ]

    def __init__(self, path: Path, now: "Now | None" = None, settings: "Settings | None" = None) -> None:
        super().__init__(path, settings)
        self._now = now
        self.looks = [*THEMES, *own_themes(self.settings.themes)]
        for theme in self.looks:
            self.register_theme(theme)
        names = [theme.name for theme in self.looks]
        self.theme = self.settings.theme if self.settings.theme in names else names[0]
        if self.settings.theme not in ("", *names):
            self.settings.note(NO_LOOK, name=self.settings.theme, names=", ".join(names))
        self.rooms: dict[str, Room] = {}
        self.version, self.newest = 0, 0
        self.next_step: datetime | None = None
        self.told = 0
        self.idle_lock = 600.0
        self._ticking = self._keys_read = False
        self._watch: Watch | None = None
        self.opened_day: date | None = None

    def on_mount(self) -> None:
        """A closed terminal and an ending machine leave time to keep what is typed."""
        if not self.is_headless and threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for name, code in (("SIGHUP", HUNG_UP), ("SIGTERM", TERMINATED)):
                # Windows has neither the first nor a loop that is told of the other.
                with suppress(NotImplementedError):
                    if (number := getattr(signal, name, None)) is not None:
                        loop.add_signal_handler(number, self.hang_up, code)

    def get_default_screen(self) -> SignIn:
        """The sign-in is the ground on which the rooms stand."""
        keep_first_frame(self)
        return SignIn(self.path)

    def open_desk(self) -> None:
        """Load what is heavy and open the store; called on a thread while one types."""
        from data.store.opening import open_store
        from desk.act import Desk
        from desk.ground.wallclock import wall_clock

        import_module("desk.operators")
        if self._desk is None:
            self._desk = Desk(open_store(self.path), self._now or wall_clock)

    def load_home(self, code: str) -> None:
        """Load what whoever has this code sees first; called on a thread while they type their secret."""
        from data.operators import Operator
        from desk import systems
        from desk.ground import roles

        for module in ("desk.daybreak", "desk.duty.life", "desk.clocks.alerts"):
            import_module(module)
        with self.desk.store.reading() as session:
            # What no code has could not even be asked for.
            who = session.get(Operator, code) if code.isascii() else None
        if who is not None:
            import_module(systems.ROOMS[roles.home(who.roles)].screen.partition(":")[0])

    async def sign_in(self, code: str, secret: str) -> None:
        """Put an operator at the desk and go to the home of the role."""
        from desk import operators, systems
        from desk.clocks import alerts
        from desk.duty import life
        from desk.ground import roles

        self.who = await asyncio.to_thread(operators.sign_in, self.desk, code, secret)
        hide_phones(not systems.may(self.who.roles, "directory.phones"))
        if self.who.language and self.who.language != words.language():
            words.use(self.who.language)
        self.calendar = self.desk.calendar()
        self.touched = time.monotonic()
        with self.desk.look() as view:
            self.told, self.idle_lock = alerts.newest(view.session), 60.0 * int(view.chosen("idle.lock"))
        self._watch_the_store()
        await self._new_day()
        self.pulse()
        with self.desk.look() as view:
            awaited = life.is_awaited(view)
        self.action_room("shift" if awaited else roles.home(self.who.roles))
        self._read_keys()
        if self.desk.store.read_only is not None:
            self.notify(str(self.desk.store.read_only), severity="error", timeout=30, markup=False)
        if self.who.guesses:
            text = N_("{count} wrong secrets were typed for you since your last sign-in: if not by you, tell a leader.")
            self.notify(_(text, count=self.who.guesses), severity="warning", timeout=30, markup=False)

    def _read_keys(self) -> None:
        """The keys as they were set; what of the settings cannot be used is said once."""
        if self._keys_read:
            return
        self._keys_read = True
        if self.settings.keys:
            self.keymap = keymap.check(self.settings, type(self))
            self.refresh_bindings()
        if self.settings.problems:
            said = _(
                "{file}: {count} settings cannot be used; desk doctor says which.",
                file=self.settings.path.name,
                count=len(self.settings.problems),
            )
            self.notify(said, severity="warning", timeout=12, markup=False)

    def room_name(self) -> str:
        """The room that one is in; "" in a dialog and before the first."""
        here = self.screen if self.screen_stack else None
        return next((name for name, room in self.rooms.items() if room is here), "")

    def _watch_the_store(self) -> None:
        from data.store.keys import head_path
        from desk import journal
        from screens.watching import watch

        if not getattr(self, "_watching", False):
            self._watching = True
            self.version, self.newest = self.desk.store.data_version(), journal.newest_number(self.desk.store)
            # The head's copy is renewed by every act of any desk.
            self._watch = watch(head_path(self.path), lambda: self.call_later(self._poll))
            self.set_interval(1, self._second)
            self.set_interval(POLL / 2 if self._watch is None else POLL, self._poll)
            self.set_interval(5, self._idle)

    def _second(self) -> None:
        """One beat for the whole house: only the room that one sees moves with it."""
        from screens.base import Room

        if self.screen_stack and isinstance(self.screen, Room) and self.screen.is_mounted:
            self.screen.second()

    def on_unmount(self) -> None:
        """Nothing is told any more to a program that ended."""
        if self._watch is not None:
            self._watch.close()

    def _poll(self) -> None:
        from data.problems import Problem, StoreBusy
        from desk import journal
        from screens import clock_doubt

        if not self.screen_stack:
            return
        try:
            version = self.desk.store.data_version()
            if version != self.version:
                newest = journal.newest_number(self.desk.store)
                if newest != self.newest:
                    self.changed()
                else:
                    self._changed_without_an_act()
                self.newest, self.version = newest, version
        except StoreBusy:
            # Somebody holds it: what changed is looked for again with the next beat.
            return
        except Problem as problem:
            self._gone(problem)
            return
        if self.desk.time.is_off() or self.doubt is not None:
            clock_doubt.look_again(self)
        due = self.next_step is not None and self.desk.now() >= self.next_step
        if due and self.doubt is None and not self._ticking:
            self.in_background(self._tick())

    def action_confirm_time(self) -> None:
        """Say that the machine's clock is right; only where it is doubted, and only who may."""
        from screens import clock_doubt

        clock_doubt.confirm(self)

    def _changed_without_an_act(self) -> None:
        """Mostly a draft, which shows nowhere; but what a guard sees must hold even against tampering."""
        from screens.base import Room

        if isinstance(self.screen, Room) and self.screen.watches_store:
            self.screen.reload()

    def _gone(self, problem: "Problem") -> None:
        """The store is no longer the one that was opened: what stands on a screen may be over."""
        from screens.base import Room

        for screen in self.screen_stack:
            if isinstance(screen, Room):
                screen.no_answer(problem)

    def changed(self) -> None:
        """Something was written at some desk: show it."""
        from desk import operators
        from screens.base import Room

        if self.who is not None and not operators.may_stay(self.desk, self.who):
            self.sign_out()
            self.notify(_("This operator may no longer work here."), severity="error", timeout=30, markup=False)
            return
        # What one looks at first; below a dialog, the lock or the wall it is read again when it is seen again.
        if isinstance(self.screen, Room):
            self.screen.reload_if_new()
        self.pulse()
        self._alert()

    def _alert(self) -> None:
        """Tell this desk's roles what fell due, was missed or was reported upwards just now."""
        if self.who is None:
            return
        from desk.clocks import alerts

        with self.desk.read() as session:
            news = alerts.since(session, self.told, self.who.roles, self.who.code, self.who.department)
            self.told = alerts.newest(session)
        for one in news[-MOST_ALERTS:]:
            bad = one.verb != "clocks.warn"
            text = self._alert_text(one.verb, one.record, one.rule)
            self.notify(text, severity="error" if bad else "warning", timeout=12, markup=False)
        if any(one.verb == alerts.EMERGENCY for one in news):
            self.bell()

    def _alert_text(self, verb: str, record: str, rule: str) -> str:
        from desk import standards, systems
        from screens.text import one_line

        timer = standards.of_site(self.desk.store.path).timers.get(rule)
        return one_line(" · ".join(filter(None, (record, systems.verb_name(verb), timer.name if timer else ""))))

    async def _tick(self) -> None:
        from data.problems import Problem
        from desk import ticking

        if self.desk.store.read_only is not None or self.who is None or self.doubt is not None:
            return
        self._ticking = True
        try:
            await asyncio.to_thread(ticking.tick, self.desk)
        except Problem as problem:
            self.notify(str(problem), severity="error", markup=False)
        finally:
            self._ticking = False
        self.pulse()

    def pulse(self) -> None:
        """Read the overdue count, the next deadline and step, and the emergencies that nobody has acknowledged."""
        from desk.clocks import alerts, queueing

        self.doubt = self.desk.doubt()
        with self.desk.read() as session:
            self.overdue, self.next_due = queueing.pulse(session, self.desk.now())
            self.next_step, self.unheard = alerts.next_step(session), alerts.unheard(session)

    async def _new_day(self) -> None:
        """What begins by itself with a day: its periods, and the shifts that are expected."""
        from desk import daybreak

        # By the calendar of the sign-in: it is asked every few seconds, and only a new day need be exact.
        calendar = self.calendar or self.desk.calendar()
        today = calendar.local(self.desk.now()).date()
        if today == self.opened_day or self.desk.store.read_only is not None or self.desk.doubt() is not None:
            return
        self.opened_day = today
        await asyncio.to_thread(daybreak.begin_day, self.desk)

    async def _idle(self) -> None:
        if not self.screen_stack:
            return
        from data.problems import Problem

        try:
            await self._look_again()
            if self.who is not None:
                await self._new_day()
        except Problem as problem:
            self._gone(problem)
        on_wall = type(self.screen).__name__ == "WallRoom"
        if self.who is not None and not on_wall and time.monotonic() - self.touched > self.idle_lock:
            self.action_lock()

    async def _look_again(self) -> None:
        """A store that was opened for reading only is looked at again by itself; once it is well that is said."""
        from data.store.opening import look_again
        from screens.base import Room

        if self.desk.store.read_only is None or not await asyncio.to_thread(look_again, self.desk.store):
            return
        self.notify(_("The store is well again: everything is saved from now on."), timeout=12, markup=False)
        if isinstance(self.screen, Room):
            self.screen.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        signed_in_only = action in ("room", "rooms", "lock", "sign_out", "emergency")
        if signed_in_only and self.who is None:
            return False
        if action in ("room", "rooms", "help", "sign_out", "lock", "emergency", "messages") and self.is_locked:
            return False
        if action == "emergency":
            return self._may_take()
        if action == "confirm_time":
            return self.doubt is not None and self.who is not None and not self.is_locked
        return not (action == "room" and not self._may_enter(str(parameters[0])))

    @property
    def is_locked(self) -> bool:
        """Whether the lock is on."""
        return type(self.screen).__name__ == "Lock"

    def _may_enter(self, name: str) -> bool:
        return self.who is not None and may_enter(self.who.roles, name)

    def _may_take(self) -> bool:
        on_wall = type(self.screen).__name__ == "WallRoom"
        return self.who is not None and not on_wall and may(self.who.roles, "emergencies.register")

    def action_emergency(self) -> None:
        """Take an emergency; the form behind the dialog stays as it is."""
        from screens.emergencies import ask_emergency

        if not any(getattr(screen, "takes_emergency", False) for screen in self.screen_stack):
            ask_emergency(self)

    def action_wall(self) -> None:
        """Show the queue for a screen on the wall."""
        from screens.wall import WallRoom

        self.push_screen(WallRoom())

    def action_room(self, name: str) -> None:
        """Go to a room; what was typed in the one left behind stays."""
        from screens.base import Room

        if name not in self.rooms:
            module, _colon, screen = ROOMS[name].screen.partition(":")
            self.rooms[name] = getattr(import_module(module), screen)()
            self.install_screen(self.rooms[name], f"{name}-{id(self.rooms[name])}")
        room = self.rooms[name]
        self.keep_drafts()
        self.hush()
        while len(self.screen_stack) > HOUSE:
            self.pop_screen()
        if isinstance(self.screen, Room):
            self.screen.leave()
        if self.screen is room:
            room.show_made()
        elif len(self.screen_stack) == HOUSE:
            self.switch_screen(room)
        else:
            self.push_screen(room)

    def action_rooms(self) -> None:
        """Every room with what waits there, to go to one."""
        from screens.room_list import RoomList

        if not isinstance(self.screen, RoomList):
            self.push_screen(RoomList(), lambda name: self.action_room(name) if name else None)

    def action_archive_here(self) -> None:
        """The home that is in question, in the archive; Esc goes back to where one was, and nothing typed is lost."""
        from screens.archive import HomeInArchive

        label = getattr(self.screen, "home_in_question", lambda: "")()
        if isinstance(self.screen, HomeInArchive) or not self._may_enter("archive"):
            return
        if label:
            self.push_screen(HomeInArchive(label))
        elif hasattr(self.screen, "home_in_question"):
            self.notify(_("No home is in question here: choose a line or a caller first."), markup=False)
        elif not self.screen.is_modal:
            self.action_room("archive")

    def action_own_secret(self) -> None:
        """Give oneself a new secret."""
        from screens.own_secret import ask_own_secret

        if self.who is not None and not self.is_locked and not self.screen.is_modal:
            ask_own_secret(self)

    def action_help(self) -> None:
        """Show what can be done here."""
        from screens.help import help_dialog

        self.push_screen(help_dialog(self.screen))

    def action_messages(self) -> None:
        """Show the last messages."""
        from screens.help import MessagesDialog, messages_dialog

        if not isinstance(self.screen, MessagesDialog):
            self.push_screen(messages_dialog(self))

    def action_lock(self) -> None:
        """Lock the desk; whatever was typed stays under the lock."""
        if not self.is_locked and self.who is not None:
            from screens.lock import Lock

            self.push_screen(Lock())

    async def action_language(self) -> None:
        """Switch between Chinese and English, and keep the choice for this operator."""
        from screens.translated import Translated

        words.use("en" if words.language() == "zh" else "zh")
        for screen in self.screen_stack:
            if isinstance(screen, Translated):
                await screen.refresh_language()
        for room in self.rooms.values():
            if room not in self.screen_stack and isinstance(room, Translated) and room.is_running:
                await room.refresh_language()
        if self.who is not None:
            from data.problems import Problem
            from desk import operators

            try:
                with self.desk.act() as act:
                    operators.prefer_language(act, language=words.language())
            except Problem:
                return

    def action_command_palette(self) -> None:
        """Every action by name."""
        if not self.is_locked:
            from screens.palette import open_palette

            open_palette(self)

    def action_help_quit(self) -> None:
        """Ctrl+C copies in a terminal, so it does not end the program; say what does."""
        self.notify(_("Ctrl+Q ends the program."), timeout=3, markup=False)

    def action_theme(self) -> None:
        """The next look: dark, light, and both in high contrast."""
        names = [theme.name for theme in self.looks]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]

    def action_sign_out(self) -> None:
        """Sign out, unless one is the last on a post: then only after a question."""
        self._leave(N_("{why} Sign out all the same? You stay answerable."), self.sign_out)

    async def action_quit(self) -> None:
        """End the program, unless one is the last on a post: then only after a question."""
        self._leave(N_("{why} Quit all the same? You stay answerable."), self.exit)

    def _leave(self, question: str, leave: Callable[[], None]) -> None:
        from screens.base import ask_yes

        last = "" if self.is_locked else self._last_on_post()
        if last:
            ask_yes(self.screen, _(question, why=last), leave)  # type: ignore[arg-type]
        else:
            leave()

    def _last_on_post(self) -> str:
        """Why whoever is at the desk may not leave their post, where nobody else is there (DUT-8)."""
        from data.problems import StoreProblem
        from desk.duty import cover, life

        if not self.is_open or self.who is None:
            return ""
        try:
            with self.desk.look() as view:
                own = cover.own_shift(view, view.operator.code) if view.operator is not None else None
                if own is None or own.state != "there" or len(cover.present(view, own.post)) > 1:
                    return ""
                return str(life.why_not_leave(view, own) or "")
        except StoreProblem:
            # A store that does not answer keeps nobody from leaving.
            return ""

    def sign_out(self) -> None:
        """Sign out; the next operator begins with empty rooms."""
        self.keep_drafts()
        while len(self.screen_stack) >= HOUSE:
            self.pop_screen()
        for room in self.rooms.values():
            self.uninstall_screen(room)
            room.remove()
        self.rooms.clear()
        self.clear_notifications()
        self.made.clear()
        self.pending_unit = None
        self.who = None
        # Whoever comes next pastes nothing of the one before.
        self.copy_to_clipboard("")
        hide_phones(False)
        self.desk.operator = None
