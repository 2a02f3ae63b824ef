"""Damage done to files as a failing disk does it: the path holds other bytes, and what was mapped before stays whole."""

from pathlib import Path


def overwrite(path: Path, data: bytes) -> None:
    """Puts other bytes under a path. Cutting a file that is still mapped would end the whole test run with a bus error."""
    beside = path.with_name(path.name + ".damaged")
    beside.write_bytes(data)
    beside.replace(path)
