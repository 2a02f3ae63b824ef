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
from pathlib import Path
from typing import IO, Any

import numpy as np

from index.prepare import Prepared
from index.sources.limits import memory_for

# A part of a frame: its length in bytes, then the bytes.
_LENGTH = struct.Struct(">Q")
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
        signature = np.frombuffer(numbers, np.uint32, signed // 4, at)
        vectors = np.frombuffer(numbers, np.float16, filled // 2, at + signed).reshape(-1, columns) if columns else None
        at += signed + filled
        found.append(Prepared(**fields, signature=signature, vectors=vectors))
    return tuple(found)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError("the other process is gone")
    return data


def fault(name: str, error: Exception) -> str:
    """The line for a file that this program failed on, with the place in the program."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f"，{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else ""
    return f"文件 {name} 读取时程序出错（{type(error).__name__}{where}）；请换一种格式后重试，并把这一行告诉维护人员。"


def too_big(name: str) -> str:
    """The line for a file that needs more memory than it may take."""
    return f"文件 {name} 需要的内存超过上限 {memory_for(name) // 2**20} MB；请拆分或换一种格式后重试。"


def main() -> None:
    """Serves one writer until its end of the pipe closes."""
    from index.gather import FileOutcome, Piece, Reader

    given, taken = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not come between the frames.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    setup, _ = receive(given)
    reader = Reader.of(setup)
    while True:
        try:
            piece = Piece.of(receive(given)[0])
        except EOFError:
            return
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (piece.memory, hard))
        before = {site: lines.pages for site, lines in reader.sites.items()}
        try:
            outcomes = reader.read(piece)
        except MemoryError:
            outcomes = [FileOutcome([], [(file.path, too_big(file.name))]) for file in piece.files]
        except Exception as error:
            # A fault of ours in one file must not end a build of thousands; the line says where it is.
            outcomes = [FileOutcome([], [(file.path, fault(file.name, error))]) for file in piece.files]
        rows, numbers = packed([one for outcome in outcomes for one in outcome.prepared])
        counts = [[len(outcome.prepared), outcome.unread] for outcome in outcomes]
        sites = {site: lines.as_json() for site, lines in reader.sites.items() if lines.pages != before.get(site, 0)}
        send(taken, [rows, counts, sites], numbers)


if __name__ == "__main__":
    main()
