"""Sizes and distances of drawings, in scene units."""

from __future__ import annotations

CIRCLE = 36.0
BACKWARD_CIRCLE = 30.0
BACKWARD_DROP = 58.0, 104.0  # from the gradient of a gate's product down to that of its weight, and to the sum of it
BACKWARD_TAG_DX = 22.0  # from the centre of a backward step to that of its tag, clear of its neighbour's lines
BACKWARD_PITCH = 50.0  # between neighbours of the opened backward pass
PILL_WIDTH, PILL_HEIGHT = 92.0, 28.0
TARGET_WIDTH = 60.0
LOSS_WIDTH, LOSS_HEIGHT = 68.0, 30.0
PARAMETER_WIDTH, PARAMETER_HEIGHT = 92.0, 48.0
TAG_WIDTH, TAG_HEIGHT = 34.0, 20.0
TAG_BELOW = 34.0  # from the centre of a product in a gate down to its tag, on the line that comes in
TAG_DX, TAG_DY = 31.0, 27.0  # from the centre of an operation to that of its tag, clear of edges from below

ROW_GAP = 40.0  # between what is drawn in two rows
LEAST_GAP = 16.0  # between the frames of two blocks
SIDE_GAP = 18.0  # between neighbours in a row
GATE_GAP = 10.0  # between the frames of two gates
STATE_GAP = 24.0  # between a cell's gates, its operations and its states
STATE_LINE = 64.0  # from the operations over the gates up to the line of the state that runs through the cell
SKIP_ROOM = 66.0  # between a cell and its state, for the lines that skip time steps
CUT_BELOW = 65.0  # from a gate's product down to the line on which the state before comes in
BUS_ROOM = 30.0  # below gates, for the line that brings all of them the state before
RAIL_DROP = 36.0  # from an operation's centre down to its rail
RAIL_PITCH = 16.0  # between rails that share a gap
RAIL_ROOM = 22.0  # what a rail adds to the gap below its operation
TAP_SHIFT = 27.0  # a tap stands this far to the right of an operation that is entered from below

PADDING = {"gate": 10.0, "cell": 7.0, "layer": 10.0, "part": 7.0}
TITLE = {"gate": 14.0, "cell": 0.0, "layer": 0.0, "part": 0.0}
LEAST_FRAME = 90.0  # width of a cell or part, so that its name fits when it is closed
LEAST_STATIC = 216.0  # width of a column that is no time step, so that its title fits
COLUMN_PADDING = 16.0
COLUMN_TITLE = 30.0
COLUMN_GAP = 28.0
FAN_ABOVE = 96.0  # from the time steps up to the arcs of attention, clear of the lines above them
FAN_RISE, FAN_RISES = 0.1, (90.0, 4000.0)  # height of an arc as a share of its width, and its bounds
LATTICE_CAPTION = 70.0  # below the time steps of an encoder or decoder, for its name
LATTICE_GAP = 170.0  # between the time steps of an encoder and those of its decoder, for what is handed over
TREE_GAP = 78.0  # between the nodes of a tree of two heights
TREE_TRACK = 16.0  # from a node of a tree to the nearest line that runs beside it in that gap
TREE_ENTRY = 9.0  # from the middle of an operation to where its left and right operands come in from below
TREE_BUS = 34.0  # for the lines that come down at the right of a tree
TRUNK_PITCH = 12.0  # between the trunks from which the rails of a tree branch off
MARGIN_GAP = 24.0  # between the parameters' boxes and what follows
CAPTION_ROOM = 48.0  # below a drawing whose time steps have captions
LANE = 7.0  # between parallel lines
CLEARANCE = 3.0  # between a line and a node it passes
