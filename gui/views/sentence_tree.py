"""A parsed sentence as it stands on a tape: words, nodes, classes, and what the net says of each. Knows no Qt."""

from dataclasses import dataclass

import numpy as np

from engine.analysis.series import first_indices, time_of
from engine.debugger.cursor import Cursor
from engine.tape import Tape
from engine.tensor import Array, Role


@dataclass(frozen=True)
class Node:
    """A node of the tree.

    Attributes:
        number: its place in post-order, from 1.
        word: of a leaf, else empty.
        parts: the numbers of its parts, left to right; empty for a word.
        height: 0 for a word, else one more than its highest part.
        middle: between the words, 0 for the first: where it stands from left to right.
        state: tape index of its vector; word_entry: of the word's id, else of the vector.
        output, target: tape indices of its probabilities and its class; None where none is asked.
        truth: its class, None where none is asked.
    """

    number: int
    word: str
    parts: tuple[int, ...]
    height: int
    middle: float
    state: int
    word_entry: int
    output: int | None
    target: int | None
    truth: int | None


@dataclass(frozen=True)
class Verdict:
    """What the net says of a node: its class, the probability of that, and all probabilities."""

    predicted: int
    probability: float
    probabilities: tuple[float, ...]


class SentenceTree:
    """The trees of a tape.

    Attributes:
        nodes: by number.
        words: the words in their order.
        height: of the highest node.
    """

    def __init__(self, tape: Tape) -> None:
        states = first_indices(tape, Role.STATE)
        words, outputs, targets = (first_indices(tape, role) for role in (Role.INPUT, Role.OUTPUT, Role.TARGET))
        self.nodes: dict[int, Node] = {}
        self.words: list[str] = []
        for number in sorted(states):
            parts = _parts(tape, number, states[number]) if number not in words else ()
            inner = [self.nodes[part] for part in parts]
            height, middle = 0, float(len(self.words))
            word = ""
            if inner:
                height = 1 + max(node.height for node in inner)
                middle = (inner[0].middle + inner[-1].middle) / 2
            else:
                word = tape.captions.get(words[number], "?")
                self.words.append(word)
            target = targets.get(number)
            truth = None if target is None else int(np.ravel(tape[target].value)[0])
            self.nodes[number] = Node(
                number, word, parts, height, middle, states[number], words.get(number, states[number]),
                outputs.get(number), target, truth,
            )  # fmt: skip
        self.height = max((node.height for node in self.nodes.values()), default=0)

    @property
    def root(self) -> Node | None:
        """The last node; None on a tape without any."""
        return self.nodes[max(self.nodes)] if self.nodes else None

    def node_of(self, entry: int, tape: Tape) -> Node | None:
        """The node that a step belongs to."""
        number = time_of(tape[entry]) if 0 <= entry < len(tape) else None
        return self.nodes.get(number) if number is not None else None

    def verdicts(self, cursor: Cursor) -> dict[int, Verdict | None]:
        """What the net says of each node that is asked; None where the cursor has not passed it."""
        asked = {node.number: node.output for node in self.nodes.values() if node.output is not None}
        return {number: _verdict(cursor.value(output)) for number, output in asked.items()}


def _parts(tape: Tape, number: int, state: int) -> tuple[int, ...]:
    """The nodes whose vectors a node's vector is made from, in the order in which they are read."""
    found: dict[int, None] = {}
    open_entries = [state]
    while open_entries:
        step = tape[open_entries.pop()]
        for source in step.inputs:
            time = time_of(source)
            if time == number:
                open_entries.append(source.index)
            elif time is not None:
                found[time] = None
    return tuple(sorted(found))


def _verdict(value: Array | None) -> Verdict | None:
    if value is None:
        return None
    probabilities = tuple(np.ravel(value).tolist())
    predicted = int(np.argmax(probabilities)) if np.isfinite(probabilities).all() else -1
    return Verdict(predicted, probabilities[predicted], probabilities)
