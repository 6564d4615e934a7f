"""What a machine is told so that it looks after a store by itself: timers for promises and the backup, a menu entry."""

import shlex
from pathlib import Path
from typing import NamedTuple

KINDS = ("systemd", "cron", "desktop", "harden")

_SERVICE = """\
[Unit]
Description=Qiantai: {what}
RequiresMountsFor="{folder}"

[Service]
Type=oneshot
User={user}
Environment="DESK_STORE={store}"
ExecStart="{program}" {word}
UMask=0077
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths="{folder}"
PrivateTmp=yes
"""
_TIMER = """\
[Unit]
Description=Qiantai: {what}

[Timer]
OnCalendar={when}
Persistent=true
AccuracySec=1s

[Install]
WantedBy=timers.target
"""
_CRON = """\
# Put it into /etc/cron.d/qiantai, or without the account's name into that account's own table (crontab -e).
* * * * * {user} {program} tick --store {store} >/dev/null
30 3 * * * {user} {program} backup --store {store} >/dev/null
"""
_DESKTOP = """\
[Desktop Entry]
Type=Application
Name=Qiantai Front Desk
Name[zh_CN]=前台
Comment=Every promise of the front desk, counting down
Comment[zh_CN]=前台的每个承诺，都在倒计时
Exec={program} --store {store}
Terminal=true
Categories=Office;
"""
_HARDEN = """\
# The files belong to an account of their own, and people reach them through one rule that runs nothing but the program.
# Run as root, with every desk closed. The people's accounts belong to the group desks: usermod -aG desks NAME
useradd --system --home-dir {folder} --shell /usr/sbin/nologin qiantai
groupadd -f desks
chown -R qiantai:qiantai {folder}
chmod -R u=rwX,go= {folder}
echo '%desks ALL=(qiantai) NOPASSWD: {rule}' > /etc/sudoers.d/qiantai
chmod 440 /etc/sudoers.d/qiantai
visudo -c
# At the desks: sudo -u qiantai {program} --store {store}
# Over ssh, a line per desk in that account's authorized_keys, before the key:
# restrict,pty,command="{program} --store {store}"
"""
# What means something within the quotes of a menu entry; a backslash is read twice there.
ESCAPED = '"`$'
# Word, what it does, when.
_TIMED = (("tick", "warnings and escalations", "minutely"), ("backup", "the daily backup", "*-*-* 03:30:00"))


_SINGLE = {
    "cron": ("qiantai.cron", _CRON), "desktop": ("qiantai.desktop", _DESKTOP), "harden": ("harden.sh", _HARDEN),
}  # fmt: skip


class Place(NamedTuple):
    """Which program works on which store as which account."""

    program: Path
    store: Path
    user: str


def files(kind: str, place: Place) -> dict[str, str]:
    """The files of a kind by name.

    Args:
        kind: one of KINDS.

    Raises:
        KeyError: no such kind.
    """
    said = {"program": place.program, "store": place.store, "folder": place.store.parent, "user": place.user}
    if kind == "systemd":
        # To systemd a percent sign begins a word of its own, and a quote ends one.
        said = {name: _escaped(str(value).replace("%", "%%"), '"\\') for name, value in said.items()}
        return {
            f"qiantai-{word}.{part}": text.format(word=word, what=what, when=when, **said)
            for word, what, when in _TIMED
            for part, text in (("service", _SERVICE), ("timer", _TIMER))
        }
    if kind == "cron":
        # To cron a percent sign ends the line.
        said = {name: shlex.quote(str(value)).replace("%", r"\%") for name, value in said.items()}
    if kind == "desktop":
        said = {name: f'"{_escaped(str(value), ESCAPED)}"'.replace("%", "%%") for name, value in said.items()}
    if kind == "harden":
        said = {name: shlex.quote(str(value)) for name, value in said.items()}
        said["rule"] = _for_sudo(f"{place.program} --store {place.store}")
    name, text = _SINGLE[kind]
    return {name: text.format(**said)}


def _escaped(text: str, signs: str) -> str:
    return "".join(f"\\{sign}" if sign in signs else sign for sign in text)


def _for_sudo(command: str) -> str:
    """A command as the rules of sudo have it: what means something there is escaped, and no quote ends the line."""
    return _escaped(command, ",:=\\").replace("'", "'\\''")
