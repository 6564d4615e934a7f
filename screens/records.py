"""How a record of each system reads."""

from typing import Any

from textual.content import Content

from data.words import _
from desk import cases, directory, intake, moments, passes
from desk.act import Desk
from desk.refusals import NotFound
from screens import timeline
from screens.text import one_line, plain
from screens.timeline import heading, pair


def record_parts(desk: Desk, system: str, record: str) -> list[Content]:
    """The record, its promises and its timeline."""
    calendar = desk.calendar()
    try:
        if system == "passes":
            parts = pass_parts(desk, record)
        elif system in cases.MODELS:
            parts = case_parts(desk, system, record)
        else:
            parts = [heading(record)]
    except NotFound:
        parts = [heading(record)]
    parts += [Content(""), *timeline.promises(desk, record, calendar)]
    return [*parts, Content(""), *timeline.timeline(desk, record, calendar)]


def case_parts(desk: Desk, system: str, record: str) -> list[Content]:
    """A complaint, request or repair."""
    calendar, now = desk.calendar(), desk.now()
    with desk.read() as session:
        case = cases.get(session, system, record)
    parts = [
        heading(f"{case.number}  {cases.state_name(case.state)}"),
        pair(_("Who"), case.subject),
        pair(
            _("Received"),
            f"{moments.shown(case.received_at, calendar, now)}  {intake.channel_name(case.channel)}",
        ),
        pair(_("First asked"), case.first_asked),
        plain(case.what),
    ]
    if case.promised_at:
        parts.append(pair(_("Promised by"), moments.shown(case.promised_at, calendar, now)))
    if case.department:
        parts.append(pair(_("Passed on to"), cases.department_name(case.department)))
    if case.reply:
        parts += [pair(_("Answered"), moments.shown(case.replied_at, calendar, now)), plain(case.reply)]
    if case.outcome:
        parts += [pair(_("Closed"), moments.shown(case.closed_at, calendar, now)), plain(case.outcome)]
    return parts


def pass_parts(desk: Desk, number: str) -> list[Content]:
    """A release pass with its goods; the ID number is masked."""
    calendar, now = desk.calendar(), desk.now()
    with desk.read() as session:
        paper = passes.get(session, number)
        goods = passes.items_of(session, number)
        room = passes.unit_label(session, paper)

    def at(moment: object) -> str:
        return moments.shown(moment, calendar, now)  # type: ignore[arg-type]

    until = _("valid until {time}", time=at(paper.valid_until))
    parts = [
        heading(f"{paper.number}  {passes.state_name(paper.state)}"),
        pair(_("Room"), room),
        pair(_("Carrier"), passes.carrier_name(paper.carrier)),
        pair(_("Nature"), f"{passes.nature_name(paper.nature)}  {paper.reason}"),
        pair(_("Destination"), paper.destination),
        pair(_("Mover"), f"{paper.mover}  {paper.mover_id_masked}  {paper.plate}"),
        pair(_("Moving"), f"{at(paper.moving_at)}  {until}"),
        pair(_("Issued"), f"{at(paper.issued_at)}  {paper.issued_by}"),
    ]
    if paper.owner_opinion:
        parts.append(pair(_("Owner's opinion"), f"{paper.owner_opinion}  {at(paper.owner_called_at)}"))
    signed = f"{paper.fees_by}  {at(paper.fees_at)}" if paper.fees_at else _("not signed")
    parts.append(pair(_("Fees settled"), signed))
    if paper.sealed_at:
        parts.append(pair(_("Sealed"), f"{paper.sealed_by}  {at(paper.sealed_at)}"))
    if paper.void_at:
        parts.append(pair(_("Voided"), f"{paper.void_by}  {at(paper.void_at)}  {paper.void_reason}"))
    if paper.out_at:
        parts.append(pair(_("Let out"), f"{paper.out_by}  {at(paper.out_at)}"))
    return [*parts, *goods_lines(goods)]


def goods_lines(goods: list[Any]) -> list[Content]:
    """The goods, one line each."""
    lines = [heading(_("Goods"))]
    for item in goods:
        lines.append(Content.assemble((f"{item.quantity:>5} ", "bold $accent"), one_line(f"{item.unit} {item.name}")))
    return lines


def card_parts(desk: Desk, unit_id: int) -> list[Content]:
    """The household beside the form."""
    calendar, now = desk.calendar(), desk.now()
    with desk.read() as session:
        card = directory.card(session, unit_id)
    parts = [heading(card.unit)]
    for member in card.members:
        vip = " ★VIP" if member.vip else ""
        parts.append(Content(one_line(f"{member.name}{vip}  {directory.relation_name(member.relation)}")))
        details = "  ".join(part for part in (*member.phones, member.workplace, member.note) if part)
        if details:
            parts.append(Content.styled(one_line("  " + details), "$foreground-muted"))
    if not card.members:
        parts.append(Content(_("Nobody lives here.")))
    if card.vehicles:
        parts.append(pair(_("Vehicles"), " ".join(card.vehicles)))
    for fee, fen, as_of in card.arrears:
        text = f"{directory.fee_name(fee)} {directory.yuan(fen)}  {moments.shown(as_of, calendar, now)}"
        parts.append(Content.assemble((_("Owes") + "  ", "bold $error"), one_line(text)))
    for number, state, what in card.open_records:
        parts.append(Content.assemble((number + " ", "bold $accent"), one_line(f"{cases.state_name(state)} {what}")))
    for number, at, state in card.passes:
        parts.append(pair(number, f"{moments.shown(at, calendar, now)} {passes.state_name(state)}"))
    if card.contacts:
        parts.append(heading(_("Last contacts")))
    for _number, at, what in card.contacts:
        parts.append(Content.styled(one_line(f"{moments.shown(at, calendar, now)} {what}"), "$foreground-muted"))
    return parts
