"""The canvas as a picture, without a window: an image, or any other paint device through the same painters."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage, QPainter

from gui.appearance import Appearance
from gui.canvas.attention_fan import paint_fans, shown_fans
from gui.canvas.callout import leader, paint_leader, place_callout
from gui.canvas.graph_painter import GraphPainter
from gui.canvas.legend import paint_legend
from gui.canvas.marks import paint_cursor
from gui.canvas.stage import Followed, Stage


def render_picture(
    bridge: Followed, appearance: Appearance, size: QSize, *, ratio: float = 1.0, callout: bool = True,
    folded: bool = False, backward_opened: bool = False,
) -> QImage:  # fmt: skip
    """The whole graph at the cursor as an image of a size in px.

    Args:
        ratio: device pixels per px.
        callout: whether the card beside the cursor is shown.
        folded: whether all time steps are folded into one.
        backward_opened: whether the backward steps are nodes of their own.
    """
    image = QImage(round(size.width() * ratio), round(size.height() * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    stage = staged(bridge, appearance, size, folded=folded, backward_opened=backward_opened)
    stage.ratio = ratio
    paint_stage(painter, stage, callout=callout)
    painter.end()
    return image


def staged(
    bridge: Followed, appearance: Appearance, size: QSize, *, folded: bool = False, backward_opened: bool = False
) -> Stage:
    """A stage whose camera shows the whole graph in a size in px."""
    stage = Stage(bridge, appearance)
    stage.source.folded, stage.source.backward_opened = folded, backward_opened
    stage.camera.resize(size.width(), size.height())
    stage.fit()
    return stage


def paint_stage(painter: QPainter, stage: Stage, *, outlined: bool = False, callout: bool = True) -> None:
    """Paint graph, cursor, card and legend.

    Args:
        outlined: for vector files (QSvgGenerator, QPdfWriter): letters as outlines, heatmaps as rectangles.
    """
    frame = stage.frame(outlined=outlined)
    GraphPainter().paint(painter, frame)
    paint_fans(painter, frame, shown_fans(frame))
    paint_legend(painter, frame)
    node = stage.current_node()
    paint_cursor(painter, frame, node)
    card = stage.callout(wait=False) if callout and node >= 0 else None
    if card is None:
        return
    at = place_callout(frame, node, card.size)
    line = leader(frame, node, at, card.size)
    if line is not None:
        paint_leader(painter, frame, line)
    card.paint(painter, QPointF(at), outlined=outlined)
