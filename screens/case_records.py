"""How complaints, requests, repairs, emergencies and contacts read."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from textual.content import Content

from data.cases import CaseNote
from data.cleaning import clean
from data.words import N_, _, named
from desk import cases, complaints, directory, emergencies, followups, requests
from desk.act import Desk
from desk.calendar import moments
from desk.contacts import intake
from desk.ground import channels
from desk.ground.roles import role_names
from desk.mending.classes import class_name
from desk.operators import Posts, officers_of
from desk.rounds import terms as rounds
from screens.quality_records import quality_parts
from screens.repair_records import repair_parts
from screens.text import one_line, plain
from screens.timeline import chip, heading, pair


class At:
    """How a record says when and who: instants in the site's time, people by name and post."""

    def __init__(self, desk: Desk) -> None:
        self.calendar, self.now = desk.calendar(), desk.now()
        with desk.read() as session:
            self.who = Posts(session)

    def __call__(self, moment: datetime | None) -> str:
        return moments.shown(moment, self.calendar, self.now)


NOTES = {
    "reply": N_("Answered"),
    "promise": N_("Explained"),
    "investigate": N_("Findings"),
    "written_reply": N_("Written answer"),
    "grade": N_("Judged"),
    "declare": N_("Declared major"),
    "report": N_("Report"),
    "agree": N_("Agreed"),
    "send_back": N_("Sent back"),
    "overrun": N_("Overrun"),
    "settle": N_("Solved"),
    "confirm": N_("Confirmed"),
    "prevent": N_("Prevention"),
    "plan": N_("Plan"),
    "decline": N_("Declined"),
    "notice": N_("Posted"),
    "tell": N_("Told"),
    "chase": N_("Chased"),
    "urge": N_("Urged"),
    "also": N_("Also called"),
    "round": N_("Round before"),
    "told": N_("Caller told"),
    "recall": N_("Taken back"),
    "list": N_("List not usable"),
    "note": N_("Remark"),
    "found": N_("Belongs to it"),
    "judge": N_("Judged by"),
    "dispute": N_("Owner disputes"),
    "order": N_("To be mended"),
    "appoint": N_("Another time"),
    "appraise": N_("Found on site"),
    "plan_refused": N_("Plan refused"),
    "follow": N_("Progress"),
    "raised": N_("Answered at once"),
    "read": N_("Opinion"),
    "unsolved": N_("Not solved"),
    "solved": N_("What came of it"),
    "reject": N_("Not accepted"),
    "claim": N_("Claim"),
    "hear": N_("Manager's opinion"),
    "decide": N_("Company's decision"),
    "counted": N_("Counted otherwise"),
    "reason": N_("Reason"),
    "refer": N_("Passed on with"),
    "advise": N_("The manager answered"),
    "branch": N_("Turned out otherwise"),
    "wait": N_("Waits for whom"),
    "consent": N_("Agreed to the price"),
    "decline_price": N_("Price declined"),
    "recharge": N_("Charged before"),
    "paid": N_("Earlier round paid"),
    "review": N_("Charges found right"),
    "visited": N_("Visited about it"),
    "permitted": N_("Agreed to a visit"),
    "check": N_("Spot check"),
    "recount": N_("Counted as recurring"),
    "summary": N_("Summary"),
    "finish": N_("Work done"),
    "reorder": N_("Ordered before as"),
    "study": N_("So that it does not come again"),
    "developer": N_("Developer told"),
    "declined": N_("Wishes no visit"),
}
MENDED = {"what": N_("matter"), "who": N_("who"), "category": N_("class"), "kind": N_("what it is"), "sort": N_("sort")}
SLIP_STATES = {
    "written": N_("opinion to be signed"),
    "signed": N_("to be collected"),
    "received": N_("collected"),
    "answered": N_("reported back"),
    "recalled": N_("taken back"),
    "done": N_("of the round before"),
}


def case_parts(desk: Desk, system: str, record: str) -> list[Content]:
    """A complaint, request, repair or emergency."""
    at = At(desk)
    with desk.read() as session:
        case = cases.get(session, system, record)
        notes = cases.notes_of(session, record)
        caller = cases.caller_number(session, case.contact)
    parts = [
        Content.assemble(heading(case.number), "  ", *_chips(case)),
        Content.styled("\n".join(map(one_line, case.what.split("\n"))), "bold"),
        pair(_("Who"), case.subject),
        pair(_("Received"), f"{at(case.received_at)}  {channels.channel_name(case.channel)}"),
        pair(_("First asked"), at.who[case.first_asked]),
        *([pair(_("Caller's no."), caller)] if caller else []),
    ]
    if officers := _officers(desk, case, at):
        parts.append(pair(_("Area officer"), officers))
    if case.promised_at:
        parts.append(pair(_("Promised by"), at(case.promised_at)))
    if case.department:
        parts.append(pair(_("Passed on to"), cases.department_name(case.department)))
    parts += OWN_PARTS.get(system, _no_parts)(desk, case, at)
    parts += note_parts(notes, at)
    parts += _visit_parts(desk, case.number, at)
    if case.outcome:
        ended = pair(_("Closed"), at(case.closed_at)) if case.closed_at else heading(_("Result"))
        parts += [ended, plain(case.outcome)]
    return parts


