"""A parsed sentence drawn as a tree: each node a bar of its three probabilities, with its class and the true one."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from engine.text.phrase import SIGNS, Sentiment
from gui.appearance import Appearance
from gui.typesetting.number_format import fixed
from gui.views.pointed_sheet import PointedSheet
from gui.views.right_or_wrong import signed
from gui.views.sentence_tree import Node, SentenceTree, Verdict

_COLORS = ("series_2", "series_6", "series_1")
"""Of negative, neutral, positive: orange and blue can be told apart by everybody, and signs are written too."""
_LEAST_ROW, _MOST_ROW = 25.0, 58.0
_LEAST_SLOT, _MOST_SLOT = 44.0, 150.0
_NODE_WIDTH, _NODE_SHARE = 104.0, 0.62
"""Width of a node at most, px at scale 1, and its height as a share of a row."""
_TEXT_FROM, _NUMBER_FROM = 28.0, 58.0
"""Widths of nodes from which a sign and a probability are written, px at scale 1."""


@dataclass(frozen=True)
class Shown:
    """What the sheet shows: verdicts by node, the node of the cursor, the nodes looked at."""

    verdicts: dict[int, Verdict | None]
    current: int | None
    marked: frozenset[int]


class SentenceTreeSheet(PointedSheet[int]):
    """Paints a tree; words and nodes answer the mouse with tape indices."""

    def __init__(
        self, appearance: Appearance, pick: Callable[[int], None], hover: Callable[[int | None], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(appearance, pick, hover, parent)
        self._tree: SentenceTree | None = None
        self._shown = Shown({}, None, frozenset())

    def show_tree(self, tree: SentenceTree) -> None:
        """Show another sentence."""
        self._tree = tree
        self.updateGeometry()
        self.update()

    def show_state(self, shown: Shown) -> None:
        """Show what is known now."""
        if shown != self._shown:
            self._shown = shown
            self.update()

    def take_appearance(self) -> None:
        """Texts, colours and sizes changed."""
        self.updateGeometry()
        self.update()

    def box_of(self, node: Node) -> QRectF:
        """Where a node is drawn; of a word, the bar above it."""
        row = self._row()
        width = min(self._slot() - self._appearance.px(8), self._appearance.px(_NODE_WIDTH))
        height = row * _NODE_SHARE
        x = self._left() + (node.middle + 0.5) * self._slot()
        y = self._word_top() - (node.height + 0.5) * row
        return QRectF(x - width / 2, y - height / 2, width, height)

    # --- where --------------------------------------------------------------------------------------------------------

    def _word_height(self) -> float:
        return self._appearance.px(24)

    def _row(self) -> float:
        rows = 1 + (self._tree.height if self._tree else 0)
        room = (self.height() - self._word_height() - self._appearance.px(8)) / rows
        return min(max(room, self._appearance.px(_LEAST_ROW)), self._appearance.px(_MOST_ROW))

    def _slot(self) -> float:
        count = max(1, len(self._tree.words)) if self._tree else 1
        room = (self.width() - self._appearance.px(12)) / count
        return min(max(room, self._appearance.px(_LEAST_SLOT)), self._appearance.px(_MOST_SLOT))

    def _left(self) -> float:
        count = len(self._tree.words) if self._tree else 0
        return max(self._appearance.px(6), (self.width() - count * self._slot()) / 2)

    def _word_top(self) -> float:
        rows = 1 + (self._tree.height if self._tree else 0)
        used = rows * self._row() + self._word_height()
        return max(0.0, (self.height() - used) / 2) + rows * self._row()

    def _word_box(self, node: Node) -> QRectF:
        x = self._left() + node.middle * self._slot()
        return QRectF(x, self._word_top(), self._slot(), self._word_height())

    def _part_at(self, point: QPointF) -> int | None:
        for node in self._tree.nodes.values() if self._tree else ():
            if self.box_of(node).contains(point):
                return node.state if node.output is None else node.output
            if not node.parts and self._word_box(node).contains(point):
                return node.word_entry
        return None

    # --- painting -----------------------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter) -> None:
        if self._tree is not None:
            self._paint_branches(painter, self._tree)
            for node in self._tree.nodes.values():
                self._paint_node(painter, node)
            self._paint_words(painter, self._tree)

    def _paint_branches(self, painter: QPainter, tree: SentenceTree) -> None:
        painter.setPen(QPen(self._appearance.color("line_strong"), self._appearance.px(1.25)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for node in tree.nodes.values():
            box = self.box_of(node)
            for number in node.parts:
                part = self.box_of(tree.nodes[number])
                low = QPointF(part.center().x(), part.top())
                level = box.bottom() + (self._row() - box.height()) / 2
                painter.drawPolyline([
                    QPointF(box.center().x(), box.bottom()), QPointF(box.center().x(), level),
                    QPointF(low.x(), level), low,
                ])  # fmt: skip

    def _paint_node(self, painter: QPainter, node: Node) -> None:
        box, look = self.box_of(node), self._appearance
        radius = box.height() / 3
        frame = QPainterPath()
        frame.addRoundedRect(box, radius, radius)
        verdict = self._shown.verdicts.get(node.number)
        painter.fillPath(frame, look.color("surface"))
        if verdict is not None:
            self._paint_shares(painter, frame, box, verdict)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._frame_pen(node, verdict))
        painter.drawPath(frame)
        if node.number == self._shown.current or node.number in self._shown.marked:
            name = "cursor" if node.number == self._shown.current else "focus"
            around = look.px(3)
            painter.setPen(QPen(look.color(name), look.px(1.75)))
            painter.drawRoundedRect(box.adjusted(-around, -around, around, around), radius + around, radius + around)
        self._write(painter, node, box, verdict)

    def _frame_pen(self, node: Node, verdict: Verdict | None) -> QPen:
        look = self._appearance
        if verdict is not None and verdict.predicted >= 0:
            return QPen(look.color(_COLORS[verdict.predicted]), look.px(1.5))
        style = Qt.PenStyle.SolidLine if node.output is not None else Qt.PenStyle.DotLine
        return QPen(look.color("pale"), look.px(1.25), style)

    def _paint_shares(self, painter: QPainter, frame: QPainterPath, box: QRectF, verdict: Verdict) -> None:
        """The probabilities side by side: negative at the left, positive at the right."""
        if verdict.predicted < 0:
            painter.fillPath(frame, self._appearance.color("warning_ground"))
            return
        painter.save()
        painter.setClipPath(frame)
        x = box.left()
        for share, name in zip(verdict.probabilities, _COLORS, strict=True):
            painter.fillRect(QRectF(x, box.top(), share * box.width(), box.height()), self._tint(name))
            x += share * box.width()
        painter.restore()

    def _tint(self, name: str) -> QColor:
        """A colour thinned so that ink can be read on it."""
        color = QColor(self._appearance.color(name))
        color.setAlphaF(0.3)
        return color

    def _write(self, painter: QPainter, node: Node, box: QRectF, verdict: Verdict | None) -> None:
        look = self._appearance
        if node.truth is None or box.width() < look.px(_TEXT_FROM):
            return
        truth = SIGNS[Sentiment(node.truth)]
        text, color = f"({truth})", "ink_pale"
        if verdict is not None:
            right = verdict.predicted == node.truth
            said = "?" if verdict.predicted < 0 else SIGNS[Sentiment(verdict.predicted)]
            if box.width() >= look.px(_NUMBER_FROM) and verdict.predicted >= 0:
                said += f" {fixed(verdict.probability, 2)}"
            text = signed(said, truth, right)
            color = "ink"
        size = min(13.0, box.height() / look.scale * 0.56)
        font = look.font(size, bold=verdict is not None)
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > box.width() - look.px(4):
            font = look.font(size * (box.width() - look.px(4)) / width, bold=verdict is not None)
        painter.setFont(font)
        painter.setPen(look.color(color))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_words(self, painter: QPainter, tree: SentenceTree) -> None:
        look = self._appearance
        for node in tree.nodes.values():
            if node.parts:
                continue
            box = self._word_box(node)
            font = look.font(15)
            width = QFontMetricsF(font).horizontalAdvance(node.word)
            if width > box.width() - look.px(4):
                font = look.font(15 * (box.width() - look.px(4)) / width)
            painter.setFont(font)
            painter.setPen(look.color("cursor" if node.number == self._shown.current else "ink"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, node.word)

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        look = self._appearance
        rows = 1 + (self._tree.height if self._tree else 0)
        words = max(1, len(self._tree.words)) if self._tree else 1
        width = look.px(12) + words * look.px(_LEAST_SLOT)
        return QSize(round(width), round(rows * look.px(_LEAST_ROW) + self._word_height() + look.px(8)))
