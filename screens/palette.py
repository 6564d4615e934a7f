"""Ctrl+P: every action by name, in either language."""

from collections.abc import Awaitable, Callable

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from data.words import LANGUAGES, _, in_language


def _both(msgid: str) -> str:
    """A text in every language, each once."""
    return " / ".join(dict.fromkeys(in_language(lang, msgid) for lang in LANGUAGES))


class Actions(Provider):
    """The bindings in force and the steps of other rooms, found by their names in Chinese and in English."""

    def _actions(self) -> list[tuple[str, str, Callable[[], Awaitable[None]]]]:
        found = []
        for active in Screen.active_bindings.fget(self.screen).values():  # type: ignore[attr-defined]
            binding = active.binding
            if active.tooltip and active.enabled:
                found.append((_both(binding.description), _(active.tooltip), self._runner(active.node, binding.action)))
        return found

    def _runner(self, node: object, action: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.app.run_action(action, default_namespace=node)  # type: ignore[arg-type]

        return run

    def _elsewhere(self) -> list[tuple[str, str, Callable[[], Awaitable[None]]]]:
        """The steps of other rooms' records; choosing one goes to its room, where a line and its key do it."""
        from desk.step_table import STEPS
        from desk.systems import SYSTEMS, may, may_enter
        from screens.house import House

        app, found = self.app, []
        if not isinstance(app, House) or app.who is None:
            return []
        here = {name for name, _tip, _run in self._actions()}
        for system in SYSTEMS.values():
            room = next((one for one in system.rooms if may_enter(app.who.roles, one.name)), None)
            for step in STEPS.get(system.name, ()) if room is not None else ():
                if step.key and room is not None and may(app.who.roles, step.verb) and _both(step.label) not in here:
                    name = f"{_both(room.title)}: {_both(step.label)}"
                    found.append((name, _(step.tip), self._goer(room.name, step.key, step.label)))
        return found

    def _goer(self, room: str, key: str, label: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.app.run_action(f"room('{room}')")
            self.app.notify(_("Choose a line, then press {key}: {what}.", key=key, what=_(label)), markup=False)

        return run

    async def discover(self) -> Hits:
        """Every action, before anything is typed."""
        for name, tip, run in self._actions():
            yield DiscoveryHit(name, run, help=tip)

    async def search(self, query: str) -> Hits:
        """The actions of every room whose name in either language matches."""
        matcher = self.matcher(query)
        for name, tip, run in [*self._actions(), *self._elsewhere()]:
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=tip)
