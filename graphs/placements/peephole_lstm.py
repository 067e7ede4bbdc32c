"""The LSTM with peepholes: the LSTM's picture; what the gates see of the cell state is inside them."""

from __future__ import annotations

from graphs.placement_table import PLACEMENTS
from graphs.placements.lstm import place_lstm

PLACEMENTS.add("peephole_lstm", place_lstm)
