"""The standards file, read and checked row by row; what cannot be is refused with its line."""

import tomllib
from collections.abc import Callable
from typing import Any, TypeAlias

from data.problems import Problem
from data.words import N_
from desk.calendar import is_calendar, parse_within
from desk.ground.roles import ROLES
from desk.standards.terms import ENDINGS, KEPT, Option, Standards, StandardsWrong, Target, Timer
from desk.systems import is_known

KINDS = ("clock", "target", "retention")
# The choices between values that some procedure reads; one that nothing reads would only pretend.
READ = frozenset(("X-4", "X-5", "X-8", "X-10", "X-12", "X-25", "X-31", "X-34", "N-8-base", "pass.eyes"))
TIMER_KEYS = frozenset(
    (
        *(
            "id",
            "en",
            "zh",
            "kind",
            "source",
            "clauses",
            "start",
            "stop",
            "then",
            "when",
            "while",
            "within",
            "calendar",
        ),
        *(
            "anchor",
            "choice",
            "options",
            "role",
            "role_fact",
            "needs",
            "approver",
            "hours",
            "warn",
            "escalate",
            "pausable",
        ),
    )
)
TARGET_KEYS = frozenset(("id", "en", "zh", "options", "clauses", "source", "value"))
# A table of the file as TOML read it, before anything in it was checked.
Row: TypeAlias = dict[str, Any]
Fail: TypeAlias = Callable[..., StandardsWrong]


def parse(content: bytes) -> Standards:
    """Read and check the text of a standards file."""
    try:
        text = content.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise wrong(content[: error.start].count(b"\n") + 1, N_("the file must be UTF-8")) from error
    except RecursionError as error:
        raise wrong(1, N_("it is nested too deep")) from error
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or _line_in(str(error))
        raise wrong(line, str(error)) from error
    reader = _Reader(text)
    timers = [reader.timer(i, row) for i, row in enumerate(reader.tables(tables, "timer"))]
    targets = [reader.target(i, row) for i, row in enumerate(reader.tables(tables, "target"))]
    return Standards(
        str(tables.get("version", "0")), {t.id: t for t in timers}, {target.id: target for target in targets}
    )


def _line_in(message: str) -> int:
    digits = message.partition("line ")[2].partition(",")[0]
    return int(digits) if digits.isdigit() else 1


