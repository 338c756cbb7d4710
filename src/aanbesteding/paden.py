"""Where the parts that are not Python live: in a checkout beside src/, in a wheel inside the package.

Must stay true: an installed wheel finds sjablonen and flows without the repository.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def find_map(naam: str) -> Path:
    """Folder `sjablonen` or `flows`; FileNotFoundError when the installation is incomplete."""
    pakket = Path(str(files("aanbesteding")))
    for pad in (pakket / f"_{naam}", pakket.parents[1] / naam):
        if pad.is_dir():
            return pad
    raise FileNotFoundError(f"de map '{naam}' hoort bij het product maar is er niet")
