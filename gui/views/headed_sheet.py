"""An example of a task as a sheet that scrolls, and above it a row of what is chosen and found."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.views.flow_row import FlowRow
from gui.views.scrolled import Scrolled

_MARGIN, _BELOW_HEAD, _IN_HEAD = 6, 4, 12


class HeadedSheet(QVBoxLayout):
    """The layout of such a view.

    Attributes:
        scroll: what the sheet scrolls in.
    """

    def __init__(self, view: QWidget, head: FlowRow, sheet: QWidget) -> None:
        super().__init__(view)
        self._head = head
        self.scroll = Scrolled(sheet)
        self.addWidget(head)
        self.addWidget(self.scroll, 1)

    def take_sizes(self, look: Appearance) -> None:
        """Take the room of the scale of now."""
        margin = look.whole_px(_MARGIN)
        self.setContentsMargins(margin, margin, margin, margin)
        self.setSpacing(look.whole_px(_BELOW_HEAD))
        self._head.set_space(look.whole_px(_IN_HEAD))
