"""Looking a store over: the file, its tables and triggers, its permissions, the journal and numbers, the standards."""

from data.problems import Problem
from data.store.parts import missing_parts
from data.store.soundness import unsound
from data.store.store import Store
from data.words import _
from desk import emergencies, prompts, proof, standards
from desk.ground import reference


def examine(store: Store) -> dict[str, str]:
    """What was looked at, each with "" when it is sound or with one sentence of what is wrong."""
    file = store.read_only or unsound(store.path)
    parts = missing_parts(store.path)
    return {
        _("file"): str(file) if file else "",
        _("tables and triggers"): _("missing: {names}", names=", ".join(parts)) if parts else "",
        _("permissions"): _permissions(store),
        _("journal and numbers"): _journal(store),
        _("standards"): _standards(store),
        _("list of whom to tell"): emergencies.list_trouble(store.path),
        _("what to say"): _prompts(store),
    }


def _permissions(store: Store) -> str:
    mode = store.path.stat().st_mode & 0o777
    return _("others may read it ({mode}): chmod 600", mode=oct(mode)) if mode & 0o077 else ""


def _journal(store: Store) -> str:
    try:
        return "; ".join(f"{finding.what}: {finding.where}" for finding in proof.verify(store))
    except Problem as problem:
        return str(problem)


def _standards(store: Store) -> str:
    try:
        standards.of_site(store.path)
    except Problem as problem:
        return str(problem)
    return ""


def _prompts(store: Store) -> str:
    try:
        reference.tables_of(store.path, prompts.FILE)
    except Problem as problem:
        return str(problem)
    return ""
