"""tiktoken's plug-in: `tiktoken.get_encoding("changai16k")` finds the shipped ranks."""

from __future__ import annotations

from index.tokens import DEFAULT_ENCODING, parameters

ENCODING_CONSTRUCTORS = {DEFAULT_ENCODING: parameters}
