"""A calm look, light and dark."""

from textual.theme import Theme

DARK = Theme(
    name="qiantai-dark", dark=True,
    primary="#7aa2c8", secondary="#8fb8a8", accent="#d8b26e", foreground="#d5d9de", background="#15191f",
    surface="#1b2028", panel="#242b35", success="#8fbf8f", warning="#d8b26e", error="#e08a7b",
)  # fmt: skip
LIGHT = Theme(
    name="qiantai-light", dark=False,
    primary="#2f5f8a", secondary="#3f7766", accent="#9a6b14", foreground="#20262d", background="#f6f5f1",
    surface="#eeece6", panel="#e2dfd6", success="#2e7046", warning="#8f5d00", error="#a8341f",
)  # fmt: skip
