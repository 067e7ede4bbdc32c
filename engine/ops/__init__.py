"""The table of operations, one file a family. Importing this package fills it and gives Tensor its operators."""

import importlib
import pkgutil

for _family in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_family.name}")
