"""The posts at a site and its departments (ROL-1 to ROL-18, D4); what each may do, the systems say."""

from data.words import N_, named

ROLES: dict[str, str] = {
    "receptionist": N_("receptionist"),
    "guard": N_("guard"),
    "finance": N_("finance"),
    "engineer": N_("engineer"),
    "engineering_manager": N_("engineering manager"),
    "customer_officer": N_("customer officer"),
    "supervisor": N_("supervisor"),
    "project_supervisor": N_("project supervisor"),
    "company_manager": N_("company manager"),
    "administrator": N_("administrator"),
    "archivist": N_("archivist"),
}

DESK = frozenset({"receptionist", "customer_officer", "supervisor", "project_supervisor"})
LEADERS = frozenset({"supervisor", "project_supervisor", "company_manager"})
# Who leads at the site itself.
HEADS = frozenset({"supervisor", "project_supervisor"})
# Who stands on a post: the desk's people and the guards.
ON_POST = DESK | {"guard"}
# Who repairs, and their manager, who alone answers for what stands on no price list (REP-9).
ENGINEERS = frozenset({"engineer", "engineering_manager"})
STAFF = DESK | LEADERS | ENGINEERS | {"finance", "archivist", "administrator"}
ADMIN = frozenset({"administrator"})
PEOPLE = STAFF | {"guard"}
# Who keeps the archive (ROL-13).
KEEPERS = LEADERS | {"archivist"}
# What only a rule does.
NOBODY: frozenset[str] = frozenset()

DEPARTMENTS: dict[str, str] = {
    "customer_service": N_("customer service"),
    "engineering": N_("engineering department"),
    "security": N_("security"),
    "cleaning": N_("cleaning"),
    "finance": N_("finance department"),
}


def role_name(role: str) -> str:
    """The role in the reader's language."""
    return named(ROLES, role)


def role_names(roles: str) -> str:
    """A blank-separated list of roles in the reader's language."""
    return ", ".join(role_name(role) for role in roles.split())


def home(roles: str) -> str:
    """The room in which somebody with these roles begins."""
    held = set(roles.split())
    if held == ADMIN:
        return "site"
    if held & LEADERS:
        return "queue"
    if "finance" in held and not held & DESK:
        return "passes"
    if held & DESK:
        return "intake"
    if held & ENGINEERS:
        return "repairs"
    if "guard" in held:
        return "gate"
    return "archive" if "archivist" in held else "queue"
