"""The view of the binary addition task: the addition on paper, its sum in decimal, an examination of all additions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from engine.tasks.binary_addition import EXAMINED, BinaryAddition
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.addition import Addition, answer, current_time, rows_in
from gui.views.addition_sheet import AdditionSheet
from gui.views.examination import Examination
from gui.views.flow_row import FlowRow
from gui.views.headed_sheet import HeadedSheet
from gui.views.right_or_wrong import WRONG, sign_color, signed
from gui.views.sequence_box import SequenceBox


class BinaryAdditionView(QWidget):
    """See the module. Outputs that the cursor has not reached are not shown."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._addition = Addition(bridge.tape, 0)
        self._state: object = None
        self._build()
        self._update_tape()
        self._update_appearance()
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.tape_changed.connect(self._update_tape)
        bridge.selection_changed.connect(self._update_marks)
        bridge.hover_changed.connect(self._update_marks)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._sum = QLabel()
        self._sum.setTextFormat(Qt.TextFormat.RichText)
        self._row = SequenceBox(self._bridge, self._appearance)
        self._row.valueChanged.connect(self._update_row)
        self._examination = found = Examination(self._bridge, self._appearance, self._examination_title, self)
        head = FlowRow(self._sum, self._row, found.button, found.result, found.mean_loss)
        self._sheet = AdditionSheet(self._appearance, self._bridge.select, self._bridge.hover_at)
        self._layout = HeadedSheet(self, head, self._sheet)

    # --- following the model ----------------------------------------------------------------------------------------

    def _update_appearance(self) -> None:
        look = self._appearance
        self._layout.take_sizes(look)
        self._sum.setFont(look.font(16, bold=True))
        self._sheet.setAccessibleName(look.say("The addition, bit by bit"))
        self._sheet.take_appearance()
        self._state = None
        self._reserve_room()
        self._update_cursor()
        self._examination.update_texts()

    def _is_left(self) -> bool:
        """Whether a lesson with another task is open, and this view is about to go."""
        return not isinstance(self._bridge.lesson.task, BinaryAddition)

    def _update_tape(self) -> None:
        if self._is_left():
            return
        self._row.set_batch(rows_in(self._bridge.tape))
        self._update_row()

    def _update_row(self) -> None:
        if self._is_left():
            return
        before = len(self._addition.columns)
        self._addition = Addition(self._bridge.tape, self._row.sequence)
        if len(self._addition.columns) != before:
            self._sheet.updateGeometry()
        self._state = None
        self._reserve_room()
        self._update_cursor()

    def _reserve_room(self) -> None:
        """For the longest sum there can be, so that nothing moves when the last bit comes out."""
        addition = self._addition
        longest = f"{addition.a} + {addition.b} = {2 ** len(addition.columns) - 1} {WRONG} ({addition.target})"
        width = QFontMetrics(self._appearance.font(16, bold=True)).horizontalAdvance(longest)
        self._sum.setMinimumWidth(min(width, self._appearance.whole_px(320)))

    def _update_cursor(self) -> None:
        if self._is_left():
            return
        cursor, addition = self._bridge.cursor, self._addition
        time, outputs = current_time(cursor), addition.outputs(cursor)
        revealed = sum(output is not None for output in outputs)
        if (time, revealed) == self._state:
            return
        self._state = (time, revealed)
        self._sheet.show_addition(addition, outputs, time)
        self._update_sum(outputs)
        if time is not None:
            self._layout.scroll.ensureVisible(round(self._sheet.middle_of(time)), 0, self._appearance.whole_px(80), 0)

    def _update_sum(self, outputs: list[float | None]) -> None:
        addition = self._addition
        start = f"{addition.a} + {addition.b} = "
        plain, color = start + "…", "ink_quiet"
        if None not in outputs:
            found = answer(outputs)
            right = found == addition.target
            said = "?" if found is None else found
            plain, color = start + signed(said, addition.target, right), sign_color(right)
        self._sum.setText(f'<span style="color:{self._appearance.color(color).name()}">{plain}</span>')
        self._sum.setToolTip(plain)
        self._sheet.setAccessibleDescription(plain)

    def _update_marks(self) -> None:
        hover = self._bridge.hover
        looked_at = (self._bridge.selection, hover[0] if hover else None)
        self._sheet.mark({entry for entry in looked_at if entry is not None})

    def _examination_title(self) -> str:
        if self._is_left():
            return ""
        pairs = 4 ** (self._bridge.settings.integer("bits") - 1)
        say = self._appearance.say
        if pairs <= EXAMINED:
            return say("Examine all {count} additions", count=f"{pairs:,}")
        return say("Examine {count} additions at random", count=f"{EXAMINED:,}")
