"""What the watch table says of a row."""

import math
from collections.abc import Callable

from engine.debugger.watches import Known, Quantity
from engine.tape import Tape
from gui.language import translatable
from gui.views.number_text import number_text
from gui.views.watch_rows import MOST_STEPS, WatchRow

Say = Callable[..., str]
_MOST_NUMBERS = 6
_WHY_NOT = {
    Known.NOT_YET: translatable("not computed yet"),
    Known.NO_GRADIENT: translatable("no gradient reaches it"),
    Known.NO_ELEMENT: translatable("it has no such element"),
}


def address_text(row: WatchRow, tape: Tape) -> str:
    """The watch as mathematics: ``∂E/∂ given/W``, ``‖forward/t=3/rnn/z‖``."""
    text = row.text
    if row.expression.quantity is Quantity.GRADIENT:
        text = f"∂{tape[tape.loss].symbol or 'L'}/∂ {text}"
    elif row.expression.quantity is Quantity.NORM:
        text = f"‖{text}‖"
    return f"  {text}" if row.inside else text


def now_text(row: WatchRow, say: Say) -> str:
    """The numbers at the cursor, or why there are none."""
    reading = row.reading
    if reading is None:
        return _count_text(row, say)
    if reading.known in _WHY_NOT:
        return say(_WHY_NOT[reading.known])
    return say("so far {value}", value=_numbers(row)) if reading.known is Known.SO_FAR else _numbers(row)


def norm_text(row: WatchRow) -> str:
    """The norm; empty without one."""
    return "" if row.reading is None or row.reading.norm is None else number_text(row.reading.norm, 3)


def tip(row: WatchRow, tape: Tape, say: Say) -> str:
    """All that does not fit into the cells."""
    if row.index is None:
        return f"{row.expression.text}: {_count_text(row, say)}"
    shape = " × ".join(map(str, tape[row.index].shape)) or "1"
    return say("{address}, shape {shape}: {value}", address=row.address, shape=shape, value=now_text(row, say))


def ink(row: WatchRow, *, of_watch: bool) -> str:
    """The colour of a row's text; ``of_watch``: of its first column."""
    reading = row.reading
    if reading is None:
        return "warning" if not row.count else "ink" if of_watch else "ink_quiet"
    if of_watch:
        return "ink"
    if reading.norm is None:
        return "ink_pale"
    if not math.isfinite(reading.norm):
        return "error"
    return "backward_ink" if row.expression.quantity is Quantity.GRADIENT else "ink"


def _count_text(row: WatchRow, say: Say) -> str:
    if not row.count:
        return say("no such step on this tape")
    if row.count > MOST_STEPS:
        return say("first {shown} of {count} steps", shown=MOST_STEPS, count=row.count)
    return say("{count} steps", count=row.count)


def _numbers(row: WatchRow) -> str:
    reading = row.reading
    if reading is None or reading.numbers is None or reading.norm is None:
        return ""
    if row.expression.quantity is Quantity.NORM and not row.expression.element:
        return number_text(reading.norm)
    if not reading.numbers.ndim:
        return number_text(float(reading.numbers))
    shown = "  ".join(number_text(float(number), 3) for number in reading.numbers.flat[:_MOST_NUMBERS])
    return f"[{shown} …]" if reading.numbers.size > _MOST_NUMBERS else f"[{shown}]"
