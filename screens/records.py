"""How a record of each system reads."""

from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from textual.content import Content

from data.words import _
from desk import cases, directory, passes
from desk.act import Desk
from desk.administration import changing
from desk.archive import facts, homes, register, residents
from desk.calendar import moments
from desk.ground import left
from desk.ground.refusals import NotFound
from desk.ground.relations import relation_name
from desk.operators import Posts
from desk.passes import gate
from desk.systems import CASES, SYSTEMS
from screens import timeline
from screens.case_records import At, case_parts, note_parts
from screens.text import one_line
from screens.timeline import heading, pair

if TYPE_CHECKING:
    from data.passes import Pass, PassItem


def record_parts(desk: Desk, system: str, record: str, *, whole: bool = True) -> list[Content]:
    """The record, what it waits for, its promises and its timeline, all of one instant.

    Args:
        whole: also the promises that are done; beside a list they are only counted.
    """
    with desk.snapshot():
        return _record_parts(desk, system, record, whole)


def _record_parts(desk: Desk, system: str, record: str, whole: bool) -> list[Content]:
    calendar, said = desk.calendar(), SYSTEMS.get(system)
    try:
        if said is not None and said.pane:
            module, _colon, function = said.pane.partition(":")
            parts = getattr(import_module(module), function)(desk, record)
        else:
            parts = case_parts(desk, system, record) if system in CASES else [heading(record)]
    except NotFound:
        parts = [heading(record)]
    if system == "site":
        record = changing.journal_record(record)
    # Below the number, and below the matter where one stands there.
    below = 2 if system in CASES else 1
    parts[below:below] = timeline.next_step(desk, record, calendar)
    parts += [Content(""), *timeline.promises(desk, record, calendar, whole=whole)]
    return [*parts, Content(""), *timeline.timeline(desk, record, calendar)]


def home_parts(desk: Desk, label: str) -> list[Content]:
    """A home of the archive: its card, and of whom what is missing."""
    with desk.read() as session:
        unit = residents.unit_of(session, label)
        found = [
            (person.name, register.missing(person, len(facts.phones_of(session, person.id or 0)), tie.relation))
            for tie, person in residents.ties(session, unit.id or 0)
        ]
        said = [_(homes.kind_name(unit.kind)), homes.state_name(unit.state)]
        if unit.area_hundredths:
            said.append(f"{unit.area_hundredths / 100:.2f} ㎡")
        known = [(person, tie) for tie, person in residents.ties(session, unit.id or 0)]
        before = residents.earlier(session, unit.id or 0)
    with desk.look() as view:
        twelve = homes.parts(view, unit)
    parts = [*card_parts(desk, unit.id or 0), pair(_("Home"), "  ".join(filter(None, said)))]
    for person, tie in known:
        more = [
            f"#{person.id}",
            tie.since and _("since {day}", day=tie.since),
            person.birthday and str(person.birthday),
        ]
        emergency = person.emergency_mobile and _("emergency {phone}", phone=person.emergency_mobile)
        parts.append(pair(person.name, "  ".join(str(one) for one in (*more, emergency) if one)))
    for person, tie in before:
        said_of = f"{relation_name(tie.relation)}  {tie.since or ''} – {tie.until}"
        parts.append(pair(_("Before"), f"{person.name}  {said_of}"))
    parts += [Content(""), heading(_("Twelve parts of the file"))]
    for standing, sign in ((homes.KEPT, "✓"), (homes.MISSING, "✗"), (homes.NOT_YET, "–")):
        names = [
            _(one.name) + (f" {one.count}" if one.count is not None else "")
            for one in twelve
            if one.standing == standing
        ]
        if names:
            parts.append(Content(one_line(f"{sign} {', '.join(names)}")))
    for name, lacking in found:
        if lacking:
            text = one_line(f"{name}: {', '.join(map(_, lacking))}")
            parts.append(Content.assemble((_("Missing") + "  ", "bold $warning"), text))
    return parts


def pass_parts(desk: Desk, number: str) -> list[Content]:
    """A release pass with its goods, calls and trips; the ID number is masked."""
    calendar, now = desk.calendar(), desk.now()
    with desk.read() as session:
        paper = passes.get(session, number)
        goods = passes.items_of(session, number)
        room = passes.unit_label(session, paper)
        calls, trips = passes.calls_of(session, number), gate.trips_of(session, number)
        later, who = passes.replaced_by(session, number), Posts(session)
        notes = cases.notes_of(session, number)

    def at(moment: datetime | None) -> str:
        return moments.shown(moment, calendar, now)

    until = _("valid until {time}", time=at(paper.valid_until))
    parts = [
        heading(f"{paper.number}  {passes.shown_state(paper, now)}"),
        pair(_("Room"), room),
        pair(_("Owner"), paper.owner),
        *([pair(_("Tenant"), paper.tenant)] if paper.tenant else []),
        pair(_("Carrier"), passes.carrier_name(paper.carrier)),
        pair(_("Nature"), f"{passes.nature_name(paper.nature)}  {passes.reason_name(paper.reason)}"),
        pair(_("Destination"), paper.destination),
        pair(_("Mover"), f"{paper.mover}  {paper.mover_id_masked}  {paper.plate}"),
        pair(_("Moving"), f"{at(paper.moving_at)}  {until}"),
        pair(_("Proven by"), passes.proof_text(paper)),
        pair(_("Issued"), f"{at(paper.issued_at)}  {who[paper.issued_by]}"),
    ]
    for call in calls:
        said = f"{passes.outcome_name(call.outcome)} {call.opinion}".rstrip()
        source = f"{at(call.at)}  {passes.opinion_source(call)}"
        parts.append(pair(_("Opinion"), f"{said}  {source}  {who[call.operator]}"))
    if paper.archive_wrong:
        parts.append(pair(_("Archive wrong"), f"{paper.archive_wrong}  {who[paper.archive_wrong_by]}"))
    parts += _fate_parts(paper, later, at, who)
    for trip in trips:
        what = gate.refusal_name(trip.refused) if trip.refused else trip.goods
        label = _("Refused") if trip.refused else _("Let out")
        parts.append(pair(label, f"{at(trip.at)}  {who[trip.guard]}  {trip.plate}  {what}  {trip.note}"))
    if paper.prints:
        parts.append(pair(_("Printed"), str(paper.prints)))
    return [*parts, *goods_lines(goods), *note_parts(notes, At(desk))]


