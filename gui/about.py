"""What Backstep is, in a few words."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.paragraph import Paragraph


class AboutDialog(QDialog):
    """Name, purpose, versions."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = appearance.say
        self.setWindowTitle(say("About Backstep"))
        title = QLabel("Backstep", self)
        title.setProperty("kind", "title")
        text = Paragraph(say("A time-travel debugger for recurrent networks: step forward, backward and update, one "
                             "operation at a time, both ways."), self)  # fmt: skip
        text.setMinimumWidth(appearance.whole_px(380))
        versions = QLabel(_versions(), self)
        versions.setProperty("kind", "caption")
        versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(say("Close"))
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        for widget in (title, text, versions, buttons):
            layout.addWidget(widget)


def _versions() -> str:
    names = ("backstep", "PySide6-Essentials", "numpy", "networkx", "ziamath")
    found = [f"{name} {known}" for name in names if (known := _version(name))]
    return "\n".join([*found, f"Qt {qVersion()}"])


def _version(name: str) -> str:
    # Imported here: with its parsers of e-mail headers it would cost every start.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
