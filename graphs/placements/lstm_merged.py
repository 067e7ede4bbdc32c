"""The LSTM with merged weights: one product below, from which every gate takes its slice."""

from __future__ import annotations

from graphs.placement_table import PLACEMENTS
from graphs.placements.lstm import place_lstm

PLACEMENTS.add("lstm_merged", place_lstm)
