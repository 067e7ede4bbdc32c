"""Room for text of several lines where the layout does not ask how high it is at its width."""

from PySide6.QtWidgets import QLabel


def keep_wrapped_height(label: QLabel) -> None:
    """Let a label be as high as its text is at its width: splitters and scroll areas would let it cover others."""
    label.setMinimumHeight(0)  # it would count as needed
    label.setMinimumHeight(max(0, label.heightForWidth(label.width())))