# A grade that must not be overlooked is filled in its tone.
GRADE_TONES = {"major": "$error", "important": "$warning"}


def _chips(case: Any) -> list[Content]:
    """The state of a case, and its grade where it has one."""
    grade = getattr(case, "grade", "")
    graded = [" ", chip(complaints.grade_name(grade), GRADE_TONES.get(grade, ""))] if grade else []
    return [chip(cases.state_name(case.state)), *graded]  # type: ignore[list-item]


def _officers(desk: Desk, case: Any, at: At) -> str:
    """Whose homes the case's home is among (RV-3)."""
    if case.unit_id is None:
        return ""
    with desk.read() as session:
        label = directory.unit_by_id(session, case.unit_id).label
        return ", ".join(at.who[code] for code in officers_of(session, label))


def note_parts(notes: Sequence[CaseNote], at: At) -> list[Content]:
    """What was said about a record, oldest first; of what was mended, what stood there before and why."""
    parts = []
    for note in notes:
        kind, _colon, of = note.kind.partition(":")
        label = (
            _("Before it was mended: {what}", what=_(MENDED[of])) if of in MENDED else _(NOTES.get(kind, N_("Note")))
        )
        first, rest = note.text.partition("\n")[0], note.text.partition("\n")[1:]
        text = "".join((class_name(of, first), *rest))
        parts += [pair(label, f"{at(note.at)}  {at.who[note.operator]}"), plain(text)]
    return parts


def _no_parts(_desk: Desk, _case: Any, _at: At) -> list[Content]:
    return []


def _named(label: str, value: str) -> list[Content]:
    """A line, unless there is nothing to say."""
    return [pair(label, value)] if value else []


def _complaint_parts(desk: Desk, case: Any, at: At) -> list[Content]:
    """Facts, judgement, slips, what belongs to it, agreement and confirmation."""
    with desk.read() as session:
        slips = complaints.slips_of(session, case.number)
        together = complaints.of_incident(session, case.incident)
    judged = "  ".join(filter(None, (complaints.nature_name(case.nature), complaints.grade_name(case.grade))))
    parts = [
        *_named(_("Class"), complaints.category_name(case.category)),
        *_named(_("When"), case.happened),
        *_named(_("Where"), case.place),
        *_named(_("About whom"), case.accused),
        *_named(_("They want"), case.demand),
        *_named(_("Judged"), f"{judged}  {complaints.reason_name(case.grade_reason)}" if judged else ""),
        *_named(_("Reported to"), role_names(case.reported_to)),
        *_named(_("Raised before"), case.repeats),
    ]
    for slip in slips:
        state = _(SLIP_STATES.get(slip.state, slip.state))
        parts.append(pair(slip.number, f"{cases.department_name(slip.department)}  {state}"))
        parts += _named(
            _("Opinion"), f"{slip.opinion}  {at.who[slip.signed_by]} {at(slip.signed_at)}" if slip.opinion else ""
        )
        parts += _named(
            _("Collected"), f"{at.who[slip.received_by]} {at(slip.received_at)}" if slip.received_by else ""
        )
        told = f"{slip.feedback}  {at.who[slip.feedback_by]} {at(slip.feedback_at)}"
        parts += _named(_("Feedback"), told if slip.feedback else "")
    if together:
        homes = _("{count} households", count=complaints.household_count(together))
        parts.append(pair(case.incident, f"{homes}: {' '.join(one.number for one in together)}"))
    parts += _named(_("Agreed"), f"{at.who[case.agreed_by]} {at(case.agreed_at)}" if case.agreed_at else "")
    parts += _named(_("Overrun asked"), at(case.overrun_until) if case.overrun_until else "")
    confirmed = f"{complaints.confirmation_name(case.confirmed_how)} {at(case.confirmed_at)}"
    return [*parts, *_named(_("Confirmed"), confirmed if case.confirmed_at else "")]


def _request_parts(_desk: Desk, case: Any, at: At) -> list[Content]:
    decided = f"{requests.decision_name(case.decision)}  {at.who[case.decided_by]} {at(case.decided_at)}"
    return [
        pair(_("Sort"), requests.sort_name(case.sort)),
        *_named(_("Decision"), decided if case.decision else ""),
        *_named(_("Commended"), f"{case.commended}  {at(case.published_at)}" if case.published_at else ""),
    ]


