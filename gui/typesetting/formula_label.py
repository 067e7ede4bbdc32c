"""A widget that shows one formula, or a text with formulas in it, and gives its source to the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.typesetting.formula import Formula, typeset
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.inks import Inks
from gui.typesetting.mixed_text import MixedText, layout
from gui.typesetting.plain_text import plain_text
from gui.typesetting.prose import Text, blocks

_MARGIN = 2.0
_KEPT_LAYOUTS = 12


class FormulaLabel(QWidget):
    """Shows LaTeX, or with ``prose`` the markup of lesson notes; follows theme, scale and language.

    A source that cannot be typeset is said so in place, in the colour of errors.

    Args:
        source: LaTeX of one formula, or prose.
        size: font size, px before scaling.
        prose: whether the source is prose, wrapped to the width of the widget.
    """

    def __init__(
        self, appearance: Appearance, source: str = "", size: float = 16.0, *, prose: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._appearance, self._source, self._size, self._prose = appearance, source, size, prose
        self._content: Formula | MixedText | None = None
        self._error: FormulaError | None = None
        self._layouts: dict[tuple[str, float, float], MixedText] = {}
        self._build_actions()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(prose)
        self.setSizePolicy(policy)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    @property
    def source(self) -> str:
        """What is shown, as it was written."""
        return self._source

    @property
    def error(self) -> FormulaError | None:
        """What is wrong with the source, if anything."""
        return self._error

    def set_source(self, source: str) -> None:
        """Show something else."""
        if source != self._source:
            self._source = source
            self._update_content()

    def _build_actions(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._copy_latex = QAction(self)
        self._copy_latex.setShortcut(QKeySequence.StandardKey.Copy)
        self._copy_latex.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy_latex.triggered.connect(self._copy_source)
        self._copy_text = QAction(self)
        self._copy_text.triggered.connect(self._copy_plain_text)
        self.addActions([self._copy_latex, self._copy_text])

    def _copy_source(self) -> None:
        QGuiApplication.clipboard().setText(self._source)

    def _copy_plain_text(self) -> None:
        QGuiApplication.clipboard().setText(self.accessibleName())

    def _update_appearance(self) -> None:
        self._inks = Inks.of(self._appearance)
        self._copy_latex.setText(self._appearance.say("Copy as LaTeX"))
        self._copy_text.setText(self._appearance.say("Copy as plain text"))
        self._update_content()

    def _update_content(self) -> None:
        self._error = None
        try:
            self._content = self._laid_out(self.width()) if self._source.strip() else None
            self.setAccessibleName(read_aloud(self._source) if self._prose else plain_text(self._source))
        except FormulaError as error:
            self._content, self._error = None, error
            self.setAccessibleName(self._appearance.say_error(error))
        self.setMinimumHeight(self.heightForWidth(self.width()) if self._prose else self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def _laid_out(self, width: int) -> Formula | MixedText:
        if self._prose:
            return self._laid_out_prose(max(1.0, width - 2 * self._margin))
        return typeset(self._source, self._appearance.px(self._size))

    def _laid_out_prose(self, room: float) -> MixedText:
        """Qt asks for the height at the same few widths over and over."""
        key = (self._source, room, self._appearance.scale)
        if key not in self._layouts:
            if len(self._layouts) >= _KEPT_LAYOUTS:
                self._layouts.clear()
            self._layouts[key] = layout(self._source, room, self._appearance, self._size)
        return self._layouts[key]

    @property
    def _margin(self) -> float:
        return self._appearance.px(_MARGIN)

    def _paint_error(self, painter: QPainter) -> None:
        if self._error is not None:
            painter.setFont(self._appearance.font(12.0))
            painter.setPen(self._appearance.color("error"))
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
            painter.drawText(self.rect(), int(flags), self._appearance.say_error(self._error))

    def sizeHint(self) -> QSize:
        room = 2 * self._margin
        if isinstance(self._content, Formula):
            height = self._content.ascent + self._content.descent
            return QSize(round(self._content.width + room + 1), round(height + room + 1))
        if isinstance(self._content, MixedText):
            return QSize(round(self._appearance.px(320)), round(self._content.height + room + 1))
        lines = 3 if self._error is not None else 1
        return QSize(round(self._appearance.px(160)), round(lines * self._appearance.px(18) + room))

    def heightForWidth(self, width: int) -> int:
        if not self._prose or self._content is None:
            return self.sizeHint().height()
        laid_out = self._laid_out(width)
        return round(laid_out.height + 2 * self._margin + 1) if isinstance(laid_out, MixedText) else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._prose and event.size().width() != event.oldSize().width():
            self._update_content()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if isinstance(self._content, Formula):
            baseline = self._margin + self._content.ascent
            self._content.paint(painter, self._margin, baseline, self._inks.ink, self._inks.colors)
        elif isinstance(self._content, MixedText):
            self._content.paint(painter, self._margin, self._margin, self._inks, QRectF(event.rect()))
        else:
            self._paint_error(painter)
        painter.end()


def read_aloud(source: str) -> str:
    """Prose as plain text, a line for each block, its formulas in letters and signs."""
    return "\n".join(
        "".join(piece.text if isinstance(piece, Text) else plain_text(piece.latex) for piece in block.pieces)
        for block in blocks(source)
    )