def _fate_parts(paper: "Pass", later: str, at: Callable[[datetime | None], str], who: Posts) -> list[Content]:
    """Signed, sealed, replaced, voided, and where the lower part is."""
    debts = [
        f"{directory.fee_name(fee)} {directory.yuan(fen)}" for fee, fen, _at in passes.read_snapshot(paper.arrears)
    ]
    parts = [pair(_("Owed when issued"), "  ".join(debts) or _("nothing"))]
    signed = f"{who[paper.fees_by]}  {at(paper.fees_at)}" if paper.fees_at else _("not signed")
    parts.append(pair(_("Fees settled"), signed))
    if paper.sealed_at:
        parts.append(pair(_("Sealed"), f"{who[paper.sealed_by]}  {at(paper.sealed_at)}"))
    if paper.replaces:
        parts.append(pair(_("Replaces"), paper.replaces))
    if later:
        parts.append(pair(_("Replaced by"), later))
    if paper.repeats:
        parts.append(
            Content.styled(one_line(_("Piece by piece, after {numbers}", numbers=paper.repeats)), "bold $warning")
        )
    if paper.void_at:
        parts.append(pair(_("Voided"), f"{who[paper.void_by]}  {at(paper.void_at)}  {paper.void_reason}"))
    if paper.slip:
        parts.append(pair(_("Lower part"), f"{passes.slip_name(paper.slip)}  {paper.slip_note}".rstrip()))
    return parts


def goods_lines(goods: "Sequence[PassItem | gate.Goods]") -> list[Content]:
    """The goods, one line each, with how many are left where some have gone."""
    lines = [heading(_("Goods"))]
    for item in goods:
        gone = "  " + _("{count} out", count=item.out) if item.out else ""
        name = one_line(f"{item.unit} {item.name}{gone}")
        lines.append(Content.assemble((f"{item.quantity:>5} ", "bold $accent"), name))
    return lines


def card_parts(desk: Desk, unit_id: int) -> list[Content]:
    """The household beside the form."""
    calendar, now = desk.calendar(), desk.now()
    with desk.read() as session:
        card = directory.card(session, unit_id, now)
    parts = [heading(card.unit)]
    if card.alert:
        parts.append(Content.styled(one_line(f"▲ {card.alert}"), "bold $error"))
    for member in card.members:
        vip = " ★VIP" if member.vip else ""
        parts.append(Content(one_line(f"{member.name}{vip}  {relation_name(member.relation)}")))
        details = "  ".join(
            part for part in (*member.phones, member.workplace, member.nature, member.in_charge, member.note) if part
        )
        if details:
            parts.append(Content.styled(one_line("  " + details), "$foreground-muted"))
    if not card.members:
        parts.append(Content(_("Nobody lives here.")))
    for promised in card.promised:
        due = moments.shown(promised.due_at, calendar, now)
        style = "bold $error" if promised.due_at < now else "bold $warning"
        text = f"{due}  {left.clock_name(promised)}  {promised.record}"
        parts.append(Content.assemble((_("Promised") + "  ", style), one_line(text)))
    for fee, fen, as_of in card.arrears:
        text = f"{directory.fee_name(fee)} {directory.yuan(fen)}  {moments.shown(as_of, calendar, now)}"
        parts.append(Content.assemble((_("Owes") + "  ", "bold $error"), one_line(text)))
    for at, reason, number in card.refusals:
        text = f"{moments.shown(at, calendar, now)} {gate.refusal_name(reason)} {number}"
        parts.append(Content.assemble((_("Refused at the gate") + "  ", "bold $warning"), one_line(text)))
    if card.commended:
        parts.append(Content.styled(one_line(_("Goes first for the civilised household award")), "$success"))
    for number, state, what in card.open_records:
        parts.append(Content.assemble((number + " ", "bold $accent"), one_line(f"{cases.state_name(state)} {what}")))
    if card.vehicles:
        parts.append(pair(_("Vehicles"), " ".join(card.vehicles)))
    if card.parking:
        parts.append(pair(_("Parking"), card.parking))
    if card.note:
        parts.append(pair(_("Note"), card.note))
    for number, at, state in card.passes:
        parts.append(pair(number, f"{moments.shown(at, calendar, now)} {passes.state_name(state)}"))
    if card.contacts:
        parts.append(heading(_("Last contacts")))
    for _number, at, what in card.contacts:
        parts.append(Content.styled(one_line(f"{moments.shown(at, calendar, now)} {what}"), "$foreground-muted"))
    return parts
