"""What is typed while the toolkit loads stands in the card's boxes at once, and is typed again where it belongs.

Nothing here imports Textual. A thread reads the terminal until the program's own reader begins, and shows what the
plainest keys do: characters, Backspace, Enter and Tab. Whatever else comes is kept unshown, for the program knows it.
"""

import codecs
import locale
import os
import select
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread

CHUNK = 4096
ERASE = ("\x7f", "\x08")
ERASE_ALL = "\x15"
NEXT = ("\r", "\t")
HIDDEN = "•"


def encoding() -> str:
    """The encoding of the locale; Chinese ones of two bytes as the one that holds them all, none as UTF-8."""
    found = codecs.lookup(locale.getencoding()).name
    if found in ("gb2312", "gbk", "gb18030", "cp936"):
        return "gb18030"
    return "utf-8" if found == "ascii" else found


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    wide = {"W": 2, "F": 2}
    return sum(0 if unicodedata.combining(c) else wide.get(unicodedata.east_asian_width(c), 1) for c in text)


@dataclass
class Boxes:
    """Code and secret as they are typed before the real boxes are there.

    longest: how many characters each takes; here: 0 in the code, 1 in the secret, 2 once both were entered;
    lost: something came that only the program knows what to do with, so nothing more is shown.
    """

    longest: tuple[int, int] = (40, 200)
    texts: list[str] = field(default_factory=lambda: ["", ""])
    here: int = 0
    lost: bool = False

    def take(self, text: str) -> None:
        """What a piece of typing does to the boxes."""
        for char in text:
            if self.lost or self.here > 1:
                return
            if char in NEXT:
                # Enter leaves a box that something stands in; Tab leaves any.
                self.here += 1
            elif char in ERASE:
                self.texts[self.here] = self.texts[self.here][:-1]
            elif char == ERASE_ALL:
                self.texts[self.here] = ""
            elif char.isprintable():
                self.texts[self.here] = (self.texts[self.here] + char)[: self.longest[self.here]]
            else:
                self.lost = True

    def shown(self, place: int) -> str:
        """What one sees of a box; nobody sees a secret."""
        return self.texts[place] if place == 0 else HIDDEN * len(self.texts[1])


class EarlyKeys:
    """Reads the terminal until it is told to stop.

    Args:
        handle: the terminal's number.
        show: called with the boxes whenever something was typed.
        before: bytes that were typed before, which are shown at once.
    """

    def __init__(self, handle: int, show: Callable[[Boxes], None], before: bytes = b"") -> None:
        self._handle, self._show, self._bytes = handle, show, before
        self._boxes, self._decode = Boxes(), codecs.getincrementaldecoder(encoding())("replace").decode
        self._wake, self._waker = os.pipe()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to read."""
        if self._bytes:
            self._took(self._bytes)
        self._thread = Thread(target=self._run, name="early-keys", daemon=True)
        self._thread.start()

    def stop(self) -> bytes:
        """End reading; gives back everything that was typed, for whoever reads from now on."""
        if self._thread is not None:
            os.write(self._waker, b".")
            self._thread.join()
            self._thread = None
            os.close(self._wake)
            os.close(self._waker)
        found, self._bytes = self._bytes, b""
        # A line feed is Enter here, as it was before the terminal was quiet.
        return found.replace(b"\n", b"\r")

    def _run(self) -> None:
        # A terminal that was closed is the program's to notice.
        with suppress(OSError, ValueError):
            while True:
                ready, _writing, _failed = select.select([self._handle, self._wake], [], [])
                if self._wake in ready:
                    return
                data = os.read(self._handle, CHUNK)
                if not data:
                    return
                self._bytes += data
                self._took(data)

    def _took(self, data: bytes) -> None:
        self._boxes.take(self._decode(data.replace(b"\n", b"\r")))
        self._show(self._boxes)
