"""A pass leaving the program: on paper, as a file, or with the whole register in a spreadsheet."""

from pathlib import Path

from data.words import _
from desk import printing, sheets, site
from desk.act import Desk
from desk.passes import life, paper, register


def put_on_paper(desk: Desk, number: str, file: Path | None) -> str:
    """Print or save the form, counted only when it worked; returns what to say."""
    desk.require("passes.print")
    with desk.read() as session:
        one = paper.gather(session, number, desk.calendar(), site.setting(session, "site.name"), desk.store.keys)
    content = paper.pdf(one, reprint=one.pass_.prints + 1)
    if file is None:
        printing.send(content, number)
    else:
        printing.save(content, file)
    with desk.act() as act:
        life.count_print(act, number=number)
    return _("{number} printed.", number=number) if file is None else _("Saved as {file}.", file=file)


def export(desk: Desk, file: Path, wanted: str = "") -> int:
    """Write the register to an xlsx file as an act that the journal keeps; returns how many passes it holds."""
    with desk.act() as act:
        act.require("passes.export")
        act.record("passes.export", "", filter=wanted)
    with desk.read() as session:
        return sheets.write_xlsx(file, register.export_rows(session, desk.calendar(), desk.now(), wanted), _("Passes"))
