"""The terminal: its bytes become keys, whatever its encoding, and an input method's commit is one piece.

The toolkit's reader takes UTF-8 for granted and ends the program at the first other byte, joins a quick Escape with
the key after it, and cannot tell a commit from single keys. This one decodes by the locale, and what cannot be decoded
is a bell and a note.
"""

import codecs
import os
import selectors
import time
from collections.abc import Callable, Iterable, Iterator
from threading import Thread
from typing import Any

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from screens import first_frame
from screens.early_keys import encoding
from screens.poor_terminals import MEASURED

ESCAPE = "\x1b"
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
# What may follow an Escape byte in a sequence that the terminal sends for one key.
SEQUENCE = ("[", "O", "\x7f", "\x08")
CHUNK = 4096
# Seconds without a byte after which a paste is over, whether its end came or not.
LONGEST_PAUSE = 1.0


class KeyReader:
    """From the terminal's bytes to keys and pastes.

    Args:
        name: the encoding.
        foreign: called once for bytes that cannot be decoded.
    """

    def __init__(self, name: str, foreign: Callable[[], None]) -> None:
        self._decode = codecs.getincrementaldecoder(name)("surrogateescape").decode
        self._parser = XTermParser()
        self._foreign = foreign
        self._held, self._held_at = "", 0.0
        self._fed_at = 0.0
        self._pasting, self._pasted = False, ""

    @property
    def waits(self) -> bool:
        """Whether an Escape waits for what may follow it."""
        return bool(self._held) and not self._pasting

    def feed(self, data: bytes) -> list[Message]:
        """The keys and pastes that a chunk of bytes completes."""
        self._fed_at = time.monotonic()
        text = self._decode(data)
        clean = "".join(char for char in text if not "\ud800" <= char <= "\udfff")
        if clean != text:
            self._foreign()
        return list(pieces(self._events(clean)))

    def tick(self) -> list[Message]:
        """The keys that time completes: an Escape after which nothing came."""
        found: list[Message] = []
        if self._pasting and time.monotonic() - self._fed_at > LONGEST_PAUSE:
            # Its end never came: what is there is the paste, and keys are keys again.
            found.append(events.Paste(self._pasted + self._held))
            self._pasting, self._held = False, ""
        if self._held and not self._pasting and time.monotonic() - self._held_at >= constants.ESCAPE_DELAY:
            held, self._held = self._held, ""
            found += [events.Key("escape", ESCAPE)] if held == ESCAPE else self._parser.feed(held)
        return [*found, *self._parser.tick()]

    def _events(self, text: str) -> Iterator[Message]:
        text, self._held = self._held + text, ""
        while text:
            if self._pasting:
                inside, ends, text = text.partition(PASTE_ENDS)
                self._pasting = not ends
                if not ends:
                    inside, self._held = _without_beginning(inside, PASTE_ENDS)
                self._pasted += inside.replace("\0", "")
                if not ends:
                    return
                yield events.Paste(self._pasted.replace("\r\n", "\n").replace("\r", "\n"))
                continue
            before, escape, after = text.partition(ESCAPE)
            if before:
                yield from self._parser.feed(before)
            if PASTE_BEGINS.startswith(escape + after):
                # It may go on with the next chunk.
                self._held, self._held_at = escape + after, time.monotonic()
                return
            if (escape + after).startswith(PASTE_BEGINS):
                self._pasting, self._pasted = True, ""
                text = after[len(PASTE_BEGINS) - 1 :]
            elif after.startswith(SEQUENCE):
                yield from self._parser.feed(ESCAPE + after[0])
                text = after[1:]
            else:
                yield events.Key("escape", ESCAPE)
                text = after


def _without_beginning(text: str, mark: str) -> tuple[str, str]:
    """A text without what may be the beginning of a mark at its end, and that beginning."""
    for length in range(min(len(mark) - 1, len(text)), 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""


def pieces(found: Iterable[Message]) -> Iterator[Message]:
    """Keys as they came; characters that no key of a keyboard makes, with what stands between them, as one piece.

    A person's keys are ASCII. Anything else that arrives together was committed by an input method and belongs
    together; ASCII before and after it may have been keys and stays so.
    """
    run: list[events.Key] = []
    for event in found:
        if isinstance(event, events.Key) and event.is_printable and event.character:
            run.append(event)
            continue
        yield from _split(run)
        run = []
        yield event
    yield from _split(run)


def _split(run: list[events.Key]) -> Iterator[Message]:
    foreign = [place for place, event in enumerate(run) if not (event.character or "").isascii()]
    if not foreign:
        yield from run
        return
    first, last = foreign[0], foreign[-1] + 1
    yield from run[:first]
    yield events.Paste("".join(event.character or "" for event in run[first:last]))
    yield from run[last:]


class Terminal(LinuxDriver):
    """The toolkit's terminal with a reader of keys that nothing ends but the terminal itself."""

    typed = b""

    def start_application_mode(self) -> None:
        # From here on nobody else reads the terminal or writes to it.
        self.typed += first_frame.typed_early()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._app.settings.signs == "auto":  # type: ignore[attr-defined]
            # How wide a sign is drawn: the answer is where the cursor stands behind it.
            self.write(f"\x1b[1;1H{MEASURED}\x1b[6n\x1b[1;1H  ")

    def run_input_thread(self) -> None:
        reader = KeyReader(encoding(), self._foreign)
        typed, self.typed = self.typed, b""
        for event in reader.feed(typed):
            self.process_message(event)
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        try:
            while not self.exit_event.is_set():
                for _ready in selector.select(0.05 if reader.waits else 0.1):
                    data = self._read()
                    if not data:
                        self._tell(self._app.hang_up)  # type: ignore[attr-defined]
                        return
                    for event in reader.feed(data):
                        self.process_message(event)
                for event in reader.tick():
                    self.process_message(event)
        finally:
            selector.close()

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, CHUNK)
        except OSError:
            # The terminal was closed.
            return b""

    def _foreign(self) -> None:
        self._tell(self._app.undecoded)  # type: ignore[attr-defined]

    def _tell(self, work: Callable[[], Any]) -> None:
        self._loop.call_soon_threadsafe(work)

    def write(self, data: str) -> None:
        # A closed terminal takes nothing any more, and a full queue would wait for it for ever.
        writer = self._writer_thread
        if writer is not None and isinstance(writer, Thread) and writer.is_alive():
            super().write(data)
