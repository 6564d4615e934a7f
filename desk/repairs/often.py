"""The third repair of one place and trade within thirty days goes to the engineering manager, who says what is done."""

from data.cases import Repair
from data.words import N_
from desk import cases
from desk.act import Act
from desk.clocks.clocks import of_record
from desk.ground import texts
from desk.ground.refusals import Refused, StateChanged
from desk.repairs.repeats import OFTEN, before
from desk.view import View

# The note of what is done so that it does not come again.
NOTE, RULE = "study", "repair.often"


def report(act: Act, case: Repair) -> None:
    """Tell the engineering manager of what came for the third time, once an order says its place and trade (OUT-9)."""
    told = _waits(act, case) or any(one.kind == NOTE for one in cases.notes_of(act.session, case.number))
    if not told and len(before(act.session, case)) + 1 >= OFTEN:
        cases.enter(act, "repairs.often", case, by_itself=True)


def _waits(view: View, case: Repair) -> bool:
    return any(one.rule == RULE and one.ended_at is None for one in of_record(view.session, case.number))


def why_not_study(view: View, case: Repair) -> Refused | None:
    """What came for the third time is looked into once; what the manager was told of stays theirs."""
    if _waits(view, case):
        return None
    if len(before(view.session, case)) + 1 < OFTEN:
        return StateChanged(N_("It has not come for the third time within thirty days."), clause="OUT-9")
    if any(one.kind == NOTE for one in cases.notes_of(view.session, case.number)):
        return StateChanged(N_("It was looked into already."), clause="OUT-9")
    return None


def study(act: Act, *, number: str, text: str) -> Repair:
    """The engineering manager says what is done so that it does not come again (OUT-9)."""
    act.require("repairs.study")
    case = cases.get_ready(act, Repair, number, why_not_study)
    cases.write_down(act, case.number, NOTE, texts.needed(text, "text", 500))
    cases.enter(act, "repairs.study", case)
    return case
