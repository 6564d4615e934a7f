"""A fault of our own does not end the desk: it is told in one line, kept in a log without values, and work goes on.

Every pump that runs code of ours (the application, its screens, its own widgets) is `Guarded`: whatever a key, a
message, a timer or a callback raises is caught where it is handled, so that the pump lives on. Only a fault in
painting ends the program, for the screen could show something untrue; it has an exit status of its own, and the next
start says so.
"""

import traceback
from collections.abc import Coroutine
from typing import Any

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump

PAINTING_FAILED = 70
_PAINTING = {"render_line", "render_lines", "render", "_refresh_layout", "_compositor_refresh", "get_content_height"}


class Guarded(MessagePump):
    """A pump whose faults are told and survived."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if is_painting(error):
                raise
            failed_to_open = isinstance(message, events.Compose | events.Mount)
            self.app.fault(error, self if failed_to_open else None)  # type: ignore[attr-defined]


def is_painting(error: BaseException) -> bool:
    """Whether a fault happened while the screen was painted."""
    chain: BaseException | None = error
    while chain is not None:
        if any(frame.name in _PAINTING for frame in traceback.extract_tb(chain.__traceback__)):
            return True
        chain = chain.__cause__ or chain.__context__
    return False


async def survived(app: Any, work: Coroutine[Any, Any, Any]) -> None:
    """Run something in the background; its fault is told and survived."""
    try:
        await work
    except Exception as error:
        app.fault(error)
