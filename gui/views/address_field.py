"""A field for an address, with completion over the steps of the tape."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from engine.debugger.address_completion import completions, known_addresses
from gui.bridge import Bridge


class AddressField(QLineEdit):
    """Offers the addresses that contain what was typed; the tape is gone through at the first letter only."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._known: list[str] | None = None
        self._offers = QStringListModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        self.setCompleter(completer)
        self.setClearButtonEnabled(False)
        self.textEdited.connect(self._update_offers)
        bridge.tape_changed.connect(self._forget)

    def offers(self) -> list[str]:
        """What is offered now."""
        return self._offers.stringList()

    def _update_offers(self, text: str) -> None:
        if self._known is None:
            self._known = known_addresses(self._bridge.tape, self._bridge.cursor.addresses)
        self._offers.setStringList(completions(self._known, text))

    def _forget(self) -> None:
        self._known = None
