"""What an address may go on with while it is being typed."""

from __future__ import annotations

import re
from itertools import islice

from engine.address import addresses, symbol_address
from engine.tape import Tape
from engine.tensor import Role

_TIME = re.compile(r"\bt=\d+")


def known_addresses(tape: Tape, names: list[str] | None = None) -> list[str]:
    """Every address to offer, the most useful first: parameters, symbols at all times, symbols, steps.

    Args:
        tape: where to look.
        names: ``addresses(tape)`` if at hand.
    """
    names = addresses(tape) if names is None else names
    parameters = [names[index] for index, step in enumerate(tape) if step.role is Role.PARAMETER and step.is_given]
    symbols = [address for index in range(len(tape)) if (address := symbol_address(tape, index))]
    general = [_TIME.sub("t=*", address) for address in (*symbols, *names)]
    return list(dict.fromkeys((*parameters, *general[: len(symbols)], *symbols, *general[len(symbols) :], *names)))


def completions(known: list[str], text: str, most: int = 40) -> list[str]:
    """The first ``most`` known addresses that contain the text, whatever its case; those that begin with it first."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    found = list(islice((address for address in known if wanted in address.casefold()), 4 * most))
    return sorted(found, key=lambda address: not address.casefold().startswith(wanted))[:most]
