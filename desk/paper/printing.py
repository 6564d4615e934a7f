"""Sending a finished PDF to the printer, or to a file where there is none."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from data.words import N_
from desk.act import SYSTEM, Desk
from desk.ground.refusals import Refused
from desk.paper import files

# What a person's secret is handed over in.
SECRETS = ("DESK_SECRET", "DESK_NEW_SECRET")


class NoPrinter(Refused):
    """There is no printer to send to; saving is what is left."""


def put(desk: Desk, pdf: bytes, *, title: str, record: str, form: str, file: Path | None) -> Path | None:
    """Print a paper, or save it to a file; the journal says so once it is done, and which way.

    From the command line, where nobody is signed in, it stands there as the desk's own.

    Raises:
        NotAllowed, NoPrinter, Invalid: nothing was printed or saved, and nothing is recorded.
    """
    if desk.operator:
        desk.require("papers.print")
    saved = None
    if file is None:
        send(pdf, title)
    else:
        saved = save(pdf, file)
    with desk.act(operator=desk.operator or SYSTEM) as act:
        act.require("papers.print")
        act.record("papers.print", record, form=form, way="printer" if file is None else "file")
    return saved


def send(pdf: bytes, title: str) -> None:
    """Print with `lp`; refuses when there is no printer or it does not take the paper."""
    if hasattr(os, "startfile"):
        _send_on_windows(pdf, title)
        return
    program = shutil.which("lp")
    if program is None:
        raise NoPrinter(N_("There is no printer on this machine (no lp): save the PDF and print it elsewhere."))
    # What another program does not need to know it is not told.
    told = {name: value for name, value in os.environ.items() if name not in SECRETS}
    done = subprocess.run([program, "-t", title], input=pdf, capture_output=True, check=False, timeout=30, env=told)
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip().splitlines()
        raise NoPrinter(
            N_("The printer did not take it ({why}): save the PDF and print it elsewhere."), why=why[0] if why else ""
        )


def _send_on_windows(pdf: bytes, title: str) -> None:
    """Hand the paper to whatever program prints PDF there; it reads the file later, so that the file stays."""
    folder = Path(tempfile.mkdtemp(prefix="qiantai-"))
    place = save(pdf, folder / f"{re.sub(r'[^0-9A-Za-z-]', '_', title)}.pdf")
    try:
        os.startfile(place, "print")  # type: ignore[attr-defined,unused-ignore]
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoPrinter(
            N_("The printer did not take it ({why}): save the PDF and print it elsewhere."), why=error.strerror or error
        ) from error


def save(pdf: bytes, path: Path) -> Path:
    """Write the PDF to a file, readable by its owner only; refuses to replace one."""
    files.make(path)
    try:
        path.write_bytes(pdf)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise files.cannot_write(path, error) from error
    return path
