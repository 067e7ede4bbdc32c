"""Words for what the engine names, as keys of the translations."""

from engine.debugger.grain import Grain
from engine.tape import Phase
from gui.language import translatable

GRAINS = {
    Grain.OPERATION: translatable("operation"),
    Grain.GATE: translatable("gate"),
    Grain.CELL: translatable("cell"),
    Grain.TIME_STEP: translatable("time step"),
    Grain.PHASE: translatable("phase"),
    Grain.ITERATION: translatable("iteration"),
}
PHASES = {
    Phase.FORWARD: translatable("forward"),
    Phase.BACKWARD: translatable("backward"),
    Phase.UPDATE: translatable("update"),
}
