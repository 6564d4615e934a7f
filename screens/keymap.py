"""Keys as a person set them: what is pressed is read as the key that the rooms know; shown is what is pressed."""

from collections.abc import Iterable, Mapping
from importlib import import_module

from textual import events
from textual.binding import Binding
from textual.keys import _character_to_key

from data.words import N_
from desk.systems import ROOMS
from screens.settings import EVERYWHERE, Settings

Keys = Mapping[str, str]


def named(key: str) -> str:
    """A key as the toolkit calls it, however a person writes it: F3, ^E, Ctrl+E, ?, Esc."""
    text = key.strip()
    if len(text) == 1:
        return text if text.isalnum() else _character_to_key(text)
    text = text.replace("^", "ctrl+").lower()
    return {"esc": "escape"}.get(text, text)


class Keymap:
    """What each room's keys were moved to.

    Args:
        keys: by room, or under "everywhere": the key that help shows to the key that does it.
    """

    def __init__(self, keys: Mapping[str, Keys]) -> None:
        self._moved = {room: {named(old): named(new) for old, new in pairs.items()} for room, pairs in keys.items()}

    def moved(self, room: str) -> dict[str, str]:
        """Where the keys of a room stand now."""
        return {**self._moved.get(EVERYWHERE, {}), **self._moved.get(room, {})}

    def meant(self, event: events.Key, room: str, *, letters: bool) -> events.Key | None:
        """The key that was meant, None for one that was moved away and means nothing any more.

        Args:
            letters: whether a letter is a key here, and not text.
        """
        moved = self.moved(room)
        if not moved or (event.is_printable and not letters):
            return event
        old = next((old for old, new in moved.items() if new == event.key), None)
        if old is not None:
            return events.Key(old, old if len(old) == 1 else None)
        return None if event.key in moved else event

    def shown(self, binding: Binding, room: str) -> Binding:
        """A binding with the key that does it now."""
        key = self.moved(room).get(binding.key)
        return binding if key is None else Binding(key, binding.action)


def own_keys(kind: type) -> set[str]:
    """The keys that a class of screens or widgets acts on."""
    bindings = [one for base in kind.__mro__ for one in base.__dict__.get("BINDINGS", ())]
    return {key.strip() for one in bindings if isinstance(one, Binding) for key in one.key.split(",")}


def check(settings: Settings, house: type) -> Keymap:
    """The keys that can be moved as the file wants; what cannot is noted as a problem of it and stays where it is.

    Args:
        house: the application's class, for the keys of every room.
    """
    from screens.widgets.lines import LineList

    everywhere = own_keys(house)
    right: dict[str, Keys] = {}
    for room, pairs in settings.keys.items():
        if room != EVERYWHERE and room not in ROOMS:
            rooms = ", ".join((EVERYWHERE, *ROOMS))
            settings.note(N_("keys.{room}: there is no such room; there are: {rooms}"), room=room, rooms=rooms)
            continue
        used = set(everywhere)
        if room != EVERYWHERE:
            module, _colon, name = ROOMS[room].screen.partition(":")
            used |= own_keys(getattr(import_module(module), name)) | own_keys(LineList)
        right[room] = _possible(settings, room, pairs, used)
    return Keymap(right)


def _possible(settings: Settings, room: str, pairs: Keys, used: Iterable[str]) -> Keys:
    """What of a room's moves has its old key there and its new one free."""
    olds, free = {named(old) for old in pairs}, dict[str, str]()
    for old, new in pairs.items():
        if named(old) not in used:
            settings.note(N_("keys.{room}: nothing is on {key}."), room=room, key=old)
        elif named(new) in used and named(new) not in olds:
            settings.note(N_("keys.{room}: {key} does something else already."), room=room, key=new)
        elif named(new) in map(named, free.values()):
            settings.note(N_("keys.{room}: {key} stands twice."), room=room, key=new)
        else:
            free[old] = new
    return free
