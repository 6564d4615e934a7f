"""The verbs a journal entry may carry; a standards file that waits for another verb would wait for ever."""

from desk.roles import MAY

# Verbs of rooms that are built later, so that their promises can be written down today.
PLANNED = frozenset(
    {
        "contacts.ring",
        "repairs.accept",
        "repairs.arrive",
        "repairs.appoint",
        "repairs.advise",
        "repairs.decline",
        "repairs.complete",
        "quality.register",
        "quality.order",
        "quality.notify",
        "quality.assign",
        "quality.tell_developer",
        "followups.round_done",
        "followups.director_round_done",
        "works.complete",
        "events.end",
        "renovation.papers_complete",
        "renovation.decide",
        "renovation.accept",
        "renovation.refund_notice",
        "renovation.day_opened",
        "renovation.patrolled",
        "handover.take",
        "fees.renew",
        "duty.plan_shift",
        "duty.arrive",
        "duty.carry_over",
        "duty.convert",
        "records.destroy",
        "reports.open_month",
        "reports.close_month",
        "reports.send_copy",
        "reports.open_half_year",
        "reports.open_quarter",
        "reports.open_year",
        "community.forum",
    }
)
VERBS = frozenset(MAY) | PLANNED


def can_happen(verb: str) -> bool:
    """Whether some act of today's program leaves an entry with this verb."""
    return verb not in PLANNED
