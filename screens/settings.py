"""What a person sets for their own terminal, in one file: where the store is, language, look, signs, keys.

Nothing here imports Textual or opens a store: the file is read before anything heavy is loaded.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.cleaning import clean
from data.words import LANGUAGES, N_, _

SIGNS = ("auto", "plain", "full")
COLOURS = ("auto", "full", "16", "none")
# The tones and grounds of a look, in the order of screens/theme.py.
TONES = ("text", "muted", "act", "good", "soon", "late", "mine", "page", "raised", "used", "selected", "line")
BASES = ("qiantai-dark", "qiantai-light")
# Values of one line: name, what it may be, "" for any text.
PLAIN: Mapping[str, tuple[str, ...]] = {
    "store": (),
    "language": tuple(LANGUAGES),
    "theme": (),
    "signs": SIGNS,
    "colours": COLOURS,
    "sound": ("true", "false"),
}
# The room under which keys of every room stand.
EVERYWHERE = "everywhere"

EXAMPLE = N_("""\
# Qiantai: what this person sets for this terminal. Every line may be left out.

# Where the store is. DESK_STORE and --store go before it.
# store = "/srv/desk/qiantai.db"

# "zh" or "en"; whoever switches with F12 keeps what they chose. DESK_LANG goes before it.
# language = "zh"

# qiantai-dark, qiantai-light, qiantai-dark-contrast, qiantai-light-contrast, or one of your own below.
# theme = "qiantai-dark"

# Signs such as ◆ ▲ ●: "full", "plain" (* ^ o) where the terminal draws them two cells wide, "auto" measures it.
# signs = "auto"

# "full", "16", "none" (NO_COLOR says the same), or "auto" for what the terminal says that it can.
# colours = "auto"

# Whether the gate and an emergency ring the terminal's bell.
# sound = true

# Keys of rooms (not of forms): what the help shows on the left, the key that does it from now on on the right.
# [keys.everywhere]
# f3 = "alt+q"
# [keys.queue]
# c = "u"

# A look of your own: what it leaves out is taken from its base.
# [themes.mine]
# base = "qiantai-light"
# page = "#fffdf5"
# act = "#0b5a9c"
""")


NO_LOOK = N_("theme: there is no look {name}; there are: {names}")
# A problem: msgid, and what stands in it.
Trouble = tuple[str, dict[str, object]]


@dataclass
class Settings:
    """What the file says; problems: what of it could not be used.

    keys: by room, the key that help shows to the key that does it; themes: by name, tone to colour.
    """

    path: Path
    store: str = ""
    language: str = ""
    theme: str = ""
    signs: str = "auto"
    colours: str = "auto"
    sound: bool = True
    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    themes: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Trouble] = field(default_factory=list)

    def told(self) -> list[str]:
        """Every problem in the reader's language."""
        return [_(text, **facts) for text, facts in self.problems]

    def note(self, text: str, **facts: object) -> None:
        """Keep a problem, to be told once the language is known."""
        self.problems.append((text, facts))


def default_path() -> Path:
    """Where the file is: DESK_CONFIG, else the user's folder of settings."""
    named = os.environ.get("DESK_CONFIG")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "qiantai" / "config.toml"


def load(path: Path | None = None) -> Settings:
    """The settings of a file; without one, and of what is wrong in it, the usual ones."""
    found = Settings(path or default_path())
    try:
        text = found.path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return found
    except (OSError, UnicodeDecodeError) as error:
        found.note(N_("It cannot be read: {why}"), why=getattr(error, "strerror", "") or "UTF-8")
        return found
    import tomllib

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found.note(N_("It is no TOML: {why}"), why=str(error))
        return found
    for name, value in said.items():
        _take(found, name, value)
    return found


def _take(found: Settings, name: str, value: object) -> None:
    if name in PLAIN:
        text = str(value).lower() if isinstance(value, bool) else value
        allowed = PLAIN[name]
        if not isinstance(text, str) or (allowed and text not in allowed):
            may_be, value = ", ".join(allowed) or '"..."', clean(str(value))
            found.note(
                N_("{name}: {value} is not possible; possible is: {may_be}"), name=name, value=value, may_be=may_be
            )
            return
        setattr(found, name, text == "true" if name == "sound" else text)
    elif name in ("keys", "themes") and not isinstance(value, dict):
        found.note(N_("{name}: a table of texts is wanted."), name=name)
    elif name in ("keys", "themes") and isinstance(value, dict):
        for part, pairs in value.items():
            if isinstance(pairs, dict) and all(isinstance(one, str) for one in pairs.values()):
                getattr(found, name)[part] = dict(pairs)
            else:
                found.note(N_("{name}: a table of texts is wanted."), name=f"{name}.{part}")
        if name == "themes":
            _check_themes(found)
    else:
        names = ", ".join((*PLAIN, "keys", "themes"))
        found.note(N_("{name} is no setting; there are: {names}"), name=name, names=names)


def _check_themes(found: Settings) -> None:
    for name in found.themes.keys() & {*BASES, *(f"{base}-contrast" for base in BASES)}:
        found.note(N_("themes.{name}: that look is shipped; give yours another name."), name=name)
        del found.themes[name]
    for name, tones in list(found.themes.items()):
        for tone, colour in tones.items():
            known = tone in TONES or tone == "base"
            right = colour in BASES if tone == "base" else _is_colour(colour)
            if not known or not right:
                text = N_("themes.{name}: {tone} = {colour} is not possible.")
                found.note(text, name=name, tone=tone, colour=colour)
                found.themes.pop(name, None)


def _is_colour(text: str) -> bool:
    return re.fullmatch("#[0-9a-fA-F]{6}", text) is not None


def apply(found: Settings) -> None:
    """Let store and language of the file hold where the environment says nothing."""
    for name, value in (("DESK_STORE", found.store), ("DESK_LANG", found.language)):
        if value:
            os.environ.setdefault(name, os.path.expanduser(value))
