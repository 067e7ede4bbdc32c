"""What the canvas calls the parts of networks, and what one hands over to the next."""

from __future__ import annotations

from graphs.drawn_lattices import CONTEXT, THOUGHT
from gui.appearance import Appearance
from gui.canvas.forced_marks import FORCED

_CELLS = {"rnn": "RNN", "lstm": "LSTM", "lstm_merged": "LSTM", "gru": "GRU", "cec": "CEC"}
"""Cells that have the same name in all languages."""


def part_names(appearance: Appearance) -> dict[str, str]:
    """Name of a part → what it is called in the language on the screen."""
    say = appearance.say
    return {
        "encoder": say("encoder"),
        "decoder": say("decoder"),
        "image": say("image"),
        "question": say("question"),
        "meeting": say("answer"),
        "self attention": say("self attention"),
        "source-target attention": say("source-target attention"),
        "feed forward": say("feed forward"),
        "feature": say("features"),
        "latent": say("latent"),
        "output": say("output"),
        "loss": say("loss"),
        "prior": say("prior"),
        "posterior": say("posterior"),
        "embedding": say("embedding"),
        "start": say("first state"),
        "attention": say("attention"),
        "score": say("scores"),
        "query": say("query"),
        "key": say("key"),
        "value": say("value"),
        "add and norm": say("add and norm"),
        CONTEXT: say("context"),
        THOUGHT: say("thought vector"),
        FORCED: say("forced value"),
        **_CELLS,
        "leaky": say("leaky units"),
        "peephole_lstm": say("peephole LSTM"),
        "skip_rnn": say("RNN with skip connections"),
    }
