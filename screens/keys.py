"""Keys work in the order in which they were typed: each is handled once all that the one before it caused has happened.

The toolkit forwards a key to whatever has the focus when it is read, while Tab, Enter or a dialog may still be on their
way; so text lands in the wrong field. Here a key waits until the house is settled: no pump handles or holds a message,
nothing is scheduled, no work of the screen is under way. What looks into the toolkit's private parts is `_is_busy`;
where a later toolkit has other insides, `_ask_everybody` finds the same out by its public ways.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.worker import WorkerState

from screens.guard import survived

# What a person does with the hands; a movement of the mouse changes nothing and need not wait.
HANDS = (events.Key, events.Paste, events.MouseDown, events.MouseUp)
# Turns of the loop that are taken at once before waiting costs a pause, and that pause in seconds.
EAGER, PAUSE = 60, 0.002
# Seconds after which a key goes through whatever is still under way: nobody may be locked out.
LONGEST = 30.0
# How often a message may go from pump to pump for one key: up the screen, into an action, and up again.
HOPS = 40
# Rounds in which everything was idle once, where something is always under way: a hop may take one of them or several.
ROUNDS = 200


class KeysInOrder:
    """The one place through which keys, pastes and clicks go.

    Args:
        app: the application.
    """

    def __init__(self, app: App[Any]) -> None:
        self.app = app
        self.waiting: deque[events.Event] = deque()
        self._passing: events.Event | None = None
        self._draining: asyncio.Task[None] | None = None

    def admit(self, event: events.Event) -> bool:
        """Whether an event may be handled now; else it is kept, and comes again when it is its turn."""
        if event is self._passing:
            self._passing = None
            return True
        if not self.waiting and self._draining is None and is_settled(self.app, inside=True):
            return True
        self.waiting.append(event)
        self._go_on()
        return False

    def again(self, key: str, character: str | None) -> None:
        """Handle a key once more, before all that was typed after it."""
        event = events.Key(key, character)
        # It is what was meant, wherever a person has that key.
        event.is_meant = True  # type: ignore[attr-defined]
        self.waiting.appendleft(event)
        self._go_on()

    def _go_on(self) -> None:
        if self._draining is None:
            self._draining = asyncio.create_task(survived(self.app, self._drain()))

    async def _drain(self) -> None:
        try:
            while self.waiting and await settled(self.app):
                self._passing = self.waiting.popleft()
                self.app.post_message(self._passing)
        finally:
            self._draining = None

    async def handled(self) -> None:
        """Wait until all that was typed so far is handled."""
        while await settled(self.app) and (self.waiting or self._draining is not None):
            await asyncio.sleep(PAUSE)


async def settled(app: App[Any]) -> bool:
    """Wait until everything that the last key caused has happened; False when the program is closing.

    Mostly that is a moment in which nothing is under way. Where something else always is (polls, other desks), it is
    enough that each part was idle once, as often as what a key causes may go from part to part.
    """
    if not _sees_inside(app):
        await _ask_everybody(app)
        return True
    loop = asyncio.get_running_loop()
    end, turn, rounds = loop.time() + LONGEST, 0, 0
    never_idle: set[object] | None = None
    while loop.time() < end:
        if not app.is_running or getattr(app, "_closing", False):
            return False
        busy = set(_busy_parts(app))
        if not busy:
            return True
        never_idle = busy if never_idle is None else never_idle & busy
        if not never_idle:
            never_idle, rounds = busy, rounds + 1
            if rounds == ROUNDS:
                return True
        turn += 1
        await asyncio.sleep(0 if turn < EAGER else PAUSE)
    return True


def is_settled(app: App[Any], *, inside: bool = False) -> bool:
    """Whether nothing is under way.

    Args:
        inside: asked while the application itself handles a message, which then does not count.
    """
    return _sees_inside(app) and not any(True for _part in _busy_parts(app, inside=inside))


def _busy_parts(app: App[Any], *, inside: bool = False) -> Iterator[object]:
    """The parts of the house in which something is under way: pumps, scheduled calls, work of the screen."""
    if not app.screen_stack:
        yield "no screen"
        return
    for pump in _pumps(app):
        if _is_busy(pump, working=inside and pump is app):
            yield pump
    screen = app.screen
    if getattr(screen, "_callbacks", None):
        yield "calls after painting"
    if getattr(screen, "_recompose_required", False):
        yield "composing"
    for worker in app.workers:
        if worker.state in (WorkerState.PENDING, WorkerState.RUNNING) and screen in worker.node.ancestors_with_self:
            yield worker


def _pumps(app: App[Any]) -> Iterator[MessagePump]:
    yield app
    yield from app.screen_stack
    nodes: list[Any] = [*app.screen.children]
    while nodes:
        node = nodes.pop()
        yield node
        nodes += node.children


def _is_busy(pump: MessagePump, *, working: bool = False) -> bool:
    """Whether a pump handles a message, holds one, or has one scheduled.

    Args:
        working: the message that it handles just now does not count.
    """
    if pump._closing or pump._closed:
        return False
    queue: Any = pump._message_queue
    if not queue.empty() or pump._next_callbacks or pump._pending_message is not None:
        return True
    return not working and not queue.ready_event._waiters


def _sees_inside(app: App[Any]) -> bool:
    """Whether the toolkit has the insides that `_is_busy` looks into."""
    return all(hasattr(app, name) for name in ("_message_queue", "_next_callbacks", "_pending_message")) and hasattr(
        getattr(app._message_queue, "ready_event", None), "_waiters"
    )


async def _ask_everybody(app: App[Any]) -> None:
    """Wait until every pump has answered as often as a message may go from pump to pump: up the screen and back."""
    for _turn in range(HOPS):
        answers = []
        for pump in list(_pumps(app)):
            answer = asyncio.Event()
            if pump.call_later(answer.set):
                answers.append(answer.wait())
        await asyncio.wait_for(asyncio.gather(*answers), LONGEST)
