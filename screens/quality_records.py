"""How a quality complaint reads: the warranty, the developer, the plan, who signed, the claim."""

from typing import Any

from textual.content import Content

from data.words import _, named
from desk.act import Desk
from desk.quality import ending, judging, warranty
from desk.quality.terms import PARTIES
from screens.text import one_line
from screens.timeline import pair


def quality_parts(desk: Desk, case: Any, at: Any) -> list[Content]:
    """What a quality complaint says besides what every case says."""
    parts = {part.id: warranty.part_name(part) for part in warranty.rules(desk.store.path).parts}
    with desk.read() as session:
        signed, left = ending.parties(session, case), ending.left(session, case)
    said = [
        (_("Which part"), f"{parts.get(case.part, case.part)}  {case.spot}".strip()),
        (_("Warranty"), judging.warranty_words(case)),
        (_("Judged by"), case.warranty_why),
        (_("Collected"), f"{at(case.collected_at)}  {at.who[case.collected_by]}" if case.collected_at else ""),
        (_("Who goes"), at.who[case.worker] if case.worker else ""),
        (_("Developer"), f"{case.developer}  {at(case.developer_told_at)}" if case.developer else ""),
        (_("Appraisal"), at(case.appraisal_at)),
        (_("Contractor"), case.contractor),
        (_("Owner agrees"), f"{case.consented}  {at(case.consented_at)}" if case.consented_at else ""),
        (_("Done"), f"{at(case.finished_at)}  {case.result}" if case.finished_at else ""),
        *((named(PARTIES, one.party), one.name or _("absent: {why}", why=one.absent)) for one in signed),
        (_("Not signed yet"), ", ".join(named(PARTIES, one) for one in left) if case.state == "finished" else ""),
        (_("Claim"), case.claim),
        (_("Manager told"), f"{at(case.heard_at)}  {at.who[case.heard_by]}" if case.heard_at else ""),
        (_("Company"), f"{at(case.decided_at)}  {at.who[case.decided_by]}" if case.decided_at else ""),
        (_("Paid repair"), case.became),
    ]
    found = [pair(label, value) for label, value in said if value]
    if case.disputed:
        disputed = _("The owner says: {words}", words=case.disputed)
        found.append(Content.styled(one_line(f"▲ {disputed}"), "bold $warning"))
    return found
