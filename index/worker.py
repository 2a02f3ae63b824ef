"""A reading process: takes work on its standard input, gives documents ready for the index on its standard output.

What is read is untrusted: a file that crashes or hangs a reader, or makes it eat memory, ends this process and not the
writer's. The two talk in length-prefixed JSON and raw numbers, never in pickles.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from collections.abc import Sequence
from typing import IO, Any

import numpy as np

from index.prepare import Prepared

# A part of a frame: its length in bytes, then the bytes.
_LENGTH = struct.Struct(">Q")
# The first frame of a reading process.
READY = "ready"
_FIELDS = tuple(name for name in Prepared.__dataclass_fields__ if name not in {"signature", "vectors"})


def send(stream: IO[bytes], value: Any, numbers: bytes = b"") -> None:
    """Writes one frame: a JSON value and raw bytes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    stream.write(_LENGTH.pack(len(text)) + text + _LENGTH.pack(len(numbers)) + numbers)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Any, bytes]:
    """Reads one frame; EOFError when the other side is gone."""
    text = _exactly(stream, _LENGTH.unpack(_exactly(stream, _LENGTH.size))[0])
    numbers = _exactly(stream, _LENGTH.unpack(_exactly(stream, _LENGTH.size))[0])
    return json.loads(text.decode("utf-8", "surrogatepass")), numbers


def packed(prepared: Sequence[Prepared]) -> tuple[list[Any], bytes]:
    """Documents as JSON values, and their numbers one after another."""
    rows, numbers = [], []
    for one in prepared:
        signature = one.signature.astype(np.uint32).tobytes()
        vectors = b"" if one.vectors is None else one.vectors.astype(np.float16).tobytes()
        columns = 0 if one.vectors is None else one.vectors.shape[1]
        rows.append([[getattr(one, name) for name in _FIELDS], len(signature), len(vectors), columns])
        numbers += [signature, vectors]
    return rows, b"".join(numbers)


def unpacked(rows: Sequence[Any], numbers: bytes) -> tuple[Prepared, ...]:
    """The documents of a frame."""
    found, at = [], 0
    for values, signed, filled, columns in rows:
        fields = dict(zip(_FIELDS, values, strict=True))
        fields["row"] = tuple(fields["row"])
        fields["chunks"] = tuple(map(tuple, fields["chunks"]))
        fields["tokens"] = tuple(fields["tokens"])
        fields["evidence"] = tuple(map(tuple, fields["evidence"]))
        signature = np.frombuffer(numbers, np.uint32, signed // 4, at)
        vectors = np.frombuffer(numbers, np.float16, filled // 2, at + signed).reshape(-1, columns) if columns else None
        at += signed + filled
        found.append(Prepared(**fields, signature=signature, vectors=vectors))
    return tuple(found)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = bytearray()
    # A stream without a buffer gives what is there, which may be less than was asked for.
    while len(data) < size:
        part = stream.read(size - len(data))
        if not part:
            raise EOFError("the other process is gone")
        data += part
    return bytes(data)


def main() -> None:
    """Serves one writer until its end of the pipe closes."""
    from index.reader import Piece, Reader

    given, taken = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not come between the frames.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    setup, _ = receive(given)
    reader = Reader.of(setup)
    # The time of a piece begins when the program is there and not when it was asked for.
    send(taken, READY)
    while True:
        try:
            piece = Piece.of(receive(given)[0])
        except EOFError:
            return
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (piece.memory, hard))
        outcomes, sites = reader.read(piece)
        rows, numbers = packed([one for outcome in outcomes for one in outcome.prepared])
        counts = [[len(outcome.prepared), outcome.unread] for outcome in outcomes]
        send(taken, [rows, counts, {site: lines.as_json() for site, lines in sites.items()}], numbers)


if __name__ == "__main__":
    main()
