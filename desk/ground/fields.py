"""What a form asks, as data: the same for the dialog, the command line and the test of both."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from data.tables import Record, Value
from data.words import _


@dataclass(frozen=True)
class Field:
    """One field: its name in the procedure, msgid of its label, its kind, and when it is asked at all.

    kind: "text", "long" (several lines), "secret", "choice" or "find".
    private: never part of a draft (ID numbers, secrets).
    longest: characters; what is longer is refused by the rule behind the form, and cannot be typed into it.
    recent: what a "find" field offers while nothing is typed; the arrows choose among it.
    stranger: whether a "find" field may keep a name that was not found.
    of: the fields that say whom or what this answer is about; it ends when one of them changes.
    subject: what of a found key makes it somebody or something else for the answers about it.
    finds: what of it depends on the record, as a rule's view and the record say: options and default by name; None
        leaves the field out.
    needed: whether nothing can be saved while it is empty; the rule behind the form says so, too.
    expected: whether the foot of the form names it while it is empty; of a needed one it always does.
    bound: whether the answer belongs to that one alone, as a proof or a phone does: never brought back under another.
    """

    name: str
    label: str
    kind: str = "text"
    options: Callable[[], Sequence[tuple[str, str]]] = tuple
    find: Callable[[str], Sequence[tuple[object, str]]] = lambda _text: ()
    recent: Callable[[], Sequence[tuple[object, str]]] = tuple
    hint: str = ""
    default: str = ""
    private: bool = False
    longest: int = 2000
    stranger: bool = False
    asked: Callable[[dict[str, str]], bool] = lambda _values: True
    of: tuple[str, ...] = ()
    subject: Callable[[Value], object] = lambda key: key
    bound: bool = False
    needed: bool = False
    expected: bool = False
    finds: Callable[[Value, Record], Mapping[str, Value] | None] | None = None

    def about(self, view: Value, record: Record) -> "Field | None":
        """The field as it is asked about a record, or None where it is not asked of it."""
        if self.finds is None:
            return self
        found = self.finds(view, record)
        return None if found is None else replace(self, finds=None, **found)


def yes_no() -> list[tuple[str, str]]:
    """Yes or no, to choose from."""
    return [("yes", _("yes")), ("no", _("no"))]


def among(keys: Iterable[str], name: Callable[[str], str]) -> Callable[[], list[tuple[str, str]]]:
    """Some keys to choose from, each under its name in the reader's language."""
    return lambda: [(key, name(key)) for key in keys]
