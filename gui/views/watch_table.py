"""The watches: a table, a row to add one, and buttons for the one that is current."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.address import symbol_address
from engine.debugger.watches import Quantity, WatchExpression, check_watch, watch_expression
from engine.errors import BackstepError
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.address_field import AddressField
from gui.views.cells import EndElided, NormBar
from gui.views.icon_button import IconButton
from gui.views.row_table import RowTable
from gui.views.sentence import Sentence, mark_wrong
from gui.views.watch_model import BAR_ROLE, NORM, NOW, WatchModel

QUANTITIES = {
    Quantity.VALUE: translatable("value"),
    Quantity.GRADIENT: translatable("gradient"),
    Quantity.NORM: translatable("norm"),
}
_NORM_WIDTH = 66.0


class WatchTable(QWidget):
    """Every watch of the open lesson with what it is at the cursor; a click picks the step."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._model = WatchModel(bridge, appearance, self)
        self._stale = True
        self._build()
        self._update_appearance()
        self._update_selection()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.selection_changed.connect(self._update_selection)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._heading = QLabel()
        self._heading.setProperty("kind", "heading")
        self._table = RowTable(self._model, self._appearance)
        self._table.setItemDelegateForColumn(NOW, EndElided(self._table))
        self._table.setItemDelegateForColumn(NORM, NormBar(self._appearance, BAR_ROLE, self._table))
        self._table.clicked.connect(self._pick)
        self._table.activated.connect(self._pick)
        self._table.pointed_at.connect(self._point_at)
        self._table.removal_wanted.connect(self._remove)
        self._table.move_wanted.connect(self._move)
        self._table.selectionModel().currentRowChanged.connect(self._update_buttons)
        self._sentence = Sentence(self._appearance)
        self._field = AddressField(self._bridge)
        self._field.returnPressed.connect(self._add)
        self._field.textEdited.connect(self._forgive)
        self._quantity = QComboBox()
        whole = QVBoxLayout(self)
        self._layouts: list[QVBoxLayout | QHBoxLayout] = [whole]
        whole.addLayout(self._build_top())
        whole.addWidget(self._table, 1)
        whole.addWidget(self._sentence)
        whole.addLayout(self._build_row())

    def _build_top(self) -> QHBoxLayout:
        def button(picture: str, meaning: str, callback) -> IconButton:
            return IconButton(picture, meaning, self._appearance, callback)

        self._selected = button("eye", translatable("Watch the step that is looked at"), self.watch_selected)
        self._up = button("chevron-up", translatable("Move the watch up (Alt+↑)"), lambda: self._move(-1))
        self._down = button("chevron-down", translatable("Move the watch down (Alt+↓)"), lambda: self._move(1))
        self._away = button("close", translatable("Remove the watch (Delete)"), self._remove)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._heading, 1)
        for made in (self._selected, self._up, self._down, self._away):
            top.addWidget(made)
        return top

    def _build_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._layouts.append(row)
        row.addWidget(self._field, 1)
        row.addWidget(self._quantity)
        row.addWidget(IconButton("plus", translatable("Add the watch"), self._appearance, self._add))
        return row

    # --- what the user does -----------------------------------------------------------------------------------------

    def watch_selected(self) -> None:
        """Watch the step that is looked at."""
        index = self._bridge.selected
        if index is not None:
            address = symbol_address(self._bridge.tape, index) or self._bridge.cursor.addresses[index]
            self._take(WatchExpression(address, self._chosen()))

    def _chosen(self) -> Quantity:
        return list(QUANTITIES)[max(0, self._quantity.currentIndex())]

    def _add(self) -> None:
        try:
            expression = watch_expression(self._field.text(), self._chosen())
            check_watch(expression, self._bridge.tape, self._bridge.cursor.addresses)
        except BackstepError as error:
            self._sentence.say(error)
            mark_wrong(self._field, True)
            return
        self._take(expression)
        self._field.clear()

    def _take(self, expression: WatchExpression) -> None:
        self._model.add(expression)
        self._forgive()
        self._table.go_to_row(self._model.first_row(self._model.watches.index(expression)))
        self._update_buttons()

    def _forgive(self) -> None:
        self._sentence.clear()
        mark_wrong(self._field, False)

    def _remove(self) -> None:
        row = self._table.current_row()
        if row is not None:
            first = self._model.first_row(self._model.row(row).place)
            self._model.remove(row)
            self._table.go_to_row(min(first, self._model.rowCount() - 1))
            self._update_buttons()

    def _move(self, by: int) -> None:
        row = self._table.current_row()
        if row is not None:
            self._table.go_to_row(self._model.move(row, by))
            self._update_buttons()

    def _pick(self, index: QModelIndex) -> None:
        self._bridge.select(self._model.row(index.row()).index)

    def _point_at(self, row: int) -> None:
        self._bridge.hover_at(self._model.row(row).index if row >= 0 else None)

    # --- following ----------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        current = self._table.current_row()
        self._model.update_tape()
        if current is not None and self._table.current_row() is None:
            self._table.go_to_row(min(current, self._model.rowCount() - 1))
        self._update_buttons()

    def _update_cursor(self) -> None:
        if self.isVisible():
            self._model.update_cursor()
            self._update_selection()
        else:
            self._stale = True

    def _update_selection(self) -> None:
        self._selected.setEnabled(self._bridge.selected is not None)

    def _update_buttons(self) -> None:
        row = self._table.current_row()
        place = None if row is None else self._model.row(row).place
        self._up.setEnabled(place is not None and place > 0)
        self._down.setEnabled(place is not None and place < len(self._model.watches) - 1)
        self._away.setEnabled(place is not None)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._heading.setText(say("Watches"))
        self._table.setAccessibleName(say("Watches"))
        self._table.set_when_empty(
            say("Nothing is watched yet: write an address below, or pick a step and press the eye.")
        )
        for layout in self._layouts:
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(self._appearance.whole_px(3.0))
        self._table.set_narrow_columns({NORM: _NORM_WIDTH})
        self._field.setPlaceholderText(say("Watch, such as {example}", example="forward/t=*/**/z[0, 2]"))
        self._field.setAccessibleName(say("Address to watch"))
        self._field.setAccessibleDescription(say("An address, with * and ** as wildcards; [n, j] for one element."))
        self._field.setToolTip(say("An address, with * and ** as wildcards; [n, j] for one element."))
        chosen = max(0, self._quantity.currentIndex())
        self._quantity.clear()
        self._quantity.addItems([say(text) for text in QUANTITIES.values()])
        self._quantity.setCurrentIndex(chosen)
        self._quantity.setAccessibleName(say("What to watch"))
        self._quantity.setToolTip(say("What to watch"))
        self._model.update_appearance()
        self._update_buttons()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self._update_tape()
            self._update_selection()
