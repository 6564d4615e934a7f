"""A new file that something is written into: for its owner only, never in the place of another one."""

import os
from pathlib import Path

from data.store.files import new_file
from data.words import N_
from desk.ground.refusals import Invalid


def make(path: Path) -> Path:
    """Make an empty file, readable by its owner only whatever the mask of the account says.

    Raises:
        Invalid: at "file", where there is one already, or its folder is not there or not to be written.
    """
    if not path.parent.is_dir():
        raise Invalid(N_("There is no folder {folder}."), field="file", folder=path.parent)
    try:
        os.close(new_file(path))
    except FileExistsError as error:
        raise Invalid(N_("There is a file {path} already: name another one."), field="file", path=path) from error
    except OSError as error:
        raise cannot_write(path, error) from error
    return path


def cannot_write(path: Path, error: OSError) -> Invalid:
    """What is said where the disk is full, or the folder is not ours."""
    why = error.strerror or error
    return Invalid(N_("The file {path} cannot be written: {why}."), field="file", path=path, why=why)
