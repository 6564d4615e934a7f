"""What somebody is to a home."""

from data.words import N_, named

RELATIONS = {"owner": N_("owner"), "tenant": N_("tenant"), "family": N_("family"), "employee": N_("employee")}


def relation_name(relation: str) -> str:
    """The relation in the reader's language."""
    return named(RELATIONS, relation)
