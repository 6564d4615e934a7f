"""Who may sign in."""

from datetime import datetime

from sqlmodel import Field

from data.kept import Digested, instant, text


class Operator(Digested, table=True):
    """A person with a code and a secret.

    roles, signs_for: blank-separated lists of posts, and of departments besides one's own for which one signs.
    areas: the beginnings of the paths of the homes that are an officer's own, such as 3 or 1期-2.
    """

    code: str = Field(primary_key=True)
    name: str = text(None)
    roles: str
    department: str = text("")
    secret_hash: str = ""
    disabled: bool = False
    language: str = ""
    signs_for: str = ""
    areas: str = ""


class Attempt(Digested, table=True):
    """A secret that was typed and was not right, or is being checked; kept so that guessing is slow.

    workstation: where; a stranger's guesses at one terminal do not keep the owner out at another.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    at: datetime = instant()
    workstation: str = text("")
