"""Perplexities as people read them."""

from gui.views.number_text import number_text


def perplexity_text(value: float) -> str:
    """``4.04``, ``129``, ``10,000``."""
    if not value < 1e6:
        return number_text(value)
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}"
