"""What the desk promises and what the site chose, on the command line."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from data.store.opening import open_store
from data.words import N_, _
from desk import site, standards
from desk.act import Desk
from desk.administration import changing
from desk.glance import default_path
from desk.ground.refusals import Invalid
from screens.cli.common import AsCode, AsJson, Reason, StorePath, acting, answer, told
from screens.cli.system_commands import APPS

APPS["standards"].info.help = "What the desk promises, and the site's choices."


@APPS["standards"].command("list")
def standards_list(store: StorePath = None, as_json: AsJson = False) -> None:
    """Every timer and target, with the value in force."""
    with told():
        book, chosen = _book(store)
    rows = [
        {
            "id": item.id,
            "name": item.name,
            "value": book.chosen(item.id, chosen).value,
            "options": [option.name for option in item.options],
            "live": _is_live(item),
            "clauses": list(book.chosen(item.id, chosen).clauses),
        }
        for item in _items(book)
    ]
    answer(rows, as_json, lambda _rows: "\n".join([*(_standard_line(row) for row in rows), _counted(book)]))


def _standard_line(row: dict[str, Any]) -> str:
    not_yet = "" if row["live"] else "  " + _("(cannot start yet: its system does not exist)")
    return f"{row['id']:<8} {row['value']:<22} {row['name']}  {' '.join(row['clauses'])}{not_yet}"


def _is_live(item: standards.Timer | standards.Target) -> bool:
    return not isinstance(item, standards.Timer) or item.kind != "clock" or item.live


def _counted(book: standards.Standards) -> str:
    clocks_ = [timer for timer in book.timers.values() if timer.kind == "clock"]
    return _(
        "{timers} timers, of which {live} can start; {targets} targets.",
        timers=len(clocks_),
        live=sum(timer.live for timer in clocks_),
        targets=len(book.targets),
    )


def _items(book: standards.Standards) -> list[standards.Timer | standards.Target]:
    return [*book.timers.values(), *book.targets.values()]


@APPS["standards"].command("show")
def standards_show(rule: str, store: StorePath = None, as_json: AsJson = False) -> None:
    """One standard with all its values."""
    with told():
        book, chosen = _book(store)
        item = book.timers.get(rule) or book.targets.get(rule)
        if item is None:
            raise Invalid(N_("There is no standard {rule}."), field="rule", rule=rule)
    now = book.chosen(rule, chosen)
    body = [f"{item.id}  {item.name}"]
    if not _is_live(item):
        body.append(_("(cannot start yet: its system does not exist)"))
    for option in item.options:
        mark = "*" if option is now else " "
        body.append(f"{mark} {option.name}: {option.value} ({option.calendar})  {' '.join(option.clauses)}")
    answer(json.loads(json.dumps(item, default=_fields)), as_json, lambda _item: "\n".join(body))


def _fields(value: Any) -> Any:
    if isinstance(value, standards.Timer):
        return {**vars(value), "live": value.live}
    return dict(vars(value)) if hasattr(value, "__dict__") else list(value)


@APPS["standards"].command("check")
def standards_check(file: Path) -> None:
    """Check a standards file; says the line of what cannot be."""
    with told():
        book = standards.read_file(file)
    typer.echo(_("All possible.") + " " + _counted(book))


@APPS["standards"].command("choose")
def standards_choose(
    rule: str,
    option: str,
    reason: Reason,
    running: Annotated[str, typer.Option(help="keep or move: whether promises that run keep their end.")] = "",
    code: AsCode = "",
    store: StorePath = None,
) -> None:
    """Choose one of the values between which the sources differ."""
    key = f"{site.CHOICE}{rule}"
    acting(store, code, lambda act: changing.change(act, number=key, value=option, reason=reason, running=running))
    typer.echo(_("{rule} is {option} from now on; what runs already keeps its value.", rule=rule, option=option))


def _book(store: Path | None) -> tuple[standards.Standards, dict[str, str]]:
    path = store or default_path()
    if store is None and not path.exists():
        return standards.shipped(), {}
    desk = Desk(open_store(path))
    try:
        with desk.read() as session:
            return standards.of_site(path), site.choices(session)
    finally:
        desk.store.close()
