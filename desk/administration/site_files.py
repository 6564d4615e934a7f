"""Files of the site's own beside its store: what is taken in by an act is used, and nothing else is."""

from collections.abc import Callable, Mapping
from pathlib import Path

from data.store import site_files
from data.words import N_, _
from desk import prompts, site, standards
from desk.act import Act
from desk.emergencies import listing
from desk.ground import reference
from desk.ground.refusals import Invalid, Refused
from desk.quality import warranty
from desk.repairs import prices

# Every file that takes the place of a shipped one, and what reads it whole; it refuses what cannot be.
CHECKS: Mapping[str, Callable[[Path], object]] = {
    "standards.toml": standards.of_site,
    prompts.FILE: lambda store: reference.tables_of(store, prompts.FILE),
    listing.FILE: listing.of_file,
    prices.FILE: prices.check,
    warranty.FILE: warranty.rules,
}


def waiting(store: Path) -> list[str]:
    """Files beside the store that may be taken in."""
    return [name for name in CHECKS if site_files.digest_of(store.parent / name) and site_files.odd(store, name)]


def troubles(store: Path) -> list[str]:
    """What is odd with the site's files, a sentence each."""
    return [_(why, name=name) for name in CHECKS if (why := site_files.odd(store, name))]


def take_in(act: Act, *, file: str) -> None:
    """Use a file that lies beside the store from now on; running promises keep their rule.

    Raises:
        Invalid: at "file", another name, no such file, or one that cannot be used.
    """
    act.require("site.take_in")
    name = file.strip()
    if name not in CHECKS:
        raise Invalid(N_("Name one of these: {names}."), field="file", names=", ".join(CHECKS))
    path = act.store.path.parent / name
    if not path.is_file():
        raise Invalid(N_("There is no {path}: put the file there first."), field="file", path=path)
    try:
        with site_files.tried(act.store.path, name) as digest:
            CHECKS[name](act.store.path)
    except Refused as problem:
        problem.field = "file"
        raise
    site.put(act.session, site_files.TAKEN + name, digest)
    act.record("site.take_in", name, digest=digest)


def put_aside(act: Act, *, file: str) -> None:
    """Use the shipped file again.

    Raises:
        Invalid: at "file", none of that name was taken in.
    """
    act.require("site.take_in")
    name = file.strip()
    if not site_files.taken_in(act.store.path, name):
        raise Invalid(N_("{name} was not taken in."), field="file", name=name)
    site.unset(act.session, site_files.TAKEN + name)
    act.record("site.put_aside", name)
