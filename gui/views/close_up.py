"""The view that shows one cell close up: the lecture's picture of it at the cursor's time step, in both directions."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSpinBox, QWidget

from engine.debugger.cursor import Cursor
from engine.errors import BackstepError
from engine.tape import Tape
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.tip import tip
from gui.canvas.value_texts import number_text
from gui.typesetting.plain_text import plain_text
from gui.views.close_up_forms import FORMS, OtherForm, has_other_form, is_small
from gui.views.close_up_nodes import unit_value
from gui.views.close_up_picture import CellPicture, Marks, time_of_cursor
from gui.views.close_up_roles import cell_places
from gui.views.empty_notice import EmptyNotice
from gui.views.flush_column import FlushColumn
from gui.views.menu_choice import add_choice
from gui.views.view_header import ViewHeader

_WIDE_ENOUGH = 3.0
"""Two pictures stand side by side in a panel that is so many times as wide as high, else one below the other."""
_LEAST_WIDTH, _LEAST_HEIGHT = 880, 380
"""Side by side or one below the other, they need so many px; where there is less, only the open form is shown."""


class CloseUpView(QWidget):
    """Which cell and which time step can be chosen; an LSTM is shown in both of its forms."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._places: dict[str, dict[int, tuple[int, ...]]] = {}
        self._other_places: dict[str, dict[int, tuple[int, ...]]] = {}
        self._place, self._time = 0, 1
        self._tape: Tape | None = None
        self._other: OtherForm | None = None
        self._build()
        self._update_appearance()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        for signal in (bridge.selection_changed, bridge.hover_changed, bridge.focus_unit_changed):
            signal.connect(self._update_marks)
        appearance.notation_changed.connect(self._update_all)
        appearance.changed.connect(self._update_appearance)

    @property
    def picture(self) -> CellPicture:
        """The open tape's cell."""
        return self._picture

    @property
    def other_picture(self) -> CellPicture:
        """The same cell in its other form; hidden where it has none."""
        return self._other_picture

    @property
    def other_cursor(self) -> Cursor | None:
        """Over the recording of the other form; None where there is none."""
        return None if self._other is None else self._other.cursor

    def show_place(self, number: int) -> None:
        """Show another layer or direction, from 0."""
        self._place = number
        self._update_all()

    def show_time(self, time: int) -> None:
        """Show a time step, 0 for the cursor's."""
        self._step.setValue(time)

    def show_both_forms(self, on: bool) -> None:
        """Show an LSTM with merged and with separate weights, or as it is."""
        self._both.setChecked(on)

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._menu = self._header.add_menu()
        self._choices = QActionGroup(self._menu)
        self._both = self._header.add_switch(on=True)
        self._step = QSpinBox(self)
        self._header.add_widget(self._step)
        self._picture = CellPicture(self._appearance, tip)
        self._other_picture = CellPicture(self._appearance, tip)
        self._nothing = EmptyNotice(self._appearance, self)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.addWidget(self._picture, 1)
        self._body.addWidget(self._other_picture, 1)
        column = FlushColumn(self)
        column.addWidget(self._header)
        column.addLayout(self._body, 1)
        column.addWidget(self._nothing, 1)
        self._both.toggled.connect(self._update_all)
        self._step.valueChanged.connect(self._update_all)
        for picture in (self._picture, self._other_picture):
            picture.pointed.connect(self._point)
            picture.picked.connect(self._pick)
            picture.run_to.connect(self._run_to)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_all(self, _=None) -> None:
        """All of it anew."""
        self._tape = None
        self._update_tape()

    def _update_tape(self) -> None:
        """Another tape: the same place where it has it. While nobody looks, nothing is done."""
        tape = self._bridge.tape
        if not self.isVisible() or tape is self._tape:
            return
        self._tape = tape
        self._places = cell_places(tape)
        if self._place >= len(self._places):
            self._place = 0
        self._record_other()
        self._update_choices()
        self._show()

    def _record_other(self) -> None:
        bridge = self._bridge
        can = bool(self._places) and has_other_form(bridge.settings)
        self._both.setVisible(can)
        self._other, self._other_places = None, {}
        if can and self._both.isChecked() and is_small(bridge.tape):
            try:
                self._other = OtherForm(bridge.lesson, bridge.settings, bridge.tape, bridge.iteration)
            except BackstepError as error:
                bridge.message.emit(self._appearance.say_error(error), "problem")
            else:
                self._other_places = cell_places(self._other.cursor.tape)

    def _show(self) -> None:
        """Show the cell at its time step, in one form or in both."""
        shown = bool(self._places)
        if shown:
            names, others = list(self._places), list(self._other_places)
            times = self._places[names[self._place]]
            self._time = self._time_to_show(times)
            form = self._form_name(self._bridge.settings.text("cell")) if self._other is not None else ""
            title = "   ".join(text for text in (names[self._place], form) if text)
            shown = self._picture.show_cell(self._bridge.cursor, times, self._time, title)
            if self._other is not None:
                self._other.follow(self._bridge.cursor.position)
                form = self._form_name(FORMS[self._bridge.settings.text("cell")])
                name = others[self._place]
                times = self._other_places[name]
                self._other_picture.show_cell(self._other.cursor, times, self._time, f"{name}   {form}")
        self._header.setVisible(bool(self._places))
        self._picture.setVisible(shown)
        self._other_picture.setVisible(shown and self._other is not None and self._has_room)
        self._nothing.setVisible(not shown)
        self._update_marks()

    @property
    def _is_wide(self) -> bool:
        return self.width() >= _WIDE_ENOUGH * self.height()

    @property
    def _has_room(self) -> bool:
        """Whether two pictures can be read."""
        return self.width() >= _LEAST_WIDTH if self._is_wide else self.height() >= _LEAST_HEIGHT

    def _time_to_show(self, times: dict[int, tuple[int, ...]]) -> int:
        wanted = self._step.value() or time_of_cursor(self._bridge.cursor)
        if wanted is not None and wanted in times:
            return wanted
        if self._bridge.cursor.current is None or self._time not in times:
            return min(times)
        return self._time

    def _form_name(self, cell: str) -> str:
        say = self._appearance.say
        return say("merged weights") if cell == "lstm_merged" else say("separate weights")

    def _update_cursor(self) -> None:
        if not self.isVisible():
            return
        if self._bridge.tape is not self._tape:
            self._update_tape()
            return
        if not self._places:
            return
        times = self._places[list(self._places)[self._place]]
        if self._time_to_show(times) != self._time:
            self._show()
            return
        if self._other is not None:
            self._other.follow(self._bridge.cursor.position)
            self._other_picture.update()
        self._picture.update()
        self._update_reading()

    def _update_marks(self) -> None:
        """What is selected and pointed at, in both pictures."""
        bridge = self._bridge
        hovered = None if bridge.hover is None else bridge.hover[0]
        self._picture.mark(Marks(bridge.selection, hovered, bridge.focus_unit))
        selected, hovered = (self._twin(e, self._picture, self._other_picture) for e in (bridge.selection, hovered))
        self._other_picture.mark(Marks(selected, hovered, bridge.focus_unit))
        self._update_reading()

    def _update_reading(self) -> None:
        """The name, the shape and one number of what is pointed at, else of the step executed last."""
        bridge = self._bridge
        entry = bridge.hover[0] if bridge.hover is not None else bridge.selected
        content = self._picture.content
        if entry is None or content is None or content.cursor is not bridge.cursor:
            self._header.reading.set_text("")
            return
        step, value = bridge.tape[entry], bridge.cursor.value(entry)
        name = plain_text(self._appearance.labels(bridge.tape).symbol(step).latex) if step.symbol else ""
        shape = "×".join(str(n) for n in step.shape) or self._appearance.say("scalar")
        parts = [name or bridge.cursor.addresses[entry], self._appearance.say("shape {shape}", shape=shape)]
        number = unit_value(value, bridge.focus_unit)
        if number is not None:
            say = self._appearance.say
            parts.append(say("unit {unit}: {number}", unit=bridge.focus_unit, number=number_text(number, 3)))
        self._header.reading.set_text(" · ".join(parts))

    def _twin(self, entry: int | None, here: CellPicture, there: CellPicture) -> int | None:
        """What an entry of one picture is in the other form; None where that has no such step."""
        if entry is None or here.content is None or there.content is None or self._other is None:
            return None
        ours, theirs = here.content.diagram.step, there.content.diagram.step
        role = ours.roles.get(entry) or ours.sources.get(entry)
        known = (*theirs.roles.items(), *theirs.sources.items())
        return next((twin for twin, its in reversed(known) if its == role), None) if role else None

    def _own(self, entry: int) -> int | None:
        """An entry that a picture told of, on the open tape."""
        if entry < 0:
            return None
        if self.sender() is self._other_picture:
            return self._twin(entry, self._other_picture, self._picture)
        return entry

    def _point(self, entry: int) -> None:
        self._bridge.hover_at(self._own(entry))

    def _pick(self, entry: int) -> None:
        self._bridge.select(self._own(entry))

    def _run_to(self, entry: int) -> None:
        own = self._own(entry)
        if own is not None and self._bridge.tape[own].operation is not None:
            self._bridge.run_to(own)

    # --- options ------------------------------------------------------------------------------------------------

    def _update_choices(self) -> None:
        self._menu.clear()
        for number, name in enumerate(self._places):
            add_choice(self._menu, self._choices, name, number, self.show_place).setChecked(number == self._place)
        self._menu.menuAction().setVisible(len(self._places) > 1)
        if self._places:
            name = list(self._places)[self._place]
            self._menu.menuAction().setText(name)
            self._step.blockSignals(True)
            self._step.setMaximum(max(self._places[name]))
            self._step.blockSignals(False)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._both.setText(say("Both forms"))
        self._both.setToolTip(say("Show the LSTM with separate and with merged weights, where there is room for both."))
        self._step.setSpecialValueText(say("time step: the cursor's"))
        self._step.setPrefix(say("time step") + " ")
        which = say("Which time step is shown.")
        self._step.setToolTip(which)
        self._step.setAccessibleName(which)
        self._menu.menuAction().setToolTip(say("Which layer and direction is shown."))
        self._nothing.show_text(say("There is no picture of this lesson's cell."))
        for picture in (self._picture, self._other_picture):
            picture.setAccessibleName(say("Cell close-up"))
        self._update_all()

    # --- Qt -----------------------------------------------------------------------------------------------------

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._update_tape()
        self._update_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        way = QBoxLayout.Direction
        self._body.setDirection(way.LeftToRight if self._is_wide else way.TopToBottom)
        if self._other is not None:
            self._other_picture.setVisible(self._has_room and self._picture.content is not None)
        super().resizeEvent(event)
