"""A frame: everything that the painters of one picture of the canvas share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.debugger.cursor import Cursor
from graphs.drawing import EdgeKind
from gui.canvas.camera import Camera
from gui.canvas.labels import LabelCache
from gui.canvas.palette import Palette
from gui.canvas.polylines import Polylines
from gui.canvas.scene import Scene
from gui.canvas.scene_state import Revealed
from gui.canvas.value_texts import ValueTexts

Array = NDArray[np.float64]
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]
_INDEXED_FROM = 0.8
"""Zoom from which names of variables bear their time step."""
_MANY = 400
_BESIDE = 60.0
"""How far beyond the view something may lie and still reach into it, px."""
_TITLES_ABOVE = 60.0
"""So far above a column its title may be, px."""
_AROUND_NODE, _AROUND_EDGE, _AROUND_TAP = 8.0, 30.0, 110.0
"""How far nodes, edges, and taps with their numbers, are painted beyond their places, at zoom 1, px."""


@dataclass(frozen=True)
class Frame:
    """One picture.

    Attributes:
        scene: the drawing and what is known of it.
        revealed: what of it may be shown.
        cursor: the only source of values.
        camera: what part of it.
        palette, labels, texts: how it looks; what is kept from picture to picture.
        scale: of texts and lines whose size does not follow the zoom.
        ratio: device pixels per pixel.
        outlined: whether the device takes no glyphs and pixmaps (a vector file): paths and rectangles only.
        breakpoints: tape indices with breakpoints.
        backward_opened: whether backward steps are nodes, so that no arrows are laid over the forward pass.
        layer_title: what a layer is called, with its number as ``{n}``.
        words: what lattices and what lies between them are called.
        all_attention: whether the attention of all time steps is shown, not of the current one alone.
        sequence: of the batch, from 0, whose attention is shown.
        captions: (region, words) to stand below time steps.
        whole: the frame of which this one paints a part; None for all of the view.
        exposed: (n, 4) x, y, width, height in px of that part.
    """

    scene: Scene
    revealed: Revealed
    cursor: Cursor
    camera: Camera
    palette: Palette
    labels: LabelCache
    texts: ValueTexts
    scale: float = 1.0
    ratio: float = 1.0
    outlined: bool = False
    breakpoints: tuple[int, ...] = ()
    backward_opened: bool = False
    layer_title: str = "layer {n}"
    words: Mapping[str, str] = field(default_factory=dict)
    all_attention: bool = False
    sequence: int = 0
    captions: tuple[tuple[int, str], ...] = ()
    whole: Frame | None = None
    exposed: Array | None = None

    def part(self, rects: Array) -> Frame:
        """The same frame, but only what reaches into rectangles (n, 4) in px."""
        return replace(self, whole=self, exposed=rects)

    def exposes(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether any of a rectangle in px is to be painted."""
        return self.exposed is None or any(
            x < left + wide and x + width > left and y < top + high and y + height > top
            for left, top, wide, high in self._parts
        )

    @cached_property
    def _parts(self) -> list[list[float]]:
        rows: list[list[float]] = self._part.tolist()
        return rows

    @property
    def zoom(self) -> float:
        return self.camera.zoom

    @cached_property
    def unit(self) -> float:
        """The factor of line widths and arrow heads."""
        return line_unit(self.zoom)

    @cached_property
    def looks(self) -> tuple[Indices, list[tuple[int, str, float, float]]]:
        """Codes of all nodes and the looks they stand for: near by, names bear their time step."""
        return self.scene.indexed if self.zoom >= _INDEXED_FROM else (self.scene.codes, self.scene.looks)

    @cached_property
    def nodes(self) -> Indices:
        """The nodes in view."""
        if self.whole is not None:
            return self.whole.nodes[self._exposed_nodes]
        x, y, width, height = self.camera.seen
        room = _BESIDE / self.zoom
        d = self.scene.drawing
        half_w, half_h = d.width / 2 + room, d.height / 2 + room
        inside = (d.x + half_w >= x) & (d.x - half_w <= x + width)
        inside &= (d.y + half_h >= y) & (d.y - half_h <= y + height)
        return np.flatnonzero(inside)

    @cached_property
    def node_rects(self) -> Array:
        """(n, 4) centre x, centre y, width, height in px of the nodes in view."""
        if self.whole is not None:
            return self.whole.node_rects[self._exposed_nodes]
        d = self.scene.drawing
        rows = np.stack([d.x, d.y, d.width, d.height], axis=1)[self.nodes].astype(np.float64)
        rows[:, 0] -= self.camera.left
        rows[:, 1] -= self.camera.top
        return rows * self.zoom

    @cached_property
    def edges(self) -> Indices:
        """The edges in view."""
        if self.whole is not None:
            return self.whole.edges[self._exposed_edges]
        x, y, width, height = self.camera.seen
        room = _BESIDE / self.zoom
        low, high = self.scene.edge_low, self.scene.edge_high
        inside = (high[:, 0] >= x - room) & (low[:, 0] <= x + width + room)
        inside &= (high[:, 1] >= y - room) & (low[:, 1] <= y + height + room)
        return np.flatnonzero(inside)

    @cached_property
    def near_edges(self) -> Flags:
        """For each edge in view, whether a node at one of its ends is in view too; the others only pass by."""
        if self.whole is not None:
            return self.whole.near_edges[self._exposed_edges]
        d = self.scene.drawing
        seen = np.zeros(len(d.x), dtype=bool)
        seen[self.nodes] = True
        return seen[d.edge_source[self.edges]] | seen[d.edge_target[self.edges]]

    @cached_property
    def crowded(self) -> bool:
        """Whether so many edges are in view that many of them lie on each other."""
        return len(self.edges) >= _MANY if self.whole is None else self.whole.crowded

    @cached_property
    def _exposed_nodes(self) -> Indices:
        """Which of the whole frame's nodes reach into the exposed part."""
        rects = self._of.node_rects
        half = rects[:, 2:] / 2 + _AROUND_NODE * self.unit + 4.0
        return np.flatnonzero(_meet(rects[:, :2] - half, rects[:, :2] + half, self._part))

    @cached_property
    def _exposed_edges(self) -> Indices:
        """Which of the whole frame's edges reach into the exposed part."""
        edges = self._of.edges
        taps = self.scene.drawing.edge_kind[edges] == EdgeKind.TAP
        room = (np.where(taps, _AROUND_TAP, _AROUND_EDGE) * self.unit + 4.0)[:, None]
        low = self.camera.points_to_view(self.scene.edge_low[edges]) - room
        high = self.camera.points_to_view(self.scene.edge_high[edges]) + room
        return np.flatnonzero(_meet(low, high, self._part))

    @property
    def _of(self) -> Frame:
        return self if self.whole is None else self.whole

    @property
    def _part(self) -> Array:
        return np.array([[0.0, 0.0, self.camera.width, self.camera.height]]) if self.exposed is None else self.exposed

    @cached_property
    def columns(self) -> tuple[Indices, Array]:
        """The time steps' columns in view: their regions, and their rectangles (n, 4) in px."""
        if self.whole is not None:
            return self.whole.columns
        columns = self.scene.columns
        rects = self.scene.region_rects[columns].copy()
        rects[:, :2] = self.camera.points_to_view(rects[:, :2])
        rects[:, 2:] *= self.zoom
        seen = (rects[:, 0] + rects[:, 2] >= 0) & (rects[:, 0] <= self.camera.width)
        seen &= (rects[:, 1] + rects[:, 3] >= 0) & (rects[:, 1] <= self.camera.height + _TITLES_ABOVE)
        return columns[seen], rects[seen]

    @cached_property
    def regions(self) -> Indices:
        """The regions in view."""
        if self.whole is not None:
            return self.whole.regions
        x, y, width, height = self.camera.seen
        rects = self.scene.region_rects
        inside = (rects[:, 0] + rects[:, 2] >= x) & (rects[:, 0] <= x + width)
        inside &= (rects[:, 1] + rects[:, 3] >= y) & (rects[:, 1] <= y + height)
        return np.flatnonzero(inside)

    def passing(self, lines: Polylines) -> Array:
        """The legs of lines that pass through the view, cut to it, those that lie on each other once.

        Thousands of edges may share one line, as those of all losses to their sum do.
        """
        legs = lines.segments()
        room = 40.0
        most = np.array([self.camera.width + room, self.camera.height + room] * 2)
        low, high = np.minimum(legs[:, :2], legs[:, 2:]), np.maximum(legs[:, :2], legs[:, 2:])
        legs = legs[((high >= -room) & (low <= most[:2])).all(axis=1)]
        straight = (legs[:, 0] == legs[:, 2]) | (legs[:, 1] == legs[:, 3])
        legs[straight] = np.clip(legs[straight], -room, most)
        rounded = np.ascontiguousarray(np.rint(legs * 4.0).astype(np.int32))
        _, first = np.unique(rounded.view(np.dtype((np.void, 16))).ravel(), return_index=True)
        return legs[first]

    def polylines(self, edges: Indices) -> Polylines:
        """The ways of some edges in px."""
        chosen = self.scene.polylines.chosen(edges)
        return Polylines(self.camera.points_to_view(chosen.points), chosen.starts)

    def node_center(self, node: int) -> tuple[float, float]:
        """Pixels of a node's centre."""
        d = self.scene.drawing
        return self.camera.to_view(float(d.x[node]), float(d.y[node]))


def line_unit(zoom: float) -> float:
    """The factor of line widths and arrow heads at a zoom: they follow it, but neither vanish nor swell."""
    return min(max(zoom, 0.25), 2.4)


def _meet(low: Array, high: Array, rects: Array) -> Flags:
    """For each of the rectangles from ``low`` to ``high`` (n, 2), whether it meets one of ``rects`` (m, 4)."""
    left, top = rects[:, 0], rects[:, 1]
    across = (low[:, :1] < left + rects[:, 2]) & (high[:, :1] > left)
    return np.asarray((across & (low[:, 1:] < top + rects[:, 3]) & (high[:, 1:] > top)).any(axis=1))