def wrong(line: int, why: str, **values: str) -> StandardsWrong:
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

    def tables(self, tables: Row, name: str) -> list[Row]:
        rows = tables.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise wrong(1, N_("rules are written as [[timer]] and [[target]] tables"))
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

    def timer(self, index: int, row: Row) -> Timer:
        def fail(key: str, why: str, **values: str) -> StandardsWrong:
            return wrong(self.line("timer", index, key), why, **values)

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
            kind=kind,
            start=start,
            stop=stop,
            when=self._conditions(row, "while" if "while" in row else "when", fail),
            anchor=str(row.get("anchor", "")),
            holding="while" in row,
            needs=row.get("needs") is True,
            approver=str(row.get("approver", "")),
            quiet=row.get("hours") == "duty",
            then=str(row.get("then", "")),
            role_fact=str(row.get("role_fact", "")),
            endings=endings,
            role=role,
            warn=self._warning(row, fail),
            escalate=ladder,
            pausable=row.get("pausable") is True,
            choice=str(row.get("choice", "")),
            options=options,
            source=str(row.get("source", "")),
        )

    def _behaviour(self, row: Row, fail: Fail) -> None:
        approver = self._text(row, "approver", fail)
        if approver not in ("", "nobody") and approver not in ROLES:
            raise fail("approver", N_("unknown role"))
        if self._text(row, "hours", fail) not in ("", "always", "duty"):
            raise fail("hours", N_("steps are told always or in duty hours"))
        if (then := self._text(row, "then", fail)) and not is_known(then):
            raise fail("then", N_("unknown verb {name}"), name=then)
        if "when" in row and "while" in row:
            raise fail("while", N_("conditions stand either under when or under while"))

    def target(self, index: int, row: Row) -> Target:
        self._known_keys("target", index, row)
        options = self._options("target", index, row, "value")
        name = self._id("target", index, row)
        if len(options) > 1 and name not in READ:
            raise wrong(
                self.line("target", index, "options"), N_("no procedure reads the choice {name} yet"), name=name
            )
        return Target(name, str(row.get("en", name)), str(row.get("zh", name)), options, str(row.get("source", "")))

    def _known_keys(self, kind: str, index: int, row: Row) -> None:
        known = TARGET_KEYS if kind == "target" else TIMER_KEYS
        for key in row:
            if key not in known:
                raise wrong(self.line(kind, index, key), N_("unknown key {name}"), name=key)

    def _id(self, kind: str, index: int, row: Row) -> str:
        name = row.get("id")
        if not isinstance(name, str) or not name or name in self.seen:
            raise wrong(self.line(kind, index, "id"), N_("every rule needs an id of its own"))
        self.seen.add(name)
        return name

    def _text(self, row: Row, key: str, fail: Fail) -> str:
        value = row.get(key, "")
        if not isinstance(value, str):
            raise fail(key, N_("a text is needed"))
        return value

    def _strings(self, row: Row, key: str, fail: Fail) -> list[str]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise fail(key, N_("a list of texts is needed"))
        return value

    def _endings(self, row: Row, fail: Fail) -> dict[str, str]:
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

    def _options(self, kind: str, index: int, row: Row, key: str) -> tuple[Option, ...]:
        rows = row.get("options") or [{**row, "name": row.get("source") or "only"}]
        options = []
        for option in rows if isinstance(rows, list) else []:
            if not isinstance(option, dict) or not isinstance(option.get(key), str) or not option.get("name"):
                raise wrong(
                    self.line(kind, index, "options" if "options" in row else key), N_("{name} is missing"), name=key
                )
            calendar = option.get("calendar", row.get("calendar", "always"))
            clauses = tuple(str(clause) for clause in option.get("clauses", row.get("clauses")) or ())
            anchor = option.get("anchor", row.get("anchor", ""))
            options.append(Option(str(option["name"]), option[key], str(calendar), clauses, str(anchor)))
        return tuple(options)

    def _limit(self, option: Option, row: Row, fail: Fail) -> None:
        key = "options" if "options" in row else "within"
        try:
            limit = parse_within(option.value, option.calendar)
        except Problem as problem:
            raise fail(problem.field if problem.field in row else key, str(problem)) from problem
        if (limit.before or limit.word == "by") and not option.anchor:
            raise fail(key, N_("a limit relative to an agreed moment needs an anchor"))
        if row.get("pausable") and not limit.elapsed:
            raise fail("pausable", N_("only minutes, hours, days and weeks can pause"))

    def _conditions(self, row: Row, key: str, fail: Fail) -> dict[str, tuple[str, ...]]:
        when = row.get(key, {})
        if not isinstance(when, dict):
            raise fail(key, N_("conditions are written as a table of lists"))
        return {fact: tuple(self._strings(when, fact, lambda _k, why: fail(key, why))) for fact in when}

    def _warning(self, row: Row, fail: Fail) -> str:
        warn = str(row.get("warn", ""))
        if warn and not (warn.endswith("%") and warn[:-1].isdigit() and 0 < int(warn[:-1]) < 100):
            raise fail("warn", N_("a warning is a share of the time, between 1% and 99%"))
        return warn

    def _ladder(self, row: Row, fail: Fail) -> tuple[tuple[str, str], ...]:
        steps = row.get("escalate", [])
        try:
            for after, _role in steps:
                if after != "0 min" and not parse_within(after).elapsed:
                    raise ValueError(after)
            return tuple((str(after), str(role)) for after, role in steps)
        except (TypeError, ValueError, Problem) as error:
            raise fail("escalate", N_('an escalation is written like ["1 h", "supervisor"]')) from error
