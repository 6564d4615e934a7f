"""The seven tones of every screen, by meaning, on four grounds; a screen names the tone and never a colour.

TEXT `$foreground` what is · MUTED `$foreground-muted` labels, placeholders · ACT `$accent` keys, what is chosen, the
focus · GOOD `$success` ✓ · SOON `$warning` ▲ · LATE `$error` ! ✗ ‼ · MINE `$secondary` ◆. Grounds: `$background` the
page, `$surface` raised, `$panel` raised and in use, `$selected` the chosen row; `$line` for lines and edges. What they
must reach is measured where it is painted: tests/test_looks.py; docs/looks.md says why they are as they are.
"""

from collections.abc import Mapping

from textual.theme import Theme

from screens.settings import TONES


def _theme(
    name: str,
    dark: bool,
    tones: tuple[str, str, str, str, str, str, str],
    grounds: tuple[str, str, str, str],
    line: str,
) -> Theme:
    """A theme of TEXT, MUTED, ACT, GOOD, SOON, LATE, MINE on page, raised, raised in use and chosen row."""
    text, muted, act, good, soon, late, mine = tones
    page, raised, used, selected = grounds
    return Theme(
        name=name,
        dark=dark,
        foreground=text,
        primary=act,
        accent=act,
        secondary=mine,
        success=good,
        warning=soon,
        error=late,
        background=page,
        surface=raised,
        panel=used,
        variables={
            "foreground-muted": muted,
            "foreground-disabled": muted,
            "text-muted": muted,
            "text-disabled": muted,
            "selected": selected,
            "line": line,
            "border": line,
            "block-cursor-foreground": text,
            "block-cursor-background": selected,
            "block-hover-background": used,
            "input-selection-background": selected,
            "scrollbar": line,
            "scrollbar-background": raised,
            "scrollbar-hover": act,
            "scrollbar-active": act,
        },
    )


DARK = _theme(
    "qiantai-dark", True,
    ("#e3e7ec", "#a3acb6", "#8cc4f5", "#8fe9dc", "#ffd75f", "#ff7b6b", "#b497ee"),
    ("#14181d", "#1c222a", "#222a34", "#26374a"), "#76828f",
)  # fmt: skip
LIGHT = _theme(
    "qiantai-light", False,
    ("#1b2127", "#565e66", "#0b5a9c", "#006a63", "#7a5f00", "#7d0f14", "#43219c"),
    ("#fbfaf7", "#f0eee8", "#e6e3da", "#d6e4f2"), "#7a8188",
)  # fmt: skip
DARK_CONTRAST = _theme(
    "qiantai-dark-contrast", True,
    ("#ffffff", "#d0d0d0", "#8fd3ff", "#a6fff0", "#ffe14d", "#ff8a7a", "#c9a8ff"),
    ("#000000", "#000000", "#1a1a1a", "#003a70"), "#a0a0a0",
)  # fmt: skip
LIGHT_CONTRAST = _theme(
    "qiantai-light-contrast", False,
    ("#000000", "#333333", "#003d7a", "#00605a", "#655000", "#5a0008", "#2f0d80"),
    ("#ffffff", "#ffffff", "#f0f0f0", "#cfe6ff"), "#555555",
)  # fmt: skip
# In the order in which Ctrl+T goes round.
THEMES = (DARK, LIGHT, DARK_CONTRAST, LIGHT_CONTRAST)


def own_themes(said: Mapping[str, Mapping[str, str]]) -> list[Theme]:
    """The looks of the reader's own; what one leaves out is its base's.

    Args:
        said: by name, tone or ground to colour, and "base".
    """
    found = []
    for name, tones in said.items():
        base = next((one for one in THEMES if one.name == tones.get("base")), DARK)
        known = {**_parts(base), **tones}
        first, last = [known[one] for one in TONES[:7]], [known[one] for one in TONES[7:11]]
        found.append(_theme(name, base.dark, tuple(first), tuple(last), known["line"]))  # type: ignore[arg-type]
    return found


def _parts(theme: Theme) -> dict[str, str]:
    """The tones and grounds of a look by the names that settings have for them."""
    more = theme.variables
    values = (
        theme.foreground, more["foreground-muted"], theme.accent, theme.success, theme.warning, theme.error,
        theme.secondary, theme.background, theme.surface, theme.panel, more["selected"], more["line"],
    )  # fmt: skip
    return dict(zip(TONES, map(str, values), strict=True))
