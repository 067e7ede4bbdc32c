"""Heatmaps of arrays with their numbers in the cells, for any view."""
