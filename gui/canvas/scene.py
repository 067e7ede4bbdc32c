"""A scene: a drawing of a tape with what painters and picking ask of it again and again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import islice

import numpy as np

from engine.edits import edits_of, is_forced
from engine.operation import BLOCKED
from engine.scope import TREE_NODE, ScopeKind
from engine.tensor import Role, Tensor
from graphs.drawing import Drawing, EdgeKind, NodeKind
from graphs.fans import Fan, fan_rect, fans_of
from gui.canvas.node_names import node_names
from gui.canvas.polylines import Polylines
from gui.canvas.scene_state import SceneState, entry_nodes
from gui.canvas.tape_figures import Indices, TapeFigures
from gui.equations.term import Symbol
from gui.notation.labels import Labels
from gui.notation.markup import markup, slanted_markup

Looks = tuple[Indices, list[tuple[int, str, float, float]]]
"""Which look each node has, and (kind, markup, width, height) of each look."""

_RAIL_HEAD = 30.0
"""From this height on a parameter's box heads a rail; lower ones are tags, scene units."""


class Scene:
    """One drawing of one tape.

    Attributes:
        drawing: its geometry.
        figures: the tape's figures.
        state: what is revealed when.
        polylines: the ways of the edges, in scene units.
        edge_low, edge_high: (edges, 2) corners of their bounding rectangles.
        codes: for each node, which look it has; nodes with equal codes look alike but for their values.
        looks: (kind, markup, width, height) of each code.
    """

    def __init__(self, drawing: Drawing, figures: TapeFigures, labels: Labels) -> None:
        self.drawing = drawing
        self.figures = figures
        self.state = SceneState(drawing, figures)
        points = drawing.points.astype(np.float64).reshape(-1, 2)
        self.polylines = Polylines(points, drawing.edge_start.astype(np.int64))
        if len(self.polylines):
            self.edge_low = np.minimum.reduceat(self.polylines.points, self.polylines.firsts, axis=0)
            self.edge_high = np.maximum.reduceat(self.polylines.points, self.polylines.firsts, axis=0)
        else:
            self.edge_low = self.edge_high = np.zeros((0, 2))
        self._name_rooms: dict[int, float] = {}
        self.take_labels(labels)

    def take_labels(self, labels: Labels) -> None:
        """Write the names of another notation."""
        self._labels = labels
        self._names = node_names(self.drawing, self.figures.tape, labels)
        self.codes, self.looks = self._looks([""] * len(self.drawing.label))
        self._indexed: Looks | None = None
        self._gate_letters: dict[str, str] | None = None

    @property
    def indexed(self) -> Looks:
        """``codes`` and ``looks`` with the time step at the names of variables, for near views."""
        if self._indexed is None:
            marks = list(self.drawing.index)
            for node, time in self._names.initial.items():
                marks[node] = time if marks[node] else ""
            self._indexed = self._looks(marks)
        return self._indexed

    def slanted_name(self, node: int) -> str:
        """Markup of a node's name within upright text, without its time step."""
        number = self._names.of_node[node]
        return slanted_markup(self._names.symbols[number]) if number >= 0 else self.drawing.label[node]

    def name(self, node: int) -> str:
        """Markup of a node's name, without its time step."""
        number = self._names.of_node[node]
        return markup(self._names.symbols[number]) if number >= 0 else self.drawing.label[node]

    def gradient_name(self, node: int) -> str:
        """Markup of the loss's gradient by a parameter, within upright text."""
        number = self._names.of_node[node]
        symbol = self._names.symbols[number] if number >= 0 else Symbol(rf"\mathrm{{{self.drawing.label[node]}}}")
        of, by = self._labels.gradient_in_words(symbol)
        return f"∂{slanted_markup(of)}/∂{slanted_markup(by)}" if of is not None else slanted_markup(by)

    def _looks(self, index: list[str]) -> Looks:
        drawing, names = self.drawing, self._names
        known: dict[tuple[int, str, float, float, str, int], int] = {}
        indexed = [mark if kind == NodeKind.VARIABLE else "" for kind, mark in zip(drawing.kind, index, strict=True)]
        rows = zip(
            drawing.kind.tolist(), drawing.label, drawing.width.tolist(), drawing.height.tolist(), indexed,
            names.of_node, strict=True,
        )  # fmt: skip
        codes = [known.setdefault(row, len(known)) for row in rows]
        looks = [
            (kind, self._markup(kind, label, height, mark, name), width, height)
            for kind, label, width, height, mark, name in known
        ]
        return np.array(codes, dtype=np.int64), looks

    def _markup(self, kind: int, label: str, height: float, index: str, name: int) -> str:
        if kind == NodeKind.PARAMETER and height >= _RAIL_HEAD:
            return ""  # written with its shape and gradient by the painter of rails
        return markup(self._labels.timed(self._names.symbols[name], index)) if name >= 0 else label

    @cached_property
    def gate_names(self) -> frozenset[str]:
        """Names of the gates, which have tints of their own."""
        return frozenset(region.name for region in self.drawing.regions if region.kind == ScopeKind.GATE)

    @cached_property
    def gate_values(self) -> dict[int, int]:
        """Box of a closed gate → tape index of the gate's value."""
        made: dict[int, int] = {}
        for region in self.drawing.regions:
            if region.closed and region.kind == ScopeKind.GATE:
                inside = range(region.entries[1] - 1, region.entries[0] - 1, -1)
                steps = (self.figures.tape[entry] for entry in inside)
                values = (step for step in steps if step.role is Role.GATE and step.scope.path == region.path)
                made.update((region.node, step.index) for step in islice(values, 1))
        return made

    @property
    def gate_letters(self) -> dict[str, str]:
        """Name of a closed gate → markup of its value's letter."""
        if self._gate_letters is None:
            self._gate_letters = {}
            for node, entry in self.gate_values.items():
                name = self.drawing.label[node]
                if name not in self._gate_letters:
                    step = self.figures.tape[entry]
                    letter = self._labels.letter(step.symbol, step.role, self._labels.scope_of(step))
                    self._gate_letters[name] = markup(Symbol(letter.base))
        return self._gate_letters

    def room_for_name(self, number: int) -> float:
        """How far from its left side a region's name may reach before it meets an edge from above."""
        known = self._name_rooms.get(number)
        if known is None:
            d = self.drawing
            x, y, width, height = d.regions[number].rect
            within = (np.abs(d.x - x - width / 2) < width / 2) & (np.abs(d.y - y - height / 2) < height / 2)
            inside = np.flatnonzero(within)
            known = float(d.x[inside[np.argmin(d.y[inside])]]) - x if len(inside) else width
            self._name_rooms[number] = known
        return known

    @cached_property
    def nodes_of_entries(self) -> dict[int, int]:
        """Entry → the node that stands for it."""
        return entry_nodes(self.drawing)

    @cached_property
    def closed_nodes(self) -> dict[str, int]:
        """Path of a closed scope → its box."""
        return {region.path: region.node for region in self.drawing.regions if region.closed and region.node >= 0}

    @cached_property
    def columns(self) -> Indices:
        """Indices of the regions that are columns: time steps, or layers and parts outside of time."""
        regions = self.drawing.regions
        return np.array([i for i, region in enumerate(regions) if region.is_column], dtype=np.int64)

    @cached_property
    def region_rects(self) -> np.ndarray:
        """(regions, 4) x, y, width, height of all regions."""
        return np.array([region.rect for region in self.drawing.regions], dtype=np.float64).reshape(-1, 4)

    @cached_property
    def forward_edges(self) -> Indices:
        """Edges of the forward pass, taps left out."""
        return np.flatnonzero(self.drawing.edge_kind == EdgeKind.FORWARD)

    @cached_property
    def is_tree(self) -> bool:
        """Whether the steps are nodes of trees."""
        return any(region.name.startswith(TREE_NODE) for region in self.drawing.regions)

    @cached_property
    def first_layers(self) -> list[int]:
        """Regions of the layers of the first time step, where there are several."""
        regions = self.drawing.regions
        numbered = [i for i, region in enumerate(regions) if region.number is not None and not region.is_column]
        layers = [i for i in numbered if regions[i].kind == ScopeKind.LAYER]
        if not layers:
            return []
        left = min(regions[i].rect[0] for i in layers)
        return [i for i in layers if regions[i].rect[0] < left + 1.0]

    @cached_property
    def captions(self) -> tuple[tuple[int, str], ...]:
        """(region, caption) of the time steps with an input that a reader calls something, such as a word."""
        captions = self.figures.tape.captions
        made = []
        for number, region in enumerate(self.drawing.regions if captions else ()):
            if region.is_column:
                inside = (captions[entry] for entry in range(*region.entries) if entry in captions)
                made += [(number, text) for text in [next(inside, "")] if text]
        return tuple(made)

    def captions_from(self, words: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
        """(region, caption) of the time steps for which there are words, in a drawing of lattices."""
        timed = enumerate(self.drawing.regions if self.drawing.lattices else ())
        numbers = ((i, one.number) for i, one in timed if one.is_column and one.kind == ScopeKind.TIME)
        return tuple((i, words[number]) for i, number in numbers if number is not None and words.get(number))

    @cached_property
    def forced_nodes(self) -> tuple[int, ...]:
        """Nodes of steps upon which numbers were forced, or of the closed boxes around them."""
        steps = self.figures.tape.steps if edits_of(self.figures.tape) else ()
        nodes = (self.node_of(step.index) for step in steps if is_forced(step))
        return tuple(dict.fromkeys(node for node in nodes if node >= 0))

    @cached_property
    def fans(self) -> list[Fan]:
        """Lines from what attention looks at to the steps that look."""
        return fans_of(self.figures.tape, self.drawing, self.figures.attended, self.node_of)

    @cached_property
    def whole_rect(self) -> tuple[float, float, float, float]:
        """(x, y, width, height) of the drawing, fans included."""
        return fan_rect(self.drawing, self.fans)

    @cached_property
    def largest_opened(self) -> float:
        """The largest finite norm of the gradients that flow in the opened backward pass; 0 for none."""
        entries = self.drawing.edge_entry[self.drawing.edge_kind == EdgeKind.BACKWARD].astype(np.int64)
        norms = self.figures.norms(entries[self.figures.is_gradient[entries]])
        return float(norms[np.isfinite(norms)].max(initial=0.0))

    @cached_property
    def blocked_edges(self) -> Indices:
        """Edges on which a gradient is cut on purpose, ascending; not those of ids and masks, which have none."""
        d, steps = self.drawing, self.figures.tape.steps
        operations = {step.operation for step in steps if step.operation is not None}
        found: list[int] = []
        if not any(BLOCKED in operation.gradients for operation in operations):
            return np.array(found, dtype=np.int64)
        for edge in np.flatnonzero((d.edge_argument >= 0) & (d.edge_kind == EdgeKind.FORWARD)).tolist():
            step = steps[d.edge_step[edge]]
            if _is_blocked(step, int(d.edge_argument[edge])):
                found.append(edge)
        return np.array(found, dtype=np.int64)

    @cached_property
    def least_circle(self) -> float:
        """Diameter of the smallest operation, scene units; 0 if there is none."""
        circles = self.drawing.kind == NodeKind.OPERATION
        return float(self.drawing.width[circles].min()) if circles.any() else 0.0

    def node_of(self, entry: int) -> int:
        """The node that stands for an entry: its own, or the closed box around it; -1 for none."""
        own = self.nodes_of_entries.get(entry)
        if own is not None:
            return own
        for scope in reversed(self.figures.tape[entry].scope.line()):
            if scope.path in self.closed_nodes:
                return self.closed_nodes[scope.path]
        return -1


def _is_blocked(step: Tensor, argument: int) -> bool:
    rules = step.operation.gradients if step.operation is not None else ()
    blocked = argument < len(rules) and rules[argument] is BLOCKED
    return blocked and step.inputs[argument].needs_gradient
