"""Verbs of systems that are built later, so that their promises can be written down today."""

PLANNED = frozenset(
    {
        "contacts.ring",
        "events.end",
        "renovation.papers_complete",
        "renovation.decide",
        "renovation.accept",
        "renovation.refund_notice",
        "renovation.day_opened",
        "renovation.patrolled",
        "handover.take",
        "fees.renew",
    }
)
