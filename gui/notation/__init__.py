"""Notations: what the entries of a tape, its parameters and their gradients are called on the screen.

The tape's own symbols never change (``W_x_f``, ``h``, ``c``); a notation is a file in resources/notations that says
what to write for them.
"""
