"""The textbook's arrangement of cells: one file a cell, which registers its table."""
