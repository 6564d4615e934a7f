"""The posts at a site, and which of them may do what (ROL-1 to ROL-18, D4)."""

from data.words import N_, _

ROLES: dict[str, str] = {
    "receptionist": N_("receptionist"),
    "guard": N_("guard"),
    "finance": N_("finance"),
    "engineer": N_("engineer"),
    "customer_officer": N_("customer officer"),
    "supervisor": N_("supervisor"),
    "project_supervisor": N_("project supervisor"),
    "company_manager": N_("company manager"),
    "administrator": N_("administrator"),
    "archivist": N_("archivist"),
}

DESK = frozenset({"receptionist", "customer_officer", "supervisor", "project_supervisor"})
LEADERS = frozenset({"supervisor", "project_supervisor", "company_manager"})
STAFF = DESK | LEADERS | {"finance", "engineer", "archivist", "administrator"}
ADMIN = frozenset({"administrator"})
PEOPLE = STAFF | {"guard"}
# What only a rule does.
NOBODY: frozenset[str] = frozenset()

MAY: dict[str, frozenset[str]] = {
    "contacts.take": DESK,
    "contacts.answer": DESK,
    "contacts.promise": DESK,
    "contacts.read": STAFF,
    "complaints.register": DESK,
    "complaints.refer": DESK,
    "complaints.reply": DESK,
    "complaints.close": DESK,
    "complaints.investigate": DESK,
    "complaints.promise": DESK,
    "complaints.answer": DESK,
    "complaints.describe": DESK,
    "complaints.settle": DESK,
    "complaints.confirm": DESK,
    "complaints.archive": DESK,
    "complaints.merge": DESK,
    "complaints.prevent": DESK,
    "complaints.report": DESK,
    "complaints.tell": DESK,
    "complaints.feedback": PEOPLE,
    "complaints.receive": PEOPLE,
    "complaints.recall": frozenset({"supervisor", "project_supervisor"}),
    "complaints.sign": frozenset({"supervisor", "project_supervisor"}),
    "complaints.grade": frozenset({"project_supervisor"}),
    "complaints.agree": frozenset({"project_supervisor", "company_manager"}),
    "complaints.send_back": frozenset({"project_supervisor", "company_manager"}),
    "complaints.ask_overrun": DESK,
    "complaints.decide_overrun": frozenset({"company_manager"}),
    "complaints.declare": frozenset({"company_manager"}),
    "complaints.promote": NOBODY,
    "complaints.reopen": NOBODY,
    "complaints.written_reply": frozenset({"supervisor"}),
    "complaints.read": STAFF,
    "requests.register": DESK,
    "requests.refer": DESK,
    "requests.reply": DESK,
    "requests.close": DESK,
    "requests.promise": DESK,
    "requests.reopen": NOBODY,
    "requests.decide": frozenset({"project_supervisor"}),
    "requests.publish": LEADERS,
    "requests.read": STAFF,
    "emergencies.register": PEOPLE,
    "emergencies.refer": DESK,
    "emergencies.tell": PEOPLE,
    "emergencies.told_all": NOBODY,
    "emergencies.acknowledge": LEADERS,
    "emergencies.acknowledge_by_phone": PEOPLE,
    "emergencies.sign": LEADERS,
    "emergencies.report": PEOPLE,
    "emergencies.reply": DESK,
    "emergencies.promise": DESK,
    "emergencies.close": DESK,
    "emergencies.read": PEOPLE,
    "rescues.end": NOBODY,
    "repairs.register": DESK,
    "repairs.notify": DESK,
    "repairs.order": DESK,
    "repairs.close": DESK,
    "repairs.read": STAFF,
    "followups.visit": DESK,
    "followups.attempt": DESK,
    "passes.issue": DESK,
    "passes.sign_fees": frozenset({"finance"}),
    "passes.seal": DESK,
    "passes.void": DESK,
    "passes.hold": DESK,
    "passes.call": DESK,
    "passes.alert": DESK,
    "passes.look": LEADERS,
    "passes.extend": LEADERS,
    "passes.print": DESK,
    "passes.begin_print": DESK,
    "passes.fail_print": DESK,
    "papers.print": STAFF,
    "passes.return_slip": DESK,
    "passes.export": LEADERS | {"receptionist"},
    "passes.let_out": frozenset({"guard"}),
    "passes.refuse": frozenset({"guard"}),
    "fees.record": frozenset({"finance"}),
    "passes.read": STAFF | {"guard"},
    "directory.read": STAFF,
    "directory.import": LEADERS | ADMIN,
    "directory.phones": STAFF,
    "directory.reindex": LEADERS | ADMIN,
    "directory.show_id": LEADERS | {"receptionist", "customer_officer"},
    "clocks.read": STAFF,
    "clocks.pause": LEADERS,
    "clocks.resume": LEADERS,
    "clocks.extend": LEADERS,
    "clocks.chase": DESK | LEADERS,
    "clocks.tick": frozenset(ROLES) | {"desk"},
    "standards.choose": LEADERS | ADMIN,
    "holidays.import": LEADERS | ADMIN,
    "operators.add": ADMIN,
    "operators.disable": ADMIN,
    "operators.enable": ADMIN,
    "operators.set_secret": ADMIN,
    "operators.prefer": frozenset(ROLES),
    "reports.read": LEADERS | {"receptionist", "customer_officer", "archivist"},
    "reports.open_week": NOBODY,
    "reports.close_requests_week": DESK,
    "journal.read": LEADERS | ADMIN | {"receptionist", "customer_officer"},
    "journal.confirm_time": LEADERS | ADMIN,
    "journal.accept": ADMIN,
    "operators.sign_in": frozenset(ROLES),
    "site.set_up": ADMIN,
}

DEPARTMENTS: dict[str, str] = {
    "customer_service": N_("customer service"),
    "engineering": N_("engineering department"),
    "security": N_("security"),
    "cleaning": N_("cleaning"),
    "finance": N_("finance department"),
}


def role_name(role: str) -> str:
    """The role in the reader's language."""
    return _(ROLES[role]) if role in ROLES else role


def role_names(roles: str) -> str:
    """A blank-separated list of roles in the reader's language."""
    return ", ".join(role_name(role) for role in roles.split())


def home(roles: str) -> str:
    """The room in which somebody with these roles begins."""
    held = set(roles.split())
    if held & LEADERS:
        return "queue"
    if "finance" in held and not held & DESK:
        return "passes"
    if held & DESK:
        return "intake"
    return "gate" if "guard" in held else "queue"


def may(roles: str, verb: str) -> bool:
    """Whether any of the roles may do it; what nobody is named for, nobody may do."""
    return bool(set(roles.split()) & MAY.get(verb, frozenset()))
