"""Unpacking what a server sent packed, piece by piece, so that a bomb stops at the limit of who asks."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from index.errors import AddressError

PIECE = 64 * 1024
# zlib's window size, with 32 added so that gzip and zlib heads are both understood; negative for a bare stream.
_ANY_HEAD = 32 + zlib.MAX_WBITS
_NO_HEAD = -zlib.MAX_WBITS


def inflated(pieces: Iterable[bytes], encoding: str, shown: str) -> Iterator[bytes]:
    """The pieces unpacked by a Content-Encoding, each at most 64 KB and made only when asked for.

    Raises:
        AddressError: the encoding is unknown, or the packed data are damaged or end too early.
    """
    kind = encoding.strip().lower()
    if kind in {"", "identity"}:
        yield from pieces
    elif kind in {"gzip", "x-gzip", "deflate"}:
        try:
            yield from _inflated(pieces)
        except (zlib.error, EOFError) as error:
            raise AddressError(f"网址 {shown} 的内容压缩损坏，无法解开；请稍后重试。") from error
    else:
        raise AddressError(f"网址 {shown} 的内容用 {kind[:40]!r} 方式压缩，无法解开；请下载后再加入文件。")


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = None
    for piece in pieces:
        waiting = piece
        while waiting:
            if unpacker is None:
                unpacker = _unpacker(waiting)
            elif unpacker.eof:
                # A gzip file may hold several members one after another; what else follows the end is padding.
                if not waiting.startswith(b"\x1f"):
                    return
                unpacker = _unpacker(waiting)
            yield unpacker.decompress(waiting, PIECE)
            waiting = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    while unpacker is not None and not unpacker.eof:
        rest = unpacker.decompress(unpacker.unconsumed_tail, PIECE)
        if not rest:
            raise EOFError
        yield rest


def _unpacker(head: bytes) -> zlib._Decompress:
    """For `deflate` some servers leave out the head of the stream; whether it is there shows in the first bytes."""
    is_gzip = head[:1] == b"\x1f"
    is_zlib = len(head) >= 2 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
    return zlib.decompressobj(_ANY_HEAD if is_gzip or is_zlib else _NO_HEAD)
