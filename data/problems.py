"""What a person must be told when something cannot be done, in their own language."""

from data.words import _


class Problem(Exception):
    """One sentence in both languages, the field it belongs to, and the clause behind it."""

    def __init__(self, msgid: str, *, field: str = "", clause: str = "", **values: object) -> None:
        super().__init__(msgid)
        self.msgid, self.field, self.clause, self.values = msgid, field, clause, values

    def __str__(self) -> str:
        text = _(self.msgid, **self.values)
        return f"{text} [{self.clause}]" if self.clause else text


class StoreProblem(Problem):
    """The store cannot be opened, read or written."""


class StoreMissing(StoreProblem):
    """No store at the path."""


class StoreReadOnly(StoreProblem):
    """The store can be read but not written."""


class StoreDamaged(StoreProblem):
    """The file is not a sound store."""


class StoreIndexBroken(StoreDamaged):
    """Every record can be read; what is found by is damaged, and can be made anew."""


class StoreTroubled(StoreProblem):
    """The disk answered with an error; nothing says that the store is damaged."""


class StoreTooNew(StoreProblem):
    """A later version of the program made this store."""


class StoreBusy(StoreProblem):
    """Another desk holds the store."""


class StoreFull(StoreProblem):
    """The disk has no room."""
