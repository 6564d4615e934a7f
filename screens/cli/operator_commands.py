"""Who may sign in, on the command line."""

from typing import Annotated

import typer

from data.words import _
from desk import operators
from desk.administration import staff
from screens.cli.common import AsCode, AsJson, AsReader, StorePath, acting, answer, asked, fresh_secret
from screens.cli.system_commands import APPS


@APPS["operators"].command("add")
def operator_add(
    new_code: str,
    roles: Annotated[str, typer.Option(help="Posts, blank-separated, such as 'receptionist guard'.")],
    name: Annotated[str, typer.Option(help="Name.")],
    code: AsCode = "",
    department: Annotated[str, typer.Option(help="The department they belong to.")] = "",
    signs_for: Annotated[str, typer.Option(help="Other departments for which they sign.")] = "",
    areas: Annotated[str, typer.Option(help="Homes that are an officer's own, such as '3 5-1'.")] = "",
    store: StorePath = None,
) -> None:
    """Add an operator; the new secret is asked for, or taken from DESK_NEW_SECRET."""
    secret = fresh_secret(_("Secret of {code}", code=new_code))
    said = {"name": name, "roles": roles, "department": department, "signs_for": signs_for, "areas": areas}
    acting(store, code, lambda act: staff.add(act, number=new_code, new_secret=secret, again=secret, **said))
    typer.echo(_("{code} may sign in now.", code=new_code))


@APPS["operators"].command("secret")
def operator_secret(whose: str, code: AsCode = "", store: StorePath = None) -> None:
    """Give an operator a new secret; asked for, or taken from DESK_NEW_SECRET."""
    new_secret = fresh_secret(_("New secret of {code}", code=whose))
    acting(store, code, lambda act: operators.set_secret(act, code=whose, secret=new_secret))
    typer.echo(_("{code} has a new secret.", code=whose))


@APPS["operators"].command("list")
def operator_list(code: AsReader = "", store: StorePath = None, as_json: AsJson = False) -> None:
    """Everybody who may sign in."""
    with asked(store, code) as desk, desk.read() as session:
        rows = [
            {"code": who.code, "name": who.name, "roles": who.roles, "disabled": who.disabled}
            for who in operators.everyone(session)
        ]
    answer(rows, as_json, lambda found: "\n".join(f"{r['code']}\t{r['name']}\t{r['roles']}" for r in found))
