"""How what a site has set reads, and who works there."""

from textual.content import Content

from data.words import _
from desk import cases
from desk.act import Desk
from desk.administration import changing, staff, staff_steps
from desk.administration.values import find
from desk.ground.roles import role_names
from screens.text import one_line
from screens.timeline import heading, pair


def site_parts(desk: Desk, key: str) -> list[Content]:
    """Something the site can set: as it is, as it is planned, its sources."""
    with desk.look() as view:
        value = find(view, key)
        plans = changing.planned(view, value).values()
    parts = [heading(value.title), *(Content(one_line(line)) for line in (value.shows(value.value) or "–").split("; "))]
    parts += [
        Content.styled(one_line(_("from {day}: {hours}", day=day, hours=value.shows(text))), "$accent")
        for day, text in plans
    ]
    parts += [Content(""), *(Content.styled(one_line(line), "$foreground-muted") for line in value.lines)]
    return parts


def operator_parts(desk: Desk, code: str) -> list[Content]:
    """Somebody who works here."""
    with desk.look() as view:
        one = staff.get(view, code)
        plans = staff_steps.plans(view, one)
    also = ", ".join(map(cases.department_name, one.signs_for.split()))
    return [
        heading(f"{one.code}  {one.name}"),
        pair(_("Posts"), role_names(one.roles)),
        pair(_("Department"), cases.department_name(one.department)),
        *([pair(_("Signs for, too"), also)] if also else []),
        *([pair(_("Homes"), one.areas)] if one.areas else []),
        *([Content.styled(one_line(_("shut out")), "bold $error")] if one.disabled else []),
        *(Content.styled(one_line(line), "$accent") for line in plans),
    ]
