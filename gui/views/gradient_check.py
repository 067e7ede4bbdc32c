"""The gradient check: every gradient of the open iteration against numerical differentiation, and what is to blame."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.checked_gradients import CheckedCell, CheckedGradients
from gui.lesson.setting_row import SettingRow
from gui.views.check_colors import ErrorLegend
from gui.views.check_model import CheckModel
from gui.views.check_reading import KINK, joined, sample_text, verdict
from gui.views.check_table import CheckTable
from gui.views.flow_row import FlowRow
from gui.views.wrapped_height import keep_wrapped_height

_SWITCH = "delta_out"
"""The setting that decides whether the check passes; offered beside the button where the lesson has it."""
_NARROW = 420.0
_LEAST_WIDTH = 236.0
"""Narrower, the longest button would be cut off: then the dock scrolls."""


class GradientCheckView(QWidget):
    """A button, the verdict, the table; the result stays, pale, when another iteration is opened."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._checking = bridge.gradients
        self._build()
        self._update_appearance()
        self._checking.changed.connect(self._update_result)
        bridge.busy_changed.connect(self._update_busy)
        bridge.restarted.connect(self._update_switch)
        bridge.selection_changed.connect(self._update_mark)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._check, self._show, self._cancel = QPushButton(), QPushButton(), QPushButton()
        self._check.setProperty("primary", True)
        self._check.clicked.connect(self._checking.start)
        self._cancel.clicked.connect(self._checking.cancel)
        self._show.clicked.connect(self._show_wrong_step)
        self._progress = QProgressBar()
        self._legend = ErrorLegend(self._appearance)
        self._switch = self._build_switch()
        switches = [self._switch] if self._switch is not None else []
        self._head = FlowRow(self._check, self._progress, self._cancel, self._show, *switches, self._legend)
        self._verdicts = {kind: _WrappedLabel(kind) for kind in ("good", "error", "caption")}
        self._outdated, self._caption = _WrappedLabel("warning"), _WrappedLabel("caption")
        self._model = CheckModel(self._appearance, self)
        self._table = CheckTable(self._model, self._appearance)
        self._table.picked.connect(self._pick)
        self._table.run_wanted.connect(self._run_to)
        self._table.pointed_at.connect(self._point_at)
        self._layout = column = QVBoxLayout(self)
        for widget in (self._head, self._outdated, *self._verdicts.values()):
            column.addWidget(widget)
        column.addWidget(self._table, 1)
        column.addWidget(self._caption)
        column.addStretch(0)

    def _build_switch(self) -> SettingRow | None:
        setting = self._bridge.settings.declared.get(_SWITCH)
        if setting is None:
            return None
        row = SettingRow(setting, self._appearance)
        row.offered.connect(self._offer)
        return row

    @property
    def table(self) -> CheckTable:
        """The table of gradients."""
        return self._table

    # --- what the user does -----------------------------------------------------------------------------------------

    def _offer(self, name: str, value: object) -> None:
        self._bridge.change_settings(**{name: value})
        self._update_switch()  # it may have been refused

    def _show_wrong_step(self) -> None:
        checked = self._valid
        if checked is not None and checked.wrong is not None:
            self._bridge.run_to(checked.wrong.index)
            self._bridge.select(checked.wrong.index)

    def _pick(self, row: int, column: int) -> None:
        cell = self._cell(row, column)
        if cell is not None:
            self._bridge.select(cell.entry)

    def _run_to(self, row: int, column: int) -> None:
        cell = self._cell(row, column)
        if cell is not None:
            self._bridge.run_to(cell.run_to)

    def _point_at(self, row: int, column: int) -> None:
        cell = self._cell(row, column) if row >= 0 else None
        self._bridge.hover_at(None if cell is None else cell.entry)

    @property
    def _valid(self) -> CheckedGradients | None:
        """The result, if its steps are those of the open tape."""
        return None if self._checking.is_outdated else self._checking.result

    def _cell(self, row: int, column: int) -> CheckedCell | None:
        return self._model.cell(row, column) if self._valid is not None else None

    # --- following --------------------------------------------------------------------------------------------------

    def _update_appearance(self) -> None:
        look, say = self._appearance, self._appearance.say
        margin = look.whole_px(6)
        self._layout.setContentsMargins(margin, margin, margin, look.whole_px(3))
        self._layout.setSpacing(look.whole_px(4))
        self.setMinimumWidth(look.whole_px(_LEAST_WIDTH))
        self._head.set_space(look.whole_px(8))
        self._show.setText(say("Show the first wrong step"))
        self._cancel.setText(say("Cancel"))
        self._progress.setAccessibleName(say("Progress"))
        self._progress.setMinimumWidth(look.whole_px(120))
        self._legend.setToolTip(say("relative error"))
        self._legend.updateGeometry()
        if self._switch is not None:
            self._switch.setMinimumWidth(look.whole_px(172))
        self._table.setAccessibleName(say("Gradient check"))
        self._model.update_appearance()
        self._table.update_appearance()
        self._update_switch()
        self._update_result()

    def _update_switch(self) -> None:
        if self._switch is not None and _SWITCH in self._bridge.settings:
            own = self._bridge.lesson.settings[_SWITCH]
            value = self._bridge.settings[_SWITCH]
            self._switch.show_value(value, changed=value != own)

    def _update_busy(self) -> None:
        busy, running = self._bridge.busy, self._checking.running
        self._check.setVisible(not running)
        self._check.setEnabled(busy is None)
        for widget in (self._progress, self._cancel):
            widget.setVisible(running)
        if self._switch is not None:
            self._switch.setEnabled(busy is None)
            self._switch.setVisible(_SWITCH in self._bridge.settings)
        if running and busy is not None:
            self._progress.setRange(0, busy.total)
            self._progress.setValue(min(busy.done, busy.total))
            self._progress.setFormat(f"{busy.done:,} / {busy.total:,}" if busy.total else "")
        self._update_room()

    def _update_result(self) -> None:
        say, checked, valid = self._appearance.say, self._checking.result, self._valid
        again = valid is not None and not self._checking.running
        self._check.setText(say("Check again") if again else say("Check this iteration"))
        self._model.show_result(checked, self._appearance.labels(self._bridge.tape))
        self._table.set_faded(checked is not None and valid is None)
        self._table.setVisible(bool(self._model.columnCount()))
        self._show.setVisible(valid is not None and valid.wrong is not None)
        if valid is not None and valid.wrong is not None:
            where = say("The first wrong step is {address}.", address=valid.wrong.address)
            self._show.setToolTip(where)
            self._show.setAccessibleDescription(where)
        kind, text = verdict(checked, self._appearance) if checked is not None else ("", "")
        for one, label in self._verdicts.items():
            label.show_text(text if one == (kind if valid is not None else "caption") else "")
        self._outdated.show_text(self._outdated_text() if self._checking.is_outdated else "")
        self._caption.show_text(self._caption_text(checked))
        self._update_mark()
        self._update_busy()

    def _outdated_text(self) -> str:
        say, checked = self._appearance.say, self._checking.result
        iteration = 0 if checked is None else checked.iteration
        if self._checking.is_before_restart:
            return say("Outdated: this is iteration {iteration} before the run was restarted. Check again.",
                       iteration=iteration)  # fmt: skip
        return say("Outdated: this is iteration {iteration}; iteration {now} is open. Check again.",
                   iteration=iteration, now=self._bridge.iteration)  # fmt: skip

    def _caption_text(self, checked: CheckedGradients | None) -> str:
        say = self._appearance.say
        whole = say("The check uses the whole iteration, also what the cursor has not reached; it shows errors and"
                    " lengths, no values.")  # fmt: skip
        if checked is None:
            start = say("Each gradient of backpropagation is compared with numerical differentiation of the loss.")
            return joined([start, whole], self._appearance)
        parts = [whole]
        if checked.kinks:
            parts.append(say("{sign} {count} entries left out: the loss has a kink there (as ReLU at 0), so it has no"
                             " derivative.", sign=KINK, count=checked.kinks))  # fmt: skip
        if checked.report is not None and checked.report.is_sampled:
            parts.append(sample_text(checked.report.sample, self._appearance))
        if checked.in_double:
            parts.append(say("The iteration was computed again in float64 for it."))
        return joined(parts, self._appearance)

    def _update_room(self) -> None:
        """The rows of the head as the width breaks them: a layout short of room would cover some."""
        margins = self._layout.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        self._legend.setVisible(bool(self._model.columnCount()) and width > self._appearance.px(_NARROW))
        self._head.setMinimumHeight(max(1, self._head.heightForWidth(width)))

    def _update_mark(self) -> None:
        self._table.mark(self._bridge.selection if self._valid is not None else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_room()


class _WrappedLabel(QLabel):
    """A sentence of as many lines as it needs at its width; takes no room while there is nothing to say."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hide()

    def show_text(self, text: str) -> None:
        """Say something else; nothing for an empty text."""
        self.setText(text)
        self.setVisible(bool(text))
        keep_wrapped_height(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keep_wrapped_height(self)
