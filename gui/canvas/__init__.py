"""The canvas: the network's graph on the screen, painted in batches."""
