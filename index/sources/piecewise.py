"""Bytes of several encodings in one file: a template in GBK around a text in UTF-8, or a few damaged bytes."""

from __future__ import annotations

import re
from itertools import groupby

from index.sources.frequent import share_of_frequent

# Neither a line end nor 「<」 can be the second byte of a character in any of the encodings, so each piece is whole.
PIECE = re.compile(rb"<?[^<\n]*\n?")
NARROW = ("gb18030", "big5hkscs")
# More characters than this share that fit no encoding mean that the bytes are no text.
MOST_DAMAGED = 0.02
# A file whose encoding changes more often than that is none that a program or a person wrote.
MOST_RUNS = 20_000
ASCII = bytes(range(0x80))


def decode_piecewise(data: bytes) -> str | None:
    """The text of bytes whose lines (or tags) are each of one encoding, or None where too many fit none.

    A piece is UTF-8 where it is valid and no worse by the share of frequent characters; the others share one encoding.
    Bytes that fit nothing become U+FFFD.
    """
    runs = _runs(PIECE.findall(data))
    if len(runs) > MOST_RUNS:
        return None
    narrow = _narrow(b"".join(run for run, is_utf8 in runs if not is_utf8))
    text = "".join(_reading(run, narrow) for run, _ in runs)
    wide = len(data.translate(None, ASCII)) // 2
    return text if text.count("\ufffd") <= max(4, wide * MOST_DAMAGED) else None


def _runs(pieces: list[bytes]) -> list[tuple[bytes, bool]]:
    """Neighbouring pieces of one kind put together, each run with whether it is UTF-8; ASCII goes with what is before it."""
    kinds: list[bool] = []
    for piece in pieces:
        kinds.append(kinds[-1] if kinds and piece.isascii() else _is_utf8(piece))
    return [
        (b"".join(piece for _, piece in group), is_utf8)
        for is_utf8, group in groupby(zip(kinds, pieces, strict=True), key=lambda kept: kept[0])
    ]


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _narrow(foreign: bytes) -> str:
    """The encoding of the pieces that are not UTF-8: the one that gives more frequent characters."""
    return max(NARROW, key=lambda encoding: share_of_frequent(foreign.decode(encoding, "replace")) if foreign else 0.0)


def _reading(piece: bytes, narrow: str) -> str:
    # Strict readings go before ones with losses, UTF-8 before the other where both are equally good.
    readings = [(encoding, errors) for errors in ("strict", "replace") for encoding in ("utf-8", narrow)]
    texts: list[tuple[float, str]] = []
    for encoding, errors in readings:
        try:
            text = piece.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        texts.append((share_of_frequent(text), text))
    return max(texts, key=lambda reading: reading[0])[1]
