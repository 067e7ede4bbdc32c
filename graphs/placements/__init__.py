"""Placement tables of cells whose automatic placement is not the textbook's picture, one file a cell."""
