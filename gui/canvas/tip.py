"""The tooltip of a node: its address, its shape, and its norm once it is revealed."""

from __future__ import annotations

from html import escape

import numpy as np

from engine.debugger.cursor import Cursor
from engine.scope import ScopeKind
from engine.tensor import Role, Tensor
from gui.appearance import Appearance
from gui.canvas.attention_fan import ShownFan
from gui.canvas.value_texts import number_text


def tip(cursor: Cursor, entry: int, appearance: Appearance) -> str:
    """Rich text for an entry; nothing of its value before the cursor has passed it."""
    step = cursor.tape[entry]
    shape = "×".join(str(n) for n in step.shape) or appearance.say("scalar")
    lines = [f"<b>{escape(cursor.addresses[entry])}</b>", *_stored_name(step, appearance)]
    lines.append(escape(appearance.say("shape {shape}", shape=shape)))
    value = cursor.value(entry)
    if value is None:
        lines.append(escape(appearance.say("not computed yet")))
    elif value.size == 1:
        lines.append(escape(f"= {number_text(float(value.reshape(-1)[0]), 3)}"))
    else:
        lines.append(f"‖·‖ = {escape(number_text(_norm(value), 3))}")
    gradient = cursor.gradient(entry)
    if gradient is not None:
        lines.append(escape(appearance.say("gradient ‖·‖ = {norm}", norm=number_text(_norm(gradient), 3))))
    return "<br>".join(lines)


def fan_tip(shown: ShownFan, line: int, cursor: Cursor, appearance: Appearance) -> str:
    """Rich text for a line of an attention fan: its weight, and its gradient where it has arrived."""
    say, steps = appearance.say, cursor.tape.steps
    to, since = (steps[entry].scope.enclosing(ScopeKind.TIME) for entry in (shown.fan.weights, shown.fan.sources[line]))
    lines = [f"<b>{escape(cursor.addresses[shown.fan.weights])}</b>"]
    if to is not None and since is not None:
        lines.append(escape(say("attention of t = {n} to t = {source}", n=to.number, source=since.number)))
    lines.append(escape(say("weight {weight}", weight=number_text(float(shown.weights[line]), 3))))
    if shown.gradients is not None:
        lines.append(escape(say("gradient {gradient}", gradient=number_text(float(shown.gradients[line]), 3))))
    if steps[shown.fan.weights].shape[0] > 1:
        lines.append(escape(say("sequence {n} of the batch", n=shown.sequence + 1)))
    return "<br>".join(lines)


def _stored_name(step: Tensor, appearance: Appearance) -> list[str]:
    """What a parameter is called in the library that the notation is of."""
    stored = appearance.labels(step.tape).stored_name(step.symbol) if step.role is Role.PARAMETER else ""
    return [escape(stored)] if stored else []


def _norm(value: np.ndarray) -> float:
    with np.errstate(all="ignore"):
        return float(np.sqrt(np.sum(np.square(value))))
