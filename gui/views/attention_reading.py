"""What is to be read of one cell of attention."""

from __future__ import annotations

from engine.debugger.cursor import Cursor
from gui.appearance import Appearance
from gui.views.attention_table import AttentionRows
from gui.views.attention_tokens import AttentionTokens
from gui.views.number_text import number_text


def reading(
    rows: AttentionRows, tokens: AttentionTokens, row: int, column: int, cursor: Cursor, look: Appearance
) -> str:
    """One line: the number, and what asks and what is looked at."""
    say, shown, table = look.say, rows.shown(row, cursor), rows.table
    if shown is None:
        value = say("not yet computed")
    elif rows.masked(row)[column]:
        value = say("masked")
    else:
        value = number_text(float(rows.numbers(shown, row)[column]))
    if table.timed and not table.stacks.own and not table.heads:
        text = say(
            "{name} = {value} · decoder t = {t} “{answer}” ← encoder t = {j} “{source}”",
            name=rows.name, value=value, t=table.times[row], j=column + 1,
            answer=tokens.answered(row) or "…", source=tokens.source(column),
        )  # fmt: skip
    elif not table.heads:
        text = say(
            "{name} = {value} · {i} “{row}” ← {j} “{column}”",
            name=rows.name, value=value, i=table.times[row], j=column + 1,
            row=tokens.name(row), column=tokens.source(column),
        )  # fmt: skip
    else:
        text = say(
            "{name} = {value} · {head} · {i} “{row}” ← {j} “{column}”",
            name=rows.name, value=value, head=head_name(rows.head, look), i=table.times[row], j=column + 1,
            row=tokens.name(row), column=tokens.source(column),
        )  # fmt: skip
    if shown is not None and not rows.before and not rows.gradient and rows.forced(row)[column]:
        text += " · " + say("forced; computed was {value}", value=number_text(float(rows.computed(row)[column])))
    return text


def head_name(head: int | None, look: Appearance) -> str:
    """Head 1, 2 …, or the mean over all."""
    return look.say("average") if head is None else look.say("head {number}", number=head + 1)
