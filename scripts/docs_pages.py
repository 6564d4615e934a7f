"""The pages of the docs that are made from the program: commands, promises with their clauses, who may do what."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from data.words import _, speaking
from desk import standards
from desk.ground.roles import ROLES
from desk.systems import SYSTEMS, who_may
from screens.cli import help_texts, manual
from screens.cli.commands import program

LANGUAGES = {"en": "", "zh": "-zh"}


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
    lines = [f"# {_('Commands')}", ""]
    for word in manual.words(whole):
        lines += [f"## `{word.usage}`", "", word.does.replace("*", "\\*").replace("<", "\\<"), ""]
        told = (*word.arguments, *word.options)
        lines += [f"- `{name}` {said}".replace("<", "\\<") for name, said in told] + [""]
    return lines


def promises() -> list[str]:
    """Every timer and target of the shipped standards with its choices and clauses."""
    book = standards.shipped()
    tongue = _("en")
    lines = [f"# {_('Promises')}", ""]
    rows = []
    for item in (*book.timers.values(), *book.targets.values()):
        name = item.zh if tongue == "zh" else item.en
        for option in item.options:
            live = not isinstance(item, standards.Timer) or item.kind != "clock" or item.live
            value = option.value if live else f"{option.value} ({_('cannot start yet: its system does not exist')})"
            choice = option.name if len(item.options) > 1 else ""
            rows.append((item.id, name, choice, value, " ".join(option.clauses)))
    return lines + table(("", _("Promise"), _("Choice"), _("Value"), _("Clauses")), rows)


def rights() -> list[str]:
    """Who may do what, system by system."""
    lines = [f"# {_('Who may do what')}", ""]
    for system in SYSTEMS.values():
        acts = [(_("read it"), system.reads)] if system.reads else []
        acts += [
            (_(said.name) or name, who_may(f"{system.name}.{name}")) for name, said in system.acts.items() if said.who
        ]
        if acts:
            lines += [f"## {_(system.title)}", ""]
            rows = [(name, _(", ").join(_(word) for role, word in ROLES.items() if role in who)) for name, who in acts]
            lines += table((_("Act"), _("Posts")), rows)
    return lines


PAGES: dict[str, Callable[[], list[str]]] = {"commands": commands, "who-may": rights, "deadlines": promises}


def write(folder: Path) -> None:
    """Write every page in both languages into a folder."""
    for language, ending in LANGUAGES.items():
        with speaking(language):
            for name, make in PAGES.items():
                (folder / f"{name}{ending}.md").write_text("\n".join(make()), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
