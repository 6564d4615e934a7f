"""Which version this is: as it was installed, or as the checkout it runs from stands."""

import subprocess
import sys
from pathlib import Path

from data.cleaning import clean
from data.store.glance import default_path, schema
from data.store.schema import SCHEMA
from data.words import _

# Present in a checkout only: what numbers a version from the last release and the commit.
NUMBERS = Path(__file__).parents[2] / "scripts" / "build_version.py"


def program_version() -> str:
    """This program's version."""
    if NUMBERS.is_file():
        # What was said when the checkout was set up may be many commits ago.
        asked = [sys.executable, "-S", str(NUMBERS)]
        found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        if found:
            return found
    # The name of the installed folder says it; to read its papers takes longer.
    for folder in map(Path, sys.path):
        for installed in folder.glob("qiantai-*.dist-info") if folder.is_dir() else ():
            return installed.name.removesuffix(".dist-info").partition("-")[2]
    from importlib.metadata import version

    return version("qiantai")


def version_said() -> str:
    """This version with the make-up of stores that it knows, and that of the store."""
    path = clean(str(default_path()))
    found = schema(default_path())
    said = f"qiantai {program_version()}, " + _("schema {known}", known=SCHEMA) + "\n"
    if not found:
        return said + _("no store at {path}", path=path)
    same = _("as this version has it") if found == SCHEMA else _("this version has {known}", known=SCHEMA)
    return said + _("store {path}: schema {found}, {same}", path=path, found=found, same=same)
