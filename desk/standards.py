"""The standards file: every promise the desk makes, read, checked and chosen from (Part D, X-1 to X-33)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from data.problems import Problem
from data.words import N_, language
from desk.calendar import is_calendar, parse_within
from desk.refusals import Invalid, Refused
from desk.roles import ROLES
from desk.systems import can_happen, is_known

KINDS = ("clock", "target", "retention")
# The choices between values that some procedure reads; one that nothing reads would only pretend.
READ = frozenset(("X-4", "X-5", "X-8", "X-12", "X-25", "X-31", "X-34", "N-8-base"))
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


@lru_cache(maxsize=4)
def _read_cached(path: str, _stamp: float) -> Standards:
    return parse(Path(path).read_bytes())


def shipped() -> Standards:
    """The standards that come with the program."""
    return _read_cached(str(files("data.reference") / "standards.toml"), 0.0)


def of_site(store: Path) -> Standards:
    """The site's own file `standards.toml` beside the store, else the shipped one."""
    own = store.parent / "standards.toml"
    try:
        return _complete(_read_cached(str(own), own.stat().st_mtime))
    except FileNotFoundError:
        return shipped()
    except OSError as error:
        raise StandardsWrong(N_("The file {path} cannot be read: {why}."), path=own, why=error.strerror) from error


def read_file(path: Path) -> Standards:
    """A standards file, checked.

    Raises:
        StandardsWrong: with the line of what cannot be.
    """
    try:
        return _complete(parse(path.read_bytes()))
    except OSError as error:
        raise Invalid(N_("The file {path} cannot be read: {why}."), path=path, why=error.strerror) from error


