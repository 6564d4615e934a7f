"""The manual of the command line, made from the commands themselves: as a page for `man`, and for the site of docs."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import typer
from typer.main import get_command

from data.words import N_, _


class Word(NamedTuple):
    """A command as one types it, what it does, and its arguments and options with their help."""

    usage: str
    does: str
    arguments: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]


def words(app: typer.Typer) -> list[Word]:
    """Every command of a program, groups opened up, in the order in which help names them."""
    return list(_words(get_command(app), "desk"))


def _words(command: Any, typed: str) -> Iterator[Word]:
    for name, inner in getattr(command, "commands", {}).items():
        if hasattr(inner, "commands"):
            yield from _words(inner, f"{typed} {name}")
        elif not inner.hidden:
            arguments = [one for one in inner.params if one.param_type_name == "argument"]
            options = [one for one in inner.params if one.param_type_name == "option" and one.name != "help"]
            # An argument without a name to show is called as in Python.
            named = [(str(one.name).upper(), str(getattr(one, "help", "") or "")) for one in arguments]
            shown = [name if one.required else f"[{name}]" for one, (name, _help) in zip(arguments, named, strict=True)]
            yield Word(
                " ".join([f"{typed} {name}", *shown]),
                " ".join(str(inner.help or "").split()),
                tuple((name, said) for name, said in named if said),
                tuple((_option(one), str(one.help or "")) for one in options),
            )


def _option(one: Any) -> str:
    return ", ".join([*one.opts, *one.secondary_opts]) + ("" if one.is_flag else " " + str(one.name).upper())


SECTIONS = (
    (N_("Files"), N_("desk locate names every file: the store, its key, the journal's head, logs, settings.")),
    (
        N_("Environment"),
        N_(
            "DESK_STORE: the store. DESK_LANG: zh or en. DESK_AS, DESK_SECRET: who asks. DESK_WITNESS: where the "
            "journal's head is appended to. NO_COLOR: no colours."
        ),
    ),
    (N_("Exit status"), N_("0 done, 1 refused, 2 words that cannot be used or findings, 130 ended with Ctrl+C.")),
)


def man_page(app: typer.Typer, version: str) -> str:
    """The manual as roff, in the language in force."""
    lines = [
        f'.TH QIANTAI 1 "" "qiantai {_roff(version)}"',
        ".SH " + _roff(_("Name")),
        r"desk, qiantai \- " + _roff(_("the front desk of a residential property's service centre")),
        ".SH " + _roff(_("Usage")),
        r"\fBdesk\fR [\fB\-\-store\fR FILE] [WORD ...]",
        ".SH " + _roff(_("Commands")),
    ]
    for word in words(app):
        lines += [".TP", rf"\fB{_roff(word.usage)}\fR", _roff(word.does)]
        for name, said in (*word.arguments, *word.options):
            lines += [".RS", ".TP", rf"\fB{_roff(name)}\fR", _roff(said) or r"\&", ".RE"]
    for title, text in SECTIONS:
        lines += [".SH " + _roff(_(title)), _roff(_(text))]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    """Text in which nothing is a command to roff."""
    said = text.replace("\\", r"\e").replace("-", r"\-").replace("\n", " ")
    return r"\&" + said if said.startswith((".", "'")) else said
