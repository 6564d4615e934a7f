"""Keys as a person set them: what is pressed is read as the key that the rooms know; shown is what is pressed."""

from collections.abc import Mapping, Set
from importlib import import_module

from textual import events
from textual.binding import Binding
from textual.keys import Keys, _character_to_key

from data.words import N_
from desk.systems import ROOMS
from screens.settings import EVERYWHERE, Settings

Pairs = Mapping[str, str]
# What fields, lists and forms need for themselves.
RESERVED = {
    "tab", "shift+tab", "enter", "escape", "up", "down", "left", "right", "space", "backspace", "delete", "home", "end",
    "pageup", "pagedown", "f9", "ctrl+s", "ctrl+b", "ctrl+z", "ctrl+c", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m",
    "ctrl+u",
}  # fmt: skip


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

    def __init__(self, keys: Mapping[str, Pairs]) -> None:
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

    everywhere, rooms_own = own_keys(house), {name: _own_of(name) for name in ROOMS}
    right: dict[str, Pairs] = {}
    # What holds everywhere goes first: no room may take its new keys.
    for room, pairs in sorted(settings.keys.items(), key=lambda one: one[0] != EVERYWHERE):
        if room != EVERYWHERE and room not in ROOMS:
            rooms = ", ".join((EVERYWHERE, *ROOMS))
            settings.note(N_("keys.{room}: there is no such room; there are: {rooms}"), room=room, rooms=rooms)
            continue
        news = {named(new) for new in right.get(EVERYWHERE, {}).values()}
        used = everywhere | news | own_keys(LineList)
        if room == EVERYWHERE:
            taken = set.union(*rooms_own.values())
            right[room] = _possible(settings, room, pairs, everywhere, used | taken)
        else:
            used |= rooms_own[room]
            right[room] = _possible(settings, room, pairs, used, used)
    return Keymap(right)


def _own_of(room: str) -> set[str]:
    module, _colon, name = ROOMS[room].screen.partition(":")
    return own_keys(getattr(import_module(module), name))


def _possible(settings: Settings, room: str, pairs: Pairs, known: Set[str], used: Set[str]) -> Pairs:
    """What of a room's moves has its old key there and its new one free.

    Args:
        known: the keys that may be moved; used: those that do something where the new ones are to act.
    """
    free: dict[str, str] = {}
    for old, new in pairs.items():
        if named(old) not in known:
            settings.note(N_("keys.{room}: nothing is on {key}."), room=room, key=old)
        elif not _may_be_pressed(named(new)) or (room == EVERYWHERE and len(named(new)) == 1):
            settings.note(N_("keys.{room}: {key} cannot be used."), room=room, key=new)
        elif named(new) in map(named, free.values()):
            settings.note(N_("keys.{room}: {key} stands twice."), room=room, key=new)
        else:
            free[old] = new
    # A key is free where nothing is on it, or what was on it moves away; one that stays may keep others from moving.
    while taken := [old for old, new in free.items() if named(new) in used - {named(one) for one in free}]:
        for old in taken:
            settings.note(N_("keys.{room}: {key} does something else already."), room=room, key=free.pop(old))
    return free


def _may_be_pressed(key: str) -> bool:
    """Whether a key is one of a keyboard that no field and no list needs for itself."""
    _modifiers, _plus, last = key.rpartition("+")
    names = {one.value for one in Keys} - RESERVED
    plain = key == last and (len(key) == 1 or key in names)
    return key not in RESERVED and (plain or (last != key and (len(last) == 1 or last in names)))
