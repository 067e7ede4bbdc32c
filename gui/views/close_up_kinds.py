"""The tables of the cells there are: each in a wide arrangement, boxes beside products, and a tall one, boxes below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from gui.views.close_up_tables import Gate, Seat, Table

WIDE, TALL = "wide", "tall"
Roles = Mapping[str, int]
"""What a cell has → the first step that is it."""
_ROWS = {
    WIDE: {"top": 0.0, "side": 0.54, "upper": 1.1, "plate": 2.3, "activation": 2.3, "sum": 3.45, "product": 4.6,
           "h": 5.55, "x": 6.45},
    TALL: {"top": 0.0, "side": 0.54, "upper": 1.1, "plate": 2.15, "activation": 3.1, "sum": 4.1, "product": 5.1,
           "h": 6.8, "x": 7.7},
}  # fmt: skip
_GATES = {
    WIDE: Gate(
        {"W_h": (-0.95, "product", 0.0), "W_x": (0.95, "product", 0.0), "W_skip": (0.0, "product", 0.0),
         "sum": (0.0, "sum", 0.0), "activation": (0.0, "activation", 0.0), "slice": (0.0, "sum", 0.0),
         "W_c": (-1.55, "sum", 0.0), "diagonal": (-1.55, "sum", -0.8)},
        {"W_h": (-1.3, 0.0), "W_x": (1.3, 0.0), "b": (1.35, 0.0), "W_c": (0.0, -0.95), "diagonal": (0.0, -0.75)},
        (1.75, "plate", 2.35), (-3.05, -0.58, 3.05, 0.55), (-2.9, "activation", -0.22, 2.3),
    ),
    TALL: Gate(
        {"W_h": (-0.82, "product", 0.0), "W_x": (0.82, "product", 0.0), "W_skip": (0.0, "product", 0.0),
         "sum": (0.0, "sum", 0.0), "activation": (0.0, "activation", 0.0), "slice": (0.0, "sum", 0.0),
         "W_c": (-1.2, "sum", 0.0), "diagonal": (-1.2, "sum", -0.85)},
        {"W_h": (0.0, 0.85), "W_x": (0.0, 0.85), "b": (1.1, 0.0), "W_c": (0.0, -0.9), "diagonal": (0.0, -0.8)},
        (0.0, "plate", 2.5), (-1.82, -1.45, 1.82, 1.28), (-1.72, "activation", 0.0, 1.22),
    ),
}  # fmt: skip
_SPACING = {WIDE: 6.3, TALL: 3.85}
_MARGIN = {WIDE: (4.9, 4.9), TALL: (3.6, 4.0)}
"""From the outer columns to the middles of the pills at the left and at the right."""
_PEEPHOLE_TAP = {WIDE: 2.65, TALL: 1.9}
_LSTM_ORDER = ("forget", "input", "candidate", "output")


def table(cell: str, roles: Mapping[int, str], arrangement: str) -> Table | None:
    """The table for a cell that has these roles; None for a cell without a picture."""
    make = _KINDS.get(cell)
    order = {role: entry for entry, role in sorted(roles.items(), reverse=True)}
    return None if make is None else make(order, arrangement)


def _columns(names: tuple[str, ...], spacing: float) -> dict[str, float]:
    return {name: place * spacing for place, name in enumerate(names)}


def _lstm_columns(roles: Roles, spacing: float) -> dict[str, float]:
    present = {role.rpartition("/")[0] for role in roles}
    return _columns(tuple(name for name in _LSTM_ORDER if name in present), spacing)


def _lstm(roles: Roles, arrangement: str) -> Table:
    columns = _lstm_columns(roles, _SPACING[arrangement])
    made = _of_lstm(columns, arrangement)
    if "output/W_c" not in roles:
        return made
    # The peepholes' weights stand where the gates' names would.
    left, top, right, bottom = made.gate.frame
    plate, name, rows = made.gate.plate, (0.46, "activation", 0.0, 1.26), made.rows
    if arrangement == WIDE:
        name, rows = (0.55, "activation", -0.62, 2.3), {**made.rows, "upper": 1.0}
    elif "output/diagonal" in roles:
        plate = (0.42, "plate", 1.75)
    frame = left, top - (0.3 if arrangement == WIDE or "output/diagonal" in roles else 0.0), right, bottom
    return replace(made, rows=rows, gate=replace(made.gate, frame=frame, name=name, plate=plate))


def _of_lstm(columns: Mapping[str, float], arrangement: str) -> Table:
    first, last = next(iter(columns)), "output"
    left, right = _MARGIN[arrangement]
    tap = _PEEPHOLE_TAP[arrangement]
    lane = 3.15 if arrangement == WIDE else 2.35
    vias = {
        ("emit", "h"): (Seat((last,), lane, "upper"), Seat((last,), lane, "h")),
        ("add", "output/W_c"): (Seat((last,), -tap, "top"), Seat((last,), -tap, "sum")),
        **{
            ("c", f"{gate}/W_c"): (
                Seat((first,), 1.55 - left, "top"), Seat((first,), 1.55 - left, "side"), Seat((gate,), -tap, "side"),
                Seat((gate,), -tap, "sum"),
            )
            for gate in ("forget", "input", "candidate")
        },
    }  # fmt: skip
    return Table(
        columns, _ROWS[arrangement], _GATES[arrangement],
        steps={
            "keep": Seat(("forget",), 0.0, "top"), "add": Seat(("input", "candidate"), 0.0, "top"),
            "write": Seat(("input", "candidate"), 0.0, "upper"), "squash": Seat((last,), -1.55, "upper"),
            "emit": Seat((last,), 0.0, "upper"),
        },
        results={"c": Seat((last,), right, "top"), "h": Seat((last,), right, "h")},
        sources={name: Seat((first,), -left, row) for name, row in (("c", "top"), ("h", "h"), ("x", "x"))},
        buses={"x": "x", "h": "h"}, vias=vias,
    )  # fmt: skip


def _merged(roles: Roles, arrangement: str) -> Table:
    """One product for all gates below, its slices side by side."""
    made = _of_lstm(_lstm_columns(roles, 4.6 if arrangement == WIDE else 3.1), arrangement)
    names = tuple(made.columns)
    rows = dict(made.rows) | {"u": made.rows["sum"] + 0.85}
    rows["product"] = rows["u"] + 0.95
    rows |= {"h": rows["product"] + 0.95, "x": rows["product"] + 1.8}
    away = 3.0 if arrangement == WIDE else 2.4
    steps = {role: Seat(names, dx, "product") for role, dx in (("sum", 0.0), ("W_h", -away), ("W_x", away))}
    side = 1.3
    frame = (-1.0, made.gate.frame[1], 3.05, 0.5) if arrangement == WIDE else (-1.4, -1.45, 1.4, 0.5)
    name = (0.5, "sum", 0.0, 2.4) if arrangement == WIDE else (-1.32, "activation", 0.0, 0.86)
    return replace(
        made, rows=rows, steps={**made.steps, **steps}, buses={**made.buses, "sum": "u"},
        boxes={"W_h": (-side, 0.0), "W_x": (side, 0.0), "b": (0.0, 0.95)},
        gate=replace(made.gate, frame=frame, name=name),
    )  # fmt: skip


def _gru(roles: Roles, arrangement: str) -> Table:
    """h^(t−1) straight along the top; z mixes it with the candidate."""
    wide, before = arrangement == WIDE, roles["candidate/reset"] < roles["candidate/W_h"]
    rows = dict(_ROWS[arrangement])
    rows["lower"] = rows["product"] + (0.9 if wide else 1.6 if before else 0.95)
    rows |= {"h": rows["h"] + 0.95, "x": rows["x"] + 0.95}
    columns = {"update": 0.0, "reset": _SPACING[arrangement]}
    columns["candidate"] = (13.0 if before else 14.0) if wide else (7.8 if before else 8.6)
    return Table(
        columns, rows, _GATES[arrangement], steps=_mixing(roles), results={"h": Seat(("candidate",), 4.7, "top")},
        sources={name: Seat(("update",), -_MARGIN[arrangement][0], row) for name, row in (("h", "top"), ("x", "x"))},
        buses={"x": "x", "h": "h"}, own={"candidate": _candidate(arrangement, before)},
        vias=_gru_vias(wide, "lower" if before else "sum"),
    )  # fmt: skip


def _mixing(roles: Roles) -> dict[str, Seat]:
    """Where old and new are mixed; 1 − z stands over z where it is the share of the old, else before the new."""
    old = _takes_new(roles)
    return {
        "keep": Seat(("update",), 0.0, "top"), "add": Seat(("candidate",), 0.0, "top"),
        "write": Seat(("candidate",), 0.0, "upper"),
        "rest": Seat(("update",), 0.0, "upper") if old else Seat(("update", "candidate"), 0.0, "upper"),
    }  # fmt: skip


def _takes_new(roles: Roles) -> bool:
    return roles["rest"] < roles["keep"]


def _gru_vias(wide: bool, reset_row: str) -> dict[tuple[str, str], tuple[Seat, ...]]:
    lane = -3.3 if wide else -2.15
    return {
        ("reset/activation", "candidate/reset"): (
            Seat(("candidate",), lane, "activation"), Seat(("candidate",), lane, reset_row),
        ),
        ("update/activation", "write"): (
            Seat(("update",), 0.0, "upper", 0.56), Seat(("candidate",), -1.3, "upper", 0.56),
            Seat(("candidate",), -1.3, "upper"),
        ),
    }  # fmt: skip


def _candidate(arrangement: str, before: bool) -> Gate:
    """The candidate of a GRU, with the reset before or after its product."""
    plain, wide = _GATES[arrangement], arrangement == WIDE
    left, top, right, bottom = plain.frame
    if before:
        seats = dict(plain.seats) | {"reset": (plain.seats["W_h"][0], "lower", 0.0)}
        return replace(plain, seats=seats, frame=(left, top, right, bottom + (0.9 if wide else 0.75)))
    x = -2.0 if wide else -0.95
    seats = dict(plain.seats) | {
        "W_h": (x, "lower", 0.0), "inner_sum": (x, "product", 0.0), "reset": (x, "sum", 0.0),
    }  # fmt: skip
    boxes = dict(plain.boxes) | {"b_h": (-1.3, 0.0) if wide else (-1.1, 0.0)}
    return replace(plain, seats=seats, boxes=boxes, frame=(-4.15 if wide else -2.75, top, right, bottom + 0.9))


def _layer(roles: Roles, arrangement: str) -> Table:
    """One product with the input, one with each state that is seen."""
    rows = {"activation": 0.0, "sum": 1.15, "product": 2.3, "h": 3.3, "skip": 4.1, "x": 4.1 + 0.8 * ("W_skip" in roles)}
    rows |= {} if arrangement == WIDE else {"h": 4.1, "skip": 4.9, "x": 4.9 + 0.8 * ("W_skip" in roles)}
    boxes = {"W_skip": (0.0, 0.85)} if arrangement == TALL else {"W_skip": (0.0, 0.79)}
    left, right = _MARGIN[arrangement]
    gate = _GATES[arrangement]
    if "W_skip" in roles and arrangement == TALL:
        gate = replace(gate, seats=dict(gate.seats) | {"W_h": (-1.55, "product", 0.0), "W_x": (1.55, "product", 0.0)})
    return Table(
        {"": 0.0}, rows | {"plate": 0.0}, gate, steps={}, results={"h": Seat((), right, "activation")},
        sources={name: Seat((), -left, name) for name in ("x", "h", "skip")},
        buses={name: name for name in ("x", "h", "skip")}, boxes=boxes,
    )  # fmt: skip


def _carousel(roles: Roles, arrangement: str) -> Table:
    """The cell state straight along the top, the input added to it."""
    left, right = _MARGIN[arrangement]
    rows = _ROWS[arrangement] | {"activation": 1.3, "plate": 1.3, "sum": 2.4, "product": 3.5}
    gate = _GATES[arrangement]
    return Table(
        {"": 0.0}, rows | {"x": 4.5 if arrangement == WIDE else 5.2},
        replace(gate, plate=(1.75, "plate", 2.35)), steps={"add": Seat((), 0.0, "top")},
        results={"c": Seat((), right, "top")}, sources={"c": Seat((), -left, "top"), "x": Seat((), -left, "x")},
        buses={"x": "x"},
    )  # fmt: skip


def _leaky(roles: Roles, arrangement: str) -> Table:
    """A moving average of the old state, along the top, and what the layer says."""
    left, right = _MARGIN[arrangement]
    column = ("candidate",)
    return Table(
        {"candidate": 0.0}, _ROWS[arrangement], _GATES[arrangement],
        steps={"keep": Seat(column, -1.5, "top"), "add": Seat(column, 0.0, "top"), "write": Seat(column, 0.0, "upper")},
        results={"h": Seat(column, right, "top")},
        sources={"h": Seat(column, -left, "top"), "x": Seat(column, -left, "x")}, buses={"x": "x", "h": "h"},
    )  # fmt: skip


_KINDS: dict[str, Callable[[Roles, str], Table]] = {
    "lstm": _lstm, "peephole_lstm": _lstm, "lstm_merged": _merged, "gru": _gru, "leaky": _leaky, "rnn": _layer,
    "skip_rnn": _layer, "cec": _carousel,
}  # fmt: skip
