"""Ctrl+P: every action by name, in either language."""

from collections.abc import Awaitable, Callable

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from data.words import LANGUAGES, _, in_language


class Actions(Provider):
    """The bindings in force, found by their names in Chinese and in English."""

    def _actions(self) -> list[tuple[str, str, Callable[[], Awaitable[None]]]]:
        found = []
        for active in Screen.active_bindings.fget(self.screen).values():  # type: ignore[attr-defined]
            binding = active.binding
            if active.tooltip and active.enabled:
                names = dict.fromkeys(in_language(lang, binding.description) for lang in LANGUAGES)
                found.append((" / ".join(names), _(active.tooltip), self._runner(active.node, binding.action)))
        return found

    def _runner(self, node: object, action: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.app.run_action(action, default_namespace=node)  # type: ignore[arg-type]

        return run

    async def discover(self) -> Hits:
        """Every action, before anything is typed."""
        for name, tip, run in self._actions():
            yield DiscoveryHit(name, run, help=tip)

    async def search(self, query: str) -> Hits:
        """The actions whose name in either language matches."""
        matcher = self.matcher(query)
        for name, tip, run in self._actions():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, help=tip)
