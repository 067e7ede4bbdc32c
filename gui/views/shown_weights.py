"""The weights as the cursor shows them: the new ones once the whole update has been passed."""

from engine.analysis.series import parameters
from engine.model import Parameters
from gui.bridge import Bridge


def is_updated(bridge: Bridge) -> bool:
    """Whether the cursor has passed the whole update of the open iteration."""
    return bridge.cursor.position >= bridge.cursor.end


def shown_weights(bridge: Bridge) -> Parameters:
    """The parameters by name."""
    tape, updated = bridge.tape, is_updated(bridge)
    return {
        name: tape[tape.updates.get(name, index) if updated else index].value
        for name, index in parameters(tape).items()
    }
