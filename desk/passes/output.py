"""A pass leaving the program: on paper, as a file, or with the whole register in a spreadsheet."""

from pathlib import Path

from data.words import _
from desk import site
from desk.act import Desk
from desk.paper import printing, sheets
from desk.passes import finding, life, paper, register


def put_on_paper(desk: Desk, number: str, file: Path | None) -> str:
    """Print or save the form of a signed pass, counted before it is made; returns what to say.

    Raises:
        StateChanged, NotAllowed: nothing may be printed yet, or by this operator; Refused: no printer, no file.
    """
    with desk.act() as act:
        count = life.begin_print(act, number=number)
    try:
        with desk.read() as session:
            name = site.setting(session, "site.name")
            one = paper.gather(session, number, desk.calendar(), name, desk.store.keys)
        content = paper.pdf(one, reprint=count)
        if file is None:
            printing.send(content, number)
        else:
            printing.save(content, file)
    except Exception:
        with desk.act() as act:
            life.fail_print(act, number=number, count=count)
        raise
    with desk.act() as act:
        life.end_print(act, number=number, count=count, way="printer" if file is None else "file")
    return _("{number} printed.", number=number) if file is None else _("Saved as {file}.", file=file)


def export(desk: Desk, file: Path, wanted: str = "", words: str = "") -> int:
    """Write the register to an xlsx file as an act that the journal keeps; returns how many passes it holds.

    Args:
        wanted: a key of FILTERS; words: as they are typed in the register's search.
    """
    with desk.act() as act:
        act.require("passes.export")
        act.record("passes.export", "", filter=wanted)
    where = finding.searched(desk, words)
    with desk.read() as session:
        return sheets.write_xlsx(
            file, register.export_rows(session, desk.calendar(), desk.now(), wanted, where), _("Passes")
        )
