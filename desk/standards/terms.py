"""What a promise of the standards says: its words, and which of its options is in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from data.words import language
from desk.ground.refusals import Refused
from desk.systems import can_happen

# Before the id of a rule: what the site itself has set of it, "6 h, duty" or a target's value.
OWN = "standard:"
# What it means that a promise ended: it was kept, nothing is owed any more, or another one took its place.
KEPT, VOID, OVERTAKEN = ENDINGS = ("kept", "void", "overtaken")


class StandardsWrong(Refused):
    """The file says something impossible; `line` is where."""

    line: int = 0


@dataclass(frozen=True)
class Option:
    """One of the values between which a site chooses."""

    name: str
    value: str
    calendar: str
    clauses: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Timer:
    """One promise: what starts and stops it, how long it has, for whom, and who hears of it next.

    holding: its conditions must go on to hold; a start verb that no longer meets them ends the clock.
    needs: it waits for a decision that only its role can make.
    approver: the role that alone may move its end; "nobody" for an end that never moves.
    quiet: warnings and reports upwards wait for duty hours.
    then: what the desk does by itself once it is missed.
    role_fact: the fact that names whom it waits for, where the site chooses the post.
    stop: every verb that ends it, those that keep it first; endings: what each of them means, one of ENDINGS.
    """

    id: str
    en: str
    zh: str
    kind: str
    start: tuple[str, ...]
    stop: tuple[str, ...]
    when: Mapping[str, tuple[str, ...]]
    anchor: str
    role: str
    warn: str
    escalate: tuple[tuple[str, str], ...]
    pausable: bool
    choice: str
    options: tuple[Option, ...]
    source: str
    holding: bool = False
    needs: bool = False
    approver: str = ""
    quiet: bool = False
    then: str = ""
    role_fact: str = ""
    endings: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The promise in the reader's language."""
        return self.zh if language() == "zh" else self.en

    @property
    def live(self) -> bool:
        """Whether anything can start it yet; the system of one that is not live does not exist."""
        return self.kind == "clock" and any(map(can_happen, self.start))


@dataclass(frozen=True)
class Target:
    """A number that is measured, or a choice that is no deadline."""

    id: str
    en: str
    zh: str
    options: tuple[Option, ...]
    source: str

    @property
    def name(self) -> str:
        """The target in the reader's language."""
        return self.zh if language() == "zh" else self.en


@dataclass(frozen=True)
class Standards:
    """A whole file, checked."""

    version: str
    timers: Mapping[str, Timer]
    targets: Mapping[str, Target]

    def starting(self, verb: str) -> list[Timer]:
        """The clocks that an entry with this verb may start."""
        return [t for t in self.timers.values() if t.kind == "clock" and verb in t.start]

    def stopping(self, verb: str) -> dict[str, str]:
        """The ids of the clocks that an entry with this verb stops, and what that means for each."""
        return {t.id: t.endings[verb] for t in self.timers.values() if t.kind == "clock" and verb in t.endings}

    def chosen(self, rule: str, choices: Mapping[str, str]) -> Option:
        """The option in force: the site's choice, else the first, which is the stricter one; with its own value."""
        item = self.timers.get(rule) or self.targets[rule]
        option = next((o for o in item.options if o.name == choices.get(rule)), item.options[0])
        if not (own := choices.get(OWN + rule)):
            return option
        if rule in self.targets:
            return replace(option, value=own)
        within, _comma, calendar = own.rpartition(", ")
        return replace(option, name=f"{option.name}*", value=within, calendar=calendar)
