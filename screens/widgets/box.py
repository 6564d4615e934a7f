"""A box of one line for typing: nothing blinks, coming back chooses nothing, and a key lays nothing out anew."""

from typing import Any, Self

from textual.geometry import Region
from textual.widgets import Input

from screens.guard import Guarded


class Box(Guarded, Input):
    """The toolkit's box, of a size that what is typed never changes.

    The toolkit reckons the places of everything on the screen after each letter, for a box might grow; this one cannot.
    """

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, select_on_focus=False, **options)
        self.cursor_blink = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        # A box that is shown or hidden does change what stands where.
        moves = not self.is_mounted or self.display != bool(self.size)
        return super().refresh(*regions, repaint=repaint, layout=layout and moves, recompose=recompose)
