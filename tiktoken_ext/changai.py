"""tiktoken's plug-in: makes `tiktoken.get_encoding("changai16k")` find the ranks shipped with this project."""

from __future__ import annotations

from index.tokens import DEFAULT_ENCODING, parameters

ENCODING_CONSTRUCTORS = {DEFAULT_ENCODING: parameters}
