"""How somebody came to the desk."""

from data.words import N_, named

CHANNELS = {
    "visit": N_("visit"),
    "phone": N_("phone"),
    "letter": N_("letter"),
    "fax": N_("fax"),
    "email": N_("e-mail"),
    "online": N_("online message"),
    "other": N_("other"),
}
# A record that nobody came with: it was planned.
NAMES = {**CHANNELS, "plan": N_("planned")}


def channel_name(channel: str) -> str:
    """The channel in the reader's language."""
    return named(NAMES, channel)
