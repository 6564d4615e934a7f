"""The pages of the docs that are made from the program: commands, promises with their clauses, who may do what."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from data.words import _, language, speaking
from desk import standards
from desk.ground.roles import ROLES
from desk.systems import SYSTEMS, who_may
from screens.cli import help_texts, manual
from screens.cli.commands import program

LANGUAGES = {"en": "", "zh": "-zh"}
# What only these pages say, in Chinese.
CHINESE = {
    "Commands": "命令", "Promises": "承诺", "Promise": "承诺", "Choice": "选择", "Value": "期限或指标",
    "Clauses": "条款",
    "Who may do what": "谁可以做什么", "Act": "操作", "Posts": "岗位", "read it": "查看", ", ": "、",
}  # fmt: skip


def said(text: str) -> str:
    """A text of these pages in the language in force."""
    return CHINESE[text] if language() == "zh" else text


def cell(text: object) -> str:
    """A text as it stands in a cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "\\<").replace("*", "\\*") or " "


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """A table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(map(cell, line)) + " |" for line in lines] + [""]


def commands() -> list[str]:
    """Every command with what it does and its options."""
    whole = program()
    help_texts.translate(whole)
    lines = [f"# {said('Commands')}", ""]
    for word in manual.words(whole):
        lines += [f"## `{word.usage}`", "", word.does.replace("*", "\\*").replace("<", "\\<"), ""]
        told = (*word.arguments, *word.options)
        lines += [f"- `{name}` {text}".replace("<", "\\<") for name, text in told] + [""]
    return lines


def promises() -> list[str]:
    """Every timer and target of the shipped standards with its choices and clauses."""
    book = standards.shipped()
    lines = [f"# {said('Promises')}", ""]
    rows = []
    for item in (*book.timers.values(), *book.targets.values()):
        name = item.zh if language() == "zh" else item.en
        for option in item.options:
            live = not isinstance(item, standards.Timer) or item.kind != "clock" or item.live
            value = option.value if live else f"{option.value} ({_('cannot start yet: its system does not exist')})"
            choice = option.name if len(item.options) > 1 else ""
            rows.append((item.id, name, choice, value, " ".join(option.clauses)))
    return lines + table(("", said("Promise"), said("Choice"), said("Value"), said("Clauses")), rows)


def rights() -> list[str]:
    """Who may do what, system by system."""
    lines = [f"# {said('Who may do what')}", ""]
    for system in SYSTEMS.values():
        acts = [(said("read it"), system.reads)] if system.reads else []
        acts += [
            (_(act.name) or name, who_may(f"{system.name}.{name}")) for name, act in system.acts.items() if act.who
        ]
        if acts:
            lines += [f"## {_(system.title)}", ""]
            rows = [
                (name, said(", ").join(_(word) for role, word in ROLES.items() if role in who)) for name, who in acts
            ]
            lines += table((said("Act"), said("Posts")), rows)
    return lines


PAGES: dict[str, Callable[[], list[str]]] = {"commands": commands, "who-may": rights, "deadlines": promises}


def write(folder: Path) -> None:
    """Write every page in both languages into a folder."""
    for tongue, ending in LANGUAGES.items():
        with speaking(tongue):
            for name, make in PAGES.items():
                (folder / f"{name}{ending}.md").write_text("\n".join(make()), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