def _emergency_parts(desk: Desk, case: Any, at: At) -> list[Content]:
    """What and where, who has acknowledged it, and whom to tell in which order."""
    with desk.read() as session:
        notices = emergencies.notices_of(session, case.number)
    heard = f"{at.who[case.acknowledged_by]} {at(case.acknowledged_at)}" if case.acknowledged_at else _("nobody yet")
    if case.acknowledged_phone:
        signed = at(case.acknowledged_signed_at) if case.acknowledged_signed_at else _("not signed yet")
        by_phone = _(
            "by phone {number}, entered by {who}; signed: {signed}",
            number=clean(case.acknowledged_phone),
            who=at.who[case.acknowledged_entered_by],
            signed=signed,
        )
        heard = f"{heard}  {by_phone}"
    parts = [
        Content.styled(one_line(f"{emergencies.emergency_name(case.kind)}  {case.place}"), "bold $error"),
        pair(_("Acknowledged"), heard),
        heading(_("To be told, in this order")),
    ]
    for one in notices:
        told = f"{emergencies.outcome_name(one.outcome)} {at(one.told_at)} {at.who[one.told_by]}" if one.outcome else ""
        style = "$success" if one.outcome == "told" else "bold $warning"
        mark = "✓" if one.outcome == "told" else "·"
        # Whoever tells them has to dial: these are numbers of posts, shown to everybody.
        line = f"{one_line(f'{mark} {one.place} {one.whom}')} {clean(one.phone)}  {one_line(told)}"
        parts.append(Content.styled(line.rstrip(), style))
    return parts


def _round_parts(_desk: Desk, case: Any, at: At) -> list[Content]:
    """Why the home is on the plan, who agreed, what came of it, who has read and signed."""
    agreed = f"{case.permitted}  {at(case.meet_at)}" if case.permitted else ""
    return [
        pair(_("Why"), f"{named(rounds.KINDS, case.kind)}  {case.month}  {case.of}".rstrip()),
        *_named(_("Agreed"), agreed),
        *_named(_("Result"), named(rounds.RESULTS, case.result)),
        *_named(_("Read"), f"{at.who[case.read_by]}  {at(case.read_at)}" if case.read_at else ""),
        *_named(_("Not solved"), case.unsolved),
        *_named(_("Signed"), f"{at.who[case.signed_by]}  {at(case.signed_at)}" if case.signed_at else ""),
    ]


OWN_PARTS: dict[str, Callable[[Desk, Any, At], list[Content]]] = {
    "complaints": _complaint_parts,
    "requests": _request_parts,
    "emergencies": _emergency_parts,
    "repairs": repair_parts,
    "quality": quality_parts,
    "rounds": _round_parts,
}


def _visit_parts(desk: Desk, number: str, at: At) -> list[Content]:
    with desk.read() as session:
        visits = followups.visits_of(session, number)
    parts = []
    for one in visits:
        way = f"{at(one.at)}  {at.who[one.visitor]}  {followups.way_name(one.how)}"
        if not one.reached:
            parts.append(pair(_("Reached nobody"), f"{way}  {one.shortcomings}"))
            continue
        satisfied = _("satisfied") if one.satisfied == "yes" else _("not satisfied")
        parts.append(pair(_("Visited"), f"{way}  {satisfied}"))
        said = [f"{_(followups.QUESTIONS[name])}: {getattr(one, name)}" for name in followups.QUESTIONS]
        parts.append(Content(one_line("  ".join(part for part in said if not part.endswith(": ")))))
    return parts


def contact_parts(desk: Desk, number: str) -> list[Content]:
    """A visit, call, letter or fax, with the other matters of the same call."""
    at = At(desk)
    with desk.read() as session:
        contact = intake.get(session, number)
        whole = intake.of_call(session, contact)
        who, notes = cases.who_came(session, contact), cases.notes_of(session, number)
    waited = _("Waited for the next duty day") if contact.became else _("Waits for the next duty day")
    parts = [
        heading(f"{contact.number}  {intake.kind_name(contact.kind)}"),
        pair(_("Who"), who),
        pair(_("Received"), f"{at(contact.at)}  {channels.channel_name(contact.channel)}"),
        *_named(_("Caller's no."), contact.caller_number),
        pair(_("First asked"), at.who[contact.first_asked]),
        plain(contact.what),
        *_named(_("Handed to"), contact.handed_to),
        *_named(_("Answered"), f"{contact.answer}  {at(contact.answered_at)}".rstrip() if contact.answer else ""),
        *_named(waited, contact.carried),
        *_named(_("Record"), contact.became),
        *note_parts(notes, at),
    ]
    others = [one for one in whole if one.number != contact.number]
    if others:
        parts.append(heading(_("Of the same call")))
    parts += [Content(one_line(f"{one.number} {intake.kind_name(one.kind)} {one.what} {one.became}")) for one in others]
    return parts
