"""Everything the desk says no with. Each carries its reason, its field and its clause in both languages."""

from data.problems import Problem


class Refused(Problem):
    """A rule says no; nothing was saved."""


class Invalid(Refused):
    """A field holds something that cannot be taken."""


class NotAllowed(Refused):
    """This operator's role may not do this."""


class NotFound(Refused):
    """No such record."""


class StateChanged(Refused):
    """The record is no longer in the state this act needs."""


class AlreadyDone(Refused):
    """The same act was committed before; `record` names what it made."""

    record: str = ""


class SigninRefused(Refused):
    """Code and secret do not open the desk."""


class TimeDoubted(Refused):
    """The machine's clock says what cannot be so; nothing is stamped with it."""
