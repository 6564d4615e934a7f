"""What the site has of its own on the command line."""

from typing import Any

from desk.act import Desk
from desk.administration import changing
from desk.administration.values import values
from screens.cli.common import AsJson, AsReader, StorePath, answer, reading
from screens.cli.system_commands import APPS


@APPS["site"].command("list")
def site_list(code: AsReader = "", store: StorePath = None, as_json: AsJson = False) -> None:
    """Everything that the site can set, with its key, as it is and as it is planned."""

    def rows(desk: Desk) -> list[dict[str, Any]]:
        with desk.look() as view:
            return [
                {
                    "key": one.key,
                    "title": one.title,
                    "value": one.value,
                    "planned": {str(day): text for day, text in changing.planned(view, one).values()},
                }
                for one in values(view)
            ]

    found = reading(store, code, rows)
    answer(
        found,
        as_json,
        lambda _rows: "\n".join(f"{row['key']}\t{row['title']}\t{row['value']}".replace("\n", "; ") for row in found),
    )
