"""One run of atheris over one reader: `python -m eval.documents.guided .html CORPUS [libFuzzer options]`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.documents.trial import judge


class FailedInputError(Exception):
    """An input that did not end with documents or one line; the message says how."""


def main() -> None:
    """Feeds the reader of the suffix with inputs that reach new branches of our code and of the Python libraries."""
    # By name, for the package is no dependency and has no types.
    atheris: Any = import_module("atheris")
    suffix, *options = sys.argv[1:]
    with atheris.instrument_imports(include=["index.sources", "index.cleaning", "docx", "openpyxl", "pptx"]):
        from index.sources import read
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"input{suffix}"

        def one(data: bytes) -> None:
            path.write_bytes(data or b" ")
            verdict = judge(path, 0)
            if verdict.kind == "broken":
                raise FailedInputError(verdict.detail)

        atheris.Setup([read.__name__, *options], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
