"""One store for several accounts of one machine: a folder of one group, whose files its members use and nobody else."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from data.problems import StoreProblem
from data.store.files import ALONE, ALONE_FOLDER, SHARED, SHARED_FOLDER, give, owner_name
from data.store.turns import Turns
from data.words import N_, _

try:
    import grp
except ImportError:  # Windows
    grp = None  # type: ignore[assignment]

# Folders beside a store that hold copies of it.
COPIES = ("backups", "before-upgrade")
PATIENCE = 30.0


def group_number(name: str) -> int:
    """The number of a group of this machine.

    Raises:
        StoreProblem: there is none, or this machine has no groups.
    """
    if grp is None:
        raise _no_groups()
    try:
        return grp.getgrnam(name).gr_gid
    except (KeyError, ValueError):
        raise StoreProblem(
            N_("There is no group {name}: make it with groupadd {name}, and put the accounts into it."), name=name
        ) from None


def _no_groups() -> StoreProblem:
    return StoreProblem(N_("This system has no groups: give the folder of the store to its accounts there."))


def group_name(path: Path) -> str:
    """What the group is called to which a file belongs; its number where it has no name."""
    number = path.stat().st_gid
    try:
        return grp.getgrgid(number).gr_name if grp is not None else str(number)
    except KeyError:
        return str(number)


def is_shared(store: Path) -> bool:
    """Whether a store was set up for the group of its folder."""
    folder, file = store.parent.stat(), store.stat()
    # One of the two marks may have been lost to a chmod: then it is mended, not given up.
    meant = bool(folder.st_mode & stat.S_ISGID) or file.st_mode & SHARED == SHARED
    return meant and folder.st_gid == file.st_gid


def share(store: Path, group: str) -> None:
    """Let the accounts of a group use a store: its folder, all its files and copies, and what is made there later.

    Args:
        group: its name; "" for the group the folder has already, or for the owner alone where it has none.

    Raises:
        StoreProblem: no such group; a folder that holds other things; files of another account.
    """
    if grp is None:
        raise _no_groups()
    beside = list(_beside(store))
    number = group_number(group) if group else store.parent.stat().st_gid if is_shared(store) else -1
    if number < 0:
        keep_alone(store)
        return
    others = sorted(path.name for path in store.parent.iterdir() if path not in beside and not path.is_symlink())
    if others:
        raise StoreProblem(
            N_(
                "The folder {folder} holds other things, too ({names}): move the store with its .key and .head into a "
                "folder of its own, and share that."
            ),
            folder=store.parent,
            names=", ".join(others[:5]),
        )
    with Turns(store).turn(PATIENCE):
        for path in (store.parent, *beside):
            _hand_over(path, _owner_of(store), number)


def keep_alone(store: Path) -> None:
    """Let the owner of the store alone use it again.

    Raises:
        StoreProblem: files of another account.
    """
    if grp is None:
        raise _no_groups()
    # A folder that was never shared may hold anything, and is left as it is.
    folder = [store.parent] if is_shared(store) else []
    for path in (*folder, *_beside(store)):
        _hand_over(path, _owner_of(store), -1)


def _owner_of(store: Path) -> int:
    """Whose everything becomes: the store's owner's where root asks; nobody else gives files away."""
    return store.stat().st_uid if os.geteuid() == 0 else -1


def _hand_over(path: Path, owner: int, group: int) -> None:
    alone, shared = (ALONE_FOLDER, SHARED_FOLDER) if path.is_dir() else (ALONE, SHARED)
    try:
        give(path, owner, group, alone if group < 0 else shared)
    except OSError as error:
        raise StoreProblem(
            N_("{path} belongs to {owner}: let root run desk share."), path=path, owner=owner_name(path)
        ) from error


def _beside(store: Path) -> Iterator[Path]:
    """The store and what lies beside it: its own files, the site's, and the folders of copies."""
    for path in sorted(store.parent.iterdir()):
        if path.is_symlink():
            # What a link leads to may be anything, and is somebody else's.
            continue
        own = path.name.startswith((f"{store.stem}.", f"{store.name}-"))
        if path.is_file() and (own or path.suffix == ".toml"):
            yield path
        elif path.is_dir() and path.name in COPIES:
            yield path
            yield from (copy for copy in sorted(path.iterdir()) if copy.is_file() and not copy.is_symlink())


def troubles(store: Path) -> list[str]:
    """What keeps those out who should use a store, or lets in who should not; a sentence each."""
    if grp is None:
        return []
    found = [_folder_trouble(store), *(_file_trouble(path, store) for path in _beside(store))]
    return [said for said in found if said]


def _folder_trouble(store: Path) -> str:
    mode = stat.S_IMODE(store.parent.stat().st_mode)
    if is_shared(store) and mode & SHARED_FOLDER != SHARED_FOLDER:
        return _locked_out(store.parent, store)
    return ""


def _file_trouble(path: Path, store: Path) -> str:
    kept, like = path.stat(), store.stat()
    mode, shared = stat.S_IMODE(kept.st_mode), is_shared(store)
    if mode & (0o007 if shared or path.is_dir() else 0o077):
        return _("others may use {path} ({mode}): run desk share", path=path, mode=oct(mode))
    if shared and (kept.st_gid != like.st_gid or mode & SHARED != SHARED):
        return _locked_out(path, store)
    if not shared and kept.st_uid != like.st_uid:
        return _("{path} belongs to {owner}: let root run desk share", path=path, owner=owner_name(path))
    return ""


def _locked_out(path: Path, store: Path) -> str:
    return _("the group {name} may not use {path}: run desk share", name=group_name(store), path=path)
