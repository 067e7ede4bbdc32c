"""Oracles of whole systems: a file each that draws cases and computes them in PyTorch; SYSTEMS lists them.

To add one: a file here that ends in ``SYSTEM = System(…)``, its line in ``SYSTEMS``, and
``python tests/oracles/systems/make_vectors.py NAME``.
"""
