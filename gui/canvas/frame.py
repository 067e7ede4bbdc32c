"""A frame: everything that the painters of one picture of the canvas share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.debugger.cursor import Cursor
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
_BESIDE = 60.0
"""How far beyond the view something may lie and still reach into it, px."""


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

    @property
    def zoom(self) -> float:
        return self.camera.zoom

    @cached_property
    def unit(self) -> float:
        """The factor of line widths and arrow heads: they follow the zoom, but neither vanish nor swell."""
        return float(np.clip(self.zoom, 0.25, 2.4))

    @cached_property
    def looks(self) -> tuple[Indices, list[tuple[int, str, float, float]]]:
        """Codes of all nodes and the looks they stand for: near by, names bear their time step."""
        return self.scene.indexed if self.zoom >= _INDEXED_FROM else (self.scene.codes, self.scene.looks)

    @cached_property
    def nodes(self) -> Indices:
        """The nodes in view."""
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
        d = self.scene.drawing
        rows = np.stack([d.x, d.y, d.width, d.height], axis=1)[self.nodes].astype(np.float64)
        rows[:, 0] -= self.camera.left
        rows[:, 1] -= self.camera.top
        return rows * self.zoom

    @cached_property
    def edges(self) -> Indices:
        """The edges in view."""
        x, y, width, height = self.camera.seen
        room = _BESIDE / self.zoom
        low, high = self.scene.edge_low, self.scene.edge_high
        inside = (high[:, 0] >= x - room) & (low[:, 0] <= x + width + room)
        inside &= (high[:, 1] >= y - room) & (low[:, 1] <= y + height + room)
        return np.flatnonzero(inside)

    @cached_property
    def near_edges(self) -> Flags:
        """For each edge in view, whether a node at one of its ends is in view too; the others only pass by."""
        d = self.scene.drawing
        seen = np.zeros(len(d.x), dtype=bool)
        seen[self.nodes] = True
        return seen[d.edge_source[self.edges]] | seen[d.edge_target[self.edges]]

    @cached_property
    def columns(self) -> tuple[Indices, Array]:
        """The time steps' columns in view: their regions, and their rectangles (n, 4) in px."""
        columns = self.scene.columns
        rects = self.scene.region_rects[columns].copy()
        rects[:, :2] = self.camera.points_to_view(rects[:, :2])
        rects[:, 2:] *= self.zoom
        seen = (rects[:, 0] + rects[:, 2] >= 0) & (rects[:, 0] <= self.camera.width)
        return columns[seen], rects[seen]

    @cached_property
    def regions(self) -> Indices:
        """The regions in view."""
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
