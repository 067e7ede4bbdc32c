"""The loss over the iterations of the run; clicking goes to an iteration, and the run is sent ahead from here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.one_shot import one_shot
from gui.views.empty_notice import EmptyNotice
from gui.views.flow_row import FlowRow
from gui.views.loss_plot import LossPlot
from gui.views.loss_series import WINDOW, RunningSeries
from gui.views.number_text import number_text
from gui.views.run_ahead import RunAhead

_MILLISECONDS_BETWEEN_UPDATES = 100
_MILLISECONDS_BETWEEN_JUMPS = 80
_LOSS, _NORM = "loss", "backward"


class LossView(QWidget):
    """See the module. What the cursor has not revealed of the newest iteration is not shown."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._losses, self._norms = RunningSeries(), RunningSeries()
        self._run = bridge.session.run
        self._wanted: int | None = None
        self._build()
        self._update_timer = one_shot(self, self._update_history, _MILLISECONDS_BETWEEN_UPDATES)
        self._jump_timer = one_shot(self, self._jump, _MILLISECONDS_BETWEEN_JUMPS)
        self._update_appearance()
        self._update_norm()
        bridge.history_changed.connect(self._update_soon)
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._legend = QLabel()
        self._norm = QCheckBox()
        self._logarithmic = QCheckBox()
        self._norm.toggled.connect(self._update_norm)
        self._logarithmic.toggled.connect(self._update_logarithmic)
        self._run_ahead = RunAhead(self._bridge, self._appearance)
        self._row = FlowRow(self._legend, self._norm, self._logarithmic, self._run_ahead)
        self._warning = QLabel()
        self._warning.setProperty("kind", "warning")
        self._warning.setWordWrap(True)
        self._warning.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse
                                              | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)  # fmt: skip
        self._warning.linkActivated.connect(self._go_to_bad)
        self._plot = LossPlot(self._appearance)
        self._plot.add_series(self._losses, _LOSS)
        self._plot.add_series(self._norms, _NORM, dashed=True)
        self._plot.picked.connect(self._pick)
        self._empty = EmptyNotice(self._appearance)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._plot)
        self._pages.setMinimumSize(1, 1)
        self._layout = layout = QVBoxLayout(self)
        layout.addWidget(self._row)
        layout.addWidget(self._warning)
        layout.addWidget(self._pages, 1)

    # --- following the model ----------------------------------------------------------------------------------------

    def _update_appearance(self) -> None:
        look = self._appearance
        self._row.set_space(look.whole_px(10))
        margin = look.whole_px(6)
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(look.whole_px(4))
        strong, faint = look.color("loss").name(), look.say("each one")
        mean = look.say("loss, mean of {count}", count=WINDOW)
        self._legend.setText(f'<span style="color:{strong}"><b>━</b></span> {mean} '
                             f'<span style="color:{strong}">─</span> {faint}')  # fmt: skip
        self._norm.setText(look.say("╍ gradient norm"))
        self._norm.setAccessibleName(look.say("Show the gradient norm"))
        self._logarithmic.setText(look.say("logarithmic"))
        self._empty.show_text(look.say("Run ahead to an iteration to see how the loss falls."))
        self._plot.setAccessibleName(look.say("Loss over the iterations"))
        self._plot.take_appearance()
        self._update_history()

    def _update_norm(self) -> None:
        self._plot.set_shown(_NORM, self._norm.isChecked())

    def _update_logarithmic(self) -> None:
        self._plot.set_logarithmic(self._logarithmic.isChecked())

    def _update_soon(self) -> None:
        if not self._update_timer.isActive():
            self._update_timer.start()

    def _update_tape(self) -> None:
        self._plot.set_current(self._bridge.iteration)
        if self._bridge.session.run is not self._run:
            self._update_history()

    def _update_cursor(self) -> None:
        """The newest iteration's loss and gradient norm appear when the cursor passes them."""
        if self._revealed() != self.revealed_counts() and not self._update_timer.isActive():
            self._update_history()

    def revealed_counts(self) -> tuple[int, int]:
        """How many losses and gradient norms are drawn."""
        return len(self._losses), len(self._norms)

    def _revealed(self) -> tuple[int, int]:
        """How many losses and gradient norms may be shown."""
        reached = self._bridge.session.run.reached
        if self._bridge.iteration != reached - 1:
            return reached, reached
        cursor, tape = self._bridge.cursor, self._bridge.tape
        return reached - (not cursor.revealed(tape.loss)), reached - (cursor.position < tape.update_start)

    def _update_history(self) -> None:
        run = self._bridge.session.run
        losses, norms = self._revealed()
        if run is not self._run or losses < len(self._losses) or norms < len(self._norms):
            self._run = run
            self._losses.clear()
            self._norms.clear()
        self._losses.extend_to(run.history.losses, losses)
        self._norms.extend_to(run.history.gradient_norms, norms)
        self._plot.take_data()
        self._plot.set_current(self._bridge.iteration)
        self._pages.setCurrentIndex(0 if len(self._losses) < 2 else 1)
        if losses:
            self._plot.setAccessibleDescription(self._appearance.say(
                "{count} iterations, last loss {loss}", count=losses, loss=number_text(self._losses.values[-1])))
        self._update_warning(run.history.first_bad, losses)

    def _update_warning(self, bad: int | None, shown: int) -> None:
        self._warning.setVisible(bad is not None and bad < shown)
        if bad is not None:
            ink = self._appearance.color("warning").name()
            text = self._appearance.say("Not finite from iteration {iteration} on", iteration=f"{bad:,}")
            link = self._appearance.say("go there")
            self._warning.setText(f'⚠ {text} — <a href="bad" style="color:{ink}">{link}</a>')

    # --- the user's wishes ------------------------------------------------------------------------------------------

    def _pick(self, iteration: int, finished: bool) -> None:
        self._wanted = iteration
        self._plot.set_current(iteration)
        if finished:
            self._jump_timer.stop()
            self._jump()
        elif not self._jump_timer.isActive():
            self._jump_timer.start()

    def _jump(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted != self._bridge.iteration:
            self._bridge.go_to_iteration(wanted)
        self._plot.set_current(self._bridge.iteration)

    def _go_to_bad(self) -> None:
        bad = self._bridge.session.run.history.first_bad
        if self._bridge.first_bad is not None:
            self._bridge.go_to_first_bad()
        elif bad is not None:
            self._bridge.go_to_iteration(bad)