def parse(content: bytes) -> Standards:
    """Read and check the text of a standards file."""
    try:
        text = content.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise _wrong(content[: error.start].count(b"\n") + 1, N_("the file must be UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or _line_in(str(error))
        raise _wrong(line, str(error)) from error
    reader = _Reader(text)
    timers = [reader.timer(i, row) for i, row in enumerate(reader.tables(tables, "timer"))]
    targets = [reader.target(i, row) for i, row in enumerate(reader.tables(tables, "target"))]
    return Standards(
        str(tables.get("version", "0")), {t.id: t for t in timers}, {target.id: target for target in targets}
    )


def _complete(book: Standards) -> Standards:
    """A site's file takes the place of the shipped one, so it says something of every rule the desk asks about."""
    for rule in (*shipped().timers, *shipped().targets):
        if rule not in book.timers and rule not in book.targets:
            raise _wrong(1, N_("{name} is missing: start from a copy of the shipped file"), name=rule)
    return book


def _line_in(message: str) -> int:
    digits = message.partition("line ")[2].partition(",")[0]
    return int(digits) if digits.isdigit() else 1


def _wrong(line: int, why: str, **values: str) -> StandardsWrong:
    from data.words import _

    problem = StandardsWrong(
        N_("Line {line} of the standards file: {why}."), line=line, why=_(why, **values).rstrip(".")
    )
    problem.line = line
    return problem


class _Reader:
    """Turns tables into rules, and knows on which line each stands."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.seen: set[str] = set()

    def tables(self, tables: dict[str, Any], name: str) -> list[dict[str, Any]]:
        rows = tables.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _wrong(1, N_("rules are written as [[timer]] and [[target]] tables"))
        return rows

    def line(self, kind: str, index: int, key: str = "") -> int:
        starts = [n for n, line in enumerate(self.lines) if line.strip() == f"[[{kind}]]"]
        if index >= len(starts):
            return 1
        for number in range(starts[index] + 1, len(self.lines)):
            line = self.lines[number].strip()
            if line.startswith("[["):
                break
            if key and line.split("=")[0].strip() == key:
                return number + 1
        return starts[index] + 1

    def timer(self, index: int, row: dict[str, Any]) -> Timer:
        def fail(key: str, why: str, **values: str) -> StandardsWrong:
            return _wrong(self.line("timer", index, key), why, **values)

        self._known_keys("timer", index, row)
        kind = row.get("kind", "clock")
        if kind not in KINDS:
            raise fail("kind", N_("the kind must be clock, target or retention"))
        options = self._options("timer", index, row, "within")
        for option in options:
            if not is_calendar(option.calendar):
                raise fail("calendar" if "calendar" in row else "options", N_("unknown calendar"))
            if kind != "target":
                self._limit(option, row, fail)
        start, endings = tuple(self._strings(row, "start", fail)), self._endings(row, fail)
        stop = tuple(endings)
        for key, verbs in (("start", start), ("stop", stop)):
            if not verbs or (unknown := [verb for verb in verbs if not is_known(verb)]):
                raise fail(key, N_("unknown verb {name}"), name=unknown[0] if verbs else "")
        role = self._text(row, "role", fail) or "receptionist"
        for key in ("en", "zh", "anchor", "choice", "source", "role_fact"):
            self._text(row, key, fail)
        self._behaviour(row, fail)
        ladder = self._ladder(row, fail)
        if role not in ROLES or any(step[1] not in ROLES for step in ladder):
            raise fail("role" if role not in ROLES else "escalate", N_("unknown role"))
        return Timer(
            id=self._id("timer", index, row),
            en=str(row.get("en", "")) or str(row.get("zh", "")),
            zh=str(row.get("zh", "")) or str(row.get("en", "")),
            kind=kind, start=start, stop=stop, when=self._conditions(row, "while" if "while" in row else "when", fail),
            anchor=str(row.get("anchor", "")), holding="while" in row, needs=row.get("needs") is True,
            approver=str(row.get("approver", "")), quiet=row.get("hours") == "duty", then=str(row.get("then", "")),
            role_fact=str(row.get("role_fact", "")), endings=endings,
            role=role, warn=self._warning(row, fail), escalate=ladder, pausable=row.get("pausable") is True,
            choice=str(row.get("choice", "")), options=options, source=str(row.get("source", "")),
        )  # fmt: skip

    def _behaviour(self, row: dict[str, Any], fail: Any) -> None:
        approver = self._text(row, "approver", fail)
        if approver not in ("", "nobody") and approver not in ROLES:
            raise fail("approver", N_("unknown role"))
        if self._text(row, "hours", fail) not in ("", "always", "duty"):
            raise fail("hours", N_("steps are told always or in duty hours"))
        if (then := self._text(row, "then", fail)) and not is_known(then):
            raise fail("then", N_("unknown verb {name}"), name=then)
        if "when" in row and "while" in row:
            raise fail("while", N_("conditions stand either under when or under while"))

    def target(self, index: int, row: dict[str, Any]) -> Target:
        self._known_keys("target", index, row)
        options = self._options("target", index, row, "value")
        name = self._id("target", index, row)
        if len(options) > 1 and name not in READ:
            raise _wrong(
                self.line("target", index, "options"), N_("no procedure reads the choice {name} yet"), name=name
            )
        return Target(name, str(row.get("en", name)), str(row.get("zh", name)), options, str(row.get("source", "")))

    def _known_keys(self, kind: str, index: int, row: dict[str, Any]) -> None:
        known = {"id", "en", "zh", "options", "clauses", "source", "value"} if kind == "target" else _TIMER_KEYS
        for key in row:
            if key not in known:
                raise _wrong(self.line(kind, index, key), N_("unknown key {name}"), name=key)

    def _id(self, kind: str, index: int, row: dict[str, Any]) -> str:
        name = row.get("id")
        if not isinstance(name, str) or not name or name in self.seen:
            raise _wrong(self.line(kind, index, "id"), N_("every rule needs an id of its own"))
        self.seen.add(name)
        return name

    def _text(self, row: dict[str, Any], key: str, fail: Any) -> str:
        value = row.get(key, "")
        if not isinstance(value, str):
            raise fail(key, N_("a text is needed"))
        return value

    def _strings(self, row: dict[str, Any], key: str, fail: Any) -> list[str]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise fail(key, N_("a list of texts is needed"))
        return value

    def _endings(self, row: dict[str, Any], fail: Any) -> dict[str, str]:
        """What each verb that stops a promise means for it; a bare list keeps it."""
        said = row.get("stop", [])
        if isinstance(said, list):
            said = {KEPT: said}
        if not isinstance(said, dict) or (unknown := [name for name in said if name not in ENDINGS]):
            raise fail("stop", N_("stop says kept, void or overtaken, not {name}"), name=unknown[0] if said else "")
        endings: dict[str, str] = {}
        for ending in ENDINGS:
            for verb in self._strings(said, ending, lambda _key, why: fail("stop", why)):
                if verb in endings:
                    raise fail("stop", N_("{name} ends it in two ways"), name=verb)
                endings[verb] = ending
        return endings

    def _options(self, kind: str, index: int, row: dict[str, Any], key: str) -> tuple[Option, ...]:
        rows = row.get("options") or [{**row, "name": row.get("source") or "only"}]
        options = []
        for option in rows if isinstance(rows, list) else []:
            if not isinstance(option, dict) or not isinstance(option.get(key), str) or not option.get("name"):
                raise _wrong(
                    self.line(kind, index, "options" if "options" in row else key), N_("{name} is missing"), name=key
                )
            calendar = option.get("calendar", row.get("calendar", "always"))
            clauses = tuple(str(clause) for clause in option.get("clauses", row.get("clauses", [])))
            anchor = option.get("anchor", row.get("anchor", ""))
            options.append(Option(str(option["name"]), option[key], str(calendar), clauses, str(anchor)))
        return tuple(options)

    def _limit(self, option: Option, row: dict[str, Any], fail: Any) -> None:
        key = "options" if "options" in row else "within"
        try:
            limit = parse_within(option.value, option.calendar)
        except Problem as problem:
            raise fail(problem.field if problem.field in row else key, str(problem)) from problem
        if (limit.before or limit.word == "by") and not option.anchor:
            raise fail(key, N_("a limit relative to an agreed moment needs an anchor"))
        if row.get("pausable") and not limit.elapsed:
            raise fail("pausable", N_("only minutes, hours, days and weeks can pause"))

    def _conditions(self, row: dict[str, Any], key: str, fail: Any) -> dict[str, tuple[str, ...]]:
        when = row.get(key, {})
        if not isinstance(when, dict):
            raise fail(key, N_("conditions are written as a table of lists"))
        return {fact: tuple(self._strings(when, fact, lambda _k, why: fail(key, why))) for fact in when}

    def _warning(self, row: dict[str, Any], fail: Any) -> str:
        warn = str(row.get("warn", ""))
        if warn and not (warn.endswith("%") and warn[:-1].isdigit() and 0 < int(warn[:-1]) < 100):
            raise fail("warn", N_("a warning is a share of the time, between 1% and 99%"))
        return warn

    def _ladder(self, row: dict[str, Any], fail: Any) -> tuple[tuple[str, str], ...]:
        steps = row.get("escalate", [])
        try:
            for after, _role in steps:
                if after != "0 min" and not parse_within(after).elapsed:
                    raise ValueError(after)
            return tuple((str(after), str(role)) for after, role in steps)
        except (TypeError, ValueError, Problem) as error:
            raise fail("escalate", N_('an escalation is written like ["1 h", "supervisor"]')) from error


_TIMER_KEYS = frozenset(
    {
        "id",
        "en",
        "zh",
        "kind",
        "start",
        "stop",
        "when",
        "anchor",
        "within",
        "calendar",
        "role",
        "warn",
        "escalate",
        "pausable",
        "while",
        "needs",
        "approver",
        "hours",
        "then",
        "role_fact",
        "choice",
        "options",
        "clauses",
        "source",
    }
)
