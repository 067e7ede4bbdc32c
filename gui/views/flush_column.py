"""Widgets below one another without any room around or between them: a view's header and what it heads."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


class FlushColumn(QVBoxLayout):
    """The layout of a view that uses its place to the edges."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)
