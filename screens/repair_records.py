"""How a repair reads: who goes, what was found, agreed, done, charged and filed."""

from typing import Any

from textual.content import Content

from data.words import _, named
from desk.act import Desk
from desk.directory import yuan
from desk.repairs import callers, repeats
from desk.repairs.onsite import charges_of, total, trips_of
from desk.repairs.terms import AREAS, BRANCHES, CAUSES, CHARGES, COPIES, ENDS, EVALUATIONS, SAID_BY, SORTS, TRADES
from screens.text import one_line
from screens.timeline import pair


def repair_parts(desk: Desk, case: Any, at: Any) -> list[Content]:
    """What a repair says besides what every case says."""
    with desk.read() as session:
        trips, lines, due = (
            trips_of(session, case.number),
            charges_of(session, case.number),
            total(session, case.number),
        )
        waiting = callers.listed(session, case.number)
        again = repeats.before(session, case)
    said = [
        (_("Kind of work"), named(SORTS, case.sort) if case.sort != "small" else ""),
        (_("Trade"), named(TRADES, case.trade) if case.trade else ""),
        (_("Where"), f"{named(AREAS, case.area)}  {case.spot}".strip()),
        (_("Ring back"), case.phone),
        (_("Appointment"), at(case.appointment_at)),
        (_("How soon"), named(BRANCHES, case.branch)),
        (_("Collected"), f"{at(case.collected_at)}  {at.who[case.collected_by]}" if case.collected_at else ""),
        (_("Who goes"), at.who[case.worker] if case.worker else ""),
        *(
            (_("Arrived"), f"{at(one.arrived_at)}  {at.who[one.worker]}  {named(SAID_BY, one.said_by)}")
            for one in trips
        ),
        (_("Waits for"), f"{named(CAUSES, case.waits_for)}  {at(case.waits_until)}" if case.waits_for else ""),
        (_("Found"), case.found),
        (_("Costs"), " ".join(filter(None, (named(CHARGES, case.charge), case.edition)))),
        (_("Materials"), case.materials),
        *((_("Charged"), f"{one.name} ×{one.quantity}  {yuan(one.fen)}") for one in lines),
        (_("In all"), yuan(due) if lines else ""),
        (_("Owner's test"), case.tested),
        (_("Owner says"), named(EVALUATIONS, case.evaluation)),
        (_("Paid"), f"{at(case.paid_at)}  {at.who[case.paid_by]}  {case.receipt}" if case.paid_at else ""),
        (_("Ended"), named(ENDS, case.end)),
    ]
    found = [pair(label, value) for label, value in said if value]
    if case.finished_at:
        out = _("out")
        places = [f"{copy} {named(COPIES, copy)} {at(getattr(case, f'copy_{copy}_at')) or out}" for copy in COPIES]
        found.append(pair(_("Copies"), "  ".join(places)))
    if again:
        sign = "‼ " if len(again) + 1 >= repeats.OFTEN else "▲ "
        said_again = _("Again within 30 days, after {numbers}", numbers=" ".join(again))
        found.append(Content.styled(one_line(sign + said_again), "bold $warning"))
    if waiting:
        found.append(Content.styled(one_line(_("To be told: {count}", count=len(waiting))), "bold $warning"))
        found += [Content(one_line(line)) for line in waiting]
    if case.urges:
        found.append(Content.styled(one_line(_("Urged {count} times", count=case.urges)), "bold $warning"))
    return found
