"""Release passes 物品放行: from the request at the desk to the last sofa out of the gate (REL-1 to REL-29).

terms: the words · goods, goods_lines, declared: what leaves · carrier: whose card it is · proof: who may have one ·
fees: what is owed · watch: piece by piece · contents: what is fixed · issuing, life: the acts · reading: one pass ·
register: lists and figures · paper: the form · output: printing, saving, exporting.
"""

from desk.passes.declared import parse_items
from desk.passes.fees import owed, owed_by_unit, read_snapshot, record_arrears
from desk.passes.goods import Item, needs_no_pass
from desk.passes.goods_lines import Unclear
from desk.passes.issuing import Draft, call, issue
from desk.passes.life import begin_print, correct, extend, return_slip, seal, sign_fees, slip_missing, void
from desk.passes.output import export, put_on_paper
from desk.passes.proof import Call, calls_of, facts_on_file, opinion_source, outcome_name, owner_phones, proof_text
from desk.passes.reading import get, in_words, items_of, replaced_by, unit_label
from desk.passes.register import page, page_of_unit, shown_state, warnings
from desk.passes.terms import (
    CARRIERS,
    NATURES,
    REASONS,
    STATES,
    carrier_name,
    nature_name,
    reason_name,
    slip_name,
    state_name,
)
from desk.passes.watch import look

__all__ = [
    "CARRIERS",
    "NATURES",
    "REASONS",
    "STATES",
    "Call",
    "Draft",
    "Item",
    "Unclear",
    "begin_print",
    "call",
    "calls_of",
    "carrier_name",
    "correct",
    "export",
    "extend",
    "facts_on_file",
    "get",
    "in_words",
    "issue",
    "items_of",
    "look",
    "nature_name",
    "needs_no_pass",
    "opinion_source",
    "outcome_name",
    "owed",
    "owed_by_unit",
    "owner_phones",
    "page",
    "page_of_unit",
    "parse_items",
    "proof_text",
    "put_on_paper",
    "read_snapshot",
    "reason_name",
    "record_arrears",
    "replaced_by",
    "return_slip",
    "seal",
    "shown_state",
    "sign_fees",
    "slip_missing",
    "slip_name",
    "state_name",
    "unit_label",
    "void",
    "warnings",
]
