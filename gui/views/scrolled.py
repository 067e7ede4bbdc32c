"""A widget that scrolls where there is less room than it needs."""

from PySide6.QtWidgets import QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Gives its content all the room there is, and takes as little as is left."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setWidget(content)
        self.setMinimumSize(1, 1)
