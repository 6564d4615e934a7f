"""What an entry of the journal says: its verb, and what the facts make of it."""

from collections.abc import Mapping
from typing import Any

from data.words import N_, _


def verb_name(verb: str) -> str:
    """What a verb says to a reader, whatever the facts."""
    return _(VERB_NAMES.get(verb, verb))


def sentence(verb: str, facts: Mapping[str, Any]) -> str:
    """What an entry says in the reader's language; where a fact turns what the verb says, the fact has the word."""
    for name, value in facts.items():
        if (said := BY_FACT.get((verb, name, str(value)))) is not None:
            return _(said)
    return verb_name(verb)


# (verb, fact, value): what happened when the fact has this value.
BY_FACT: dict[tuple[str, str, str], str] = {
    ("passes.return_slip", "slip", "lost"): N_("lower part lost"),
    ("passes.print", "way", "file"): N_("pass saved as a file"),
    ("papers.print", "way", "file"): N_("paper saved as a file"),
    ("passes.issue", "archive_wrong", "yes"): N_("pass issued against the archive"),
    ("passes.call", "outcome", "unreached"): N_("called again: not reached"),
    ("passes.call", "outcome", "refuses"): N_("called again: refused"),
    ("passes.call", "outcome", "agrees"): N_("called again: agreed"),
    ("passes.let_out", "rest", "some"): N_("part let out at the gate"),
    ("complaints.decide_overrun", "approved", "yes"): N_("overrun approved"),
    ("complaints.decide_overrun", "approved", "no"): N_("overrun refused"),
    ("complaints.confirm", "how", "declined"): N_("customer will not confirm"),
    ("requests.decide", "decision", "adopted"): N_("suggestion adopted"),
    ("requests.decide", "decision", "declined"): N_("suggestion declined"),
    ("followups.visit", "satisfied", "yes"): N_("return visit: satisfied"),
    ("followups.visit", "satisfied", "no"): N_("return visit: not satisfied"),
    ("emergencies.acknowledge", "how", "phone"): N_("emergency acknowledged by phone"),
}

VERB_NAMES = {
    "contacts.take": N_("contact taken"),
    "contacts.answer": N_("answered"),
    "complaints.register": N_("complaint registered"),
    "complaints.refer": N_("complaint passed on"),
    "complaints.reply": N_("complaint answered"),
    "complaints.investigate": N_("complaint investigated"),
    "complaints.promise": N_("next reply agreed"),
    "complaints.reopen": N_("complaint opened again"),
    "complaints.written_reply": N_("formal written answer"),
    "complaints.close": N_("complaint closed"),
    "complaints.answer": N_("result told to the customer"),
    "complaints.describe": N_("details written down"),
    "complaints.settle": N_("complaint settled"),
    "complaints.confirm": N_("confirmed by the customer"),
    "complaints.archive": N_("complaint filed"),
    "complaints.merge": N_("put together with others"),
    "complaints.prevent": N_("prevention agreed"),
    "complaints.report": N_("superiors told"),
    "complaints.tell": N_("superior told"),
    "complaints.sign": N_("handling opinion signed"),
    "complaints.recall": N_("slip taken back"),
    "complaints.receive": N_("slip collected"),
    "complaints.feedback": N_("department reported back"),
    "complaints.agree": N_("result agreed to"),
    "complaints.send_back": N_("sent back to the department"),
    "complaints.ask_overrun": N_("overrun asked for"),
    "complaints.decide_overrun": N_("overrun decided"),
    "complaints.grade": N_("nature and grade fixed"),
    "complaints.promote": N_("became major"),
    "complaints.declare": N_("declared major"),
    "requests.reopen": N_("request opened again"),
    "requests.decide": N_("suggestion decided"),
    "requests.publish": N_("measures posted"),
    "emergencies.register": N_("emergency taken"),
    "emergencies.refer": N_("emergency passed on"),
    "emergencies.tell": N_("somebody on the list told"),
    "emergencies.told_all": N_("everybody on the list told"),
    "emergencies.acknowledge": N_("emergency acknowledged"),
    "emergencies.report": N_("running report"),
    "emergencies.reply": N_("caller answered"),
    "emergencies.promise": N_("next reply agreed"),
    "rescues.end": N_("rescue ended"),
    "emergencies.close": N_("emergency over"),
    "followups.attempt": N_("return visit reached nobody"),
    "contacts.promise": N_("reply agreed"),
    "clocks.chase": N_("chased"),
    "requests.register": N_("request registered"),
    "requests.refer": N_("request passed on"),
    "requests.reply": N_("request answered"),
    "requests.promise": N_("next reply agreed"),
    "requests.close": N_("request closed"),
    "repairs.register": N_("repair registered"),
    "repairs.order": N_("repair order written"),
    "repairs.notify": N_("engineering told"),
    "repairs.close": N_("repair closed"),
    "followups.visit": N_("return visit made"),
    "passes.issue": N_("pass issued"),
    "passes.sign_fees": N_("fees signed as settled"),
    "passes.seal": N_("pass sealed"),
    "passes.void": N_("pass voided"),
    "passes.hold": N_("pass put on hold"),
    "passes.call": N_("called again"),
    "passes.alert": N_("carried out piece by piece"),
    "passes.look": N_("alert looked at"),
    "passes.extend": N_("validity extended"),
    "passes.begin_print": N_("printing begun"),
    "passes.print": N_("pass printed"),
    "passes.fail_print": N_("printing failed"),
    "papers.print": N_("paper printed"),
    "passes.return_slip": N_("lower part came back"),
    "passes.export": N_("register exported"),
    "passes.let_out": N_("let out at the gate"),
    "passes.refuse": N_("refused at the gate"),
    "fees.record": N_("arrears written"),
    "reports.open_week": N_("week opened"),
    "reports.close_requests_week": N_("week summed up and filed"),
    "clocks.warn": N_("deadline near"),
    "clocks.breach": N_("deadline missed"),
    "clocks.escalate": N_("reported upwards"),
    "clocks.pause": N_("clock paused"),
    "clocks.resume": N_("clock resumed"),
    "clocks.extend": N_("deadline extended"),
    "clocks.recompute": N_("deadline recomputed"),
    "directory.import": N_("roster imported"),
    "directory.show_id": N_("ID number shown"),
    "standards.choose": N_("standard chosen"),
    "holidays.import": N_("holiday notice imported"),
    "operators.add": N_("operator added"),
    "operators.disable": N_("operator disabled"),
    "operators.enable": N_("operator let in again"),
    "operators.set_secret": N_("secret changed"),
    "operators.sign_in": N_("signed in"),
    "operators.prefer": N_("preference set"),
    "journal.confirm_time": N_("machine time confirmed"),
    "journal.accept": N_("journal accepted as it stands"),
    "site.set_up": N_("site set up"),
}
