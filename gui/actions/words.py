"""Words for what the engine names, as keys of the translations."""

from engine.debugger.grain import Grain
from gui.language import translatable

GRAINS = {
    Grain.OPERATION: translatable("operation"),
    Grain.GATE: translatable("gate"),
    Grain.CELL: translatable("cell"),
    Grain.TIME_STEP: translatable("time step"),
    Grain.PHASE: translatable("phase"),
    Grain.ITERATION: translatable("iteration"),
}
