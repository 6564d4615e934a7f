"""Looking a store over: the file, its tables and triggers, its permissions, the journal and numbers, the standards."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from data.problems import Problem, StoreDamaged
from data.store import remaking, sharing
from data.store.opening import create_store, open_store
from data.store.parts import missing_parts
from data.store.soundness import unsound
from data.store.store import Store
from data.store.turns import Turns
from data.words import N_, _
from desk import emergencies, prompts, proof, standards
from desk.administration import site_files
from desk.ground import reference

# Seconds for which a desk that is in the middle of an act is waited for.
PATIENCE = 30.0


def examine(store: Store) -> dict[str, str]:
    """What was looked at, each with "" when it is sound or with one sentence of what is wrong."""
    file = store.read_only or unsound(store.path)
    parts = missing_parts(store.path)
    return {
        _("file"): str(file) if file else "",
        _("tables and triggers"): _("missing: {names}", names=", ".join(parts)) if parts else "",
        _("permissions"): "; ".join(sharing.troubles(store.path)),
        _("journal and numbers"): _journal(store),
        _("standards"): _standards(store),
        _("files of the site"): " ".join(site_files.troubles(store.path)),
        _("list of whom to tell"): emergencies.list_trouble(store.path),
        _("what to say"): _prompts(store),
    }


def mend(path: Path) -> Path | None:
    """Make a store that is damaged anew from its records, and put it in place once every one of them is proven.

    Returns:
        Where the damaged file is kept; None where the file was sound.

    Raises:
        StoreDamaged: not all can be read or proven; nothing was changed.
    """
    if not path.is_file():
        open_store(path)
    # Nobody writes from the first look until the new file is in place: what they would write would be lost.
    with Turns(path).turn(PATIENCE):
        return _mend(path)


def _mend(path: Path) -> Path | None:
    if unsound(path) is None and not missing_parts(path):
        return None
    with TemporaryDirectory(prefix="qiantai-") as folder:
        like = Path(folder) / "like.db"
        create_store(like).close()
        made = remaking.remake(path, like)
    try:
        with closing(open_store(made)) as store:
            found = [store.read_only] if store.read_only else proof.verify(store)
        if found:
            raise StoreDamaged(
                N_(
                    "The records of {path} can be read, but they are not all as the desk wrote them ({what}): keep the "
                    "file, and run desk restore with the latest backup."
                ),
                path=path,
                what=found[0],
            )
        return remaking.put_in_place(made, path)
    finally:
        made.unlink(missing_ok=True)


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
