"""Who may sign in."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from data.kept import instant, text


class Operator(SQLModel, table=True):
    """A person with a code and a secret; `roles` is a blank-separated list."""

    code: str = Field(primary_key=True)
    name: str = text(None)
    roles: str
    department: str = text("")
    secret_hash: str = ""
    disabled: bool = False
    language: str = ""


class Attempt(SQLModel, table=True):
    """A failed sign-in, kept so that guessing is slow at every desk."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    at: datetime = instant()
