"""The command `desk`: plain, it opens the screens; with a word, it does one thing and ends."""

import os
import sys
from pathlib import Path

# Set by the shell that wants to know how a word goes on.
COMPLETES = "_DESK_COMPLETE"


def app() -> None:
    """Entry point. The way to the screens imports no command line library."""
    from screens import settings

    arguments = sys.argv[1:]
    store = None
    chosen = settings.load()
    settings.apply(chosen)
    if COMPLETES in os.environ:
        from screens.cli.completion import complete

        complete()
        return
    if arguments[:1] == ["--store"] and len(arguments) > 1:
        store, arguments = Path(arguments[1]), arguments[2:]
        os.environ["DESK_STORE"] = str(store)
        sys.argv[1:] = arguments
    if arguments[:1] == ["--install-completion"]:
        # As other programs of its kind call it.
        sys.argv[1:] = arguments = ["completion", *arguments[1:], "--install"]
    if arguments:
        from screens.cli.quick import answered

        if answered(arguments):
            return
        from screens.cli.commands import run

        run()
        return
    from desk.glance import default_path
    from screens.first_frame import first_frame

    path = store or default_path()
    need_a_terminal()
    try:
        with first_frame(path):
            from screens.app import DeskApp

            house = DeskApp(path, settings=chosen)
            house.run()
    except KeyboardInterrupt:
        # Only while it loads: later Ctrl+C is a key like any other.
        sys.exit(130)
    sys.exit(house.return_code or 0)


def need_a_terminal() -> None:
    """End with one sentence where nobody could see or type anything: a timer, a pipe, a terminal that only prints."""
    both = all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__))
    if both and os.environ.get("TERM") != "dumb":
        return
    from data.words import _

    if sys.stderr is not None:
        sys.stderr.write(_("The screens need a terminal; desk --help shows what works without one.") + "\n")
    sys.exit(2)
