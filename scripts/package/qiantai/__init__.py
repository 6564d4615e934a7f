"""Qiantai as it is installed: its floors stand inside this package, where no other `data` or `desk` meets them.

In a checkout they lie at the top, and this only finds them.
"""

import sys
from pathlib import Path

_HERE = Path(__file__).parent
if (_HERE / "screens").is_dir() and sys.path[:1] != [str(_HERE)]:
    # In front of everything: the program means its own floors by these names.
    sys.path.insert(0, str(_HERE))


def main() -> None:
    """Run the command `desk`, or `qiantai`, which is the same."""
    from screens.cli import app

    app()
