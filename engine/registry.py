"""Registries: named rows that refuse doubles; the files of a folder register themselves."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from typing import Generic, TypeVar

from engine.errors import BackstepError

Row = TypeVar("Row")


class RegistryError(BackstepError):
    """A name is taken or unknown."""


class Registry(Generic[Row]):
    """Named rows of one kind.

    Attributes:
        kind: what a row is, for messages, such as ``task``.
    """

    def __init__(self, kind: str, package: str = "") -> None:
        """Make an empty registry; the modules of ``package`` are imported at first use, so that they register."""
        self.kind = kind
        self._package = package
        self._rows: dict[str, Row] = {}

    def add(self, name: str, row: Row) -> Row:
        """Register a row.

        Raises:
            RegistryError: the name is taken.
        """
        if name in self._rows:
            raise RegistryError("The {kind} “{name}” is registered twice.", kind=self.kind, name=name)
        self._rows[name] = row
        return row

    def __getitem__(self, name: str) -> Row:
        if name not in self._rows and not self._import(name):
            self._discover()
        if name not in self._rows:
            raise RegistryError(
                "There is no {kind} “{name}”; there are {known}.",
                kind=self.kind, name=name, known=", ".join(sorted(self._rows)),
            )  # fmt: skip
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        self._discover()
        return iter(self._rows)

    def _import(self, name: str) -> bool:
        """Import the module that is called as the row, if there is one: often the only one that is needed."""
        if not self._package or not name.isidentifier() or importlib.util.find_spec(f"{self._package}.{name}") is None:
            return False
        importlib.import_module(f"{self._package}.{name}")
        return name in self._rows

    def _discover(self) -> None:
        if self._package:
            package, self._package = self._package, ""
            for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
                importlib.import_module(f"{package}.{module.name}")
