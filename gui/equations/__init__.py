"""What the equations say: names of the entries of a tape, the equation of a step in symbols and in numbers."""
