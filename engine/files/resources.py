"""Where the data files are: lessons, translations, themes, fonts, icons, pictures."""

from pathlib import Path

# resources/ lies beside the rooms, in a checkout and in an installed copy alike (see [tool.setuptools] in
# pyproject.toml).
RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Path:
    """The path of a data file or folder, `resource("themes", "light.json")`; it need not exist."""
    return RESOURCES.joinpath(*parts)
