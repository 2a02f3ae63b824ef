"""Valid files damaged at random: bytes, pieces, numbers, tags, and the members of archives."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

from eval.documents.valid_files import zipped

MOST_BYTES = 256 * 1024
TOKENS = (
    b"<", b">", b"</", b"/>", b"<!--", b"<![CDATA[", b"]]>", b"<!DOCTYPE a [<!ENTITY b \"bb\">]>", b"&b;", b"&#0;",
    b"&#x110000;", b"<table>", b"<tr><td>", b"<div>", b"<h1>", b"<script>", b"<w:p>", b"<w:tbl>", b"<a:t>",
    b"xmlns:w=\"x\"", b"\"", b"'", b",", b"\t", b"\r", b"\n", b"\r\n\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x81\x30\x81\x30", b"---\n", b"#" * 9, b"|", b"\\", b"{", b"}", b"[", b"]",
    b"obj", b"endobj", b"stream\n", b"endstream", b" 0 R", b"/Kids [2 0 R]", b"/Filter /FlateDecode", b"xref",
    b"trailer", b"Content-Type: multipart/mixed; boundary=a\n\n--a\n", b"--a--", b"Content-Transfer-Encoding: base64\n",
    b"=?utf-8?b?", b"?=", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"charset=utf-7", b"charset=gb2312",
    "第一章".encode(), "（一）".encode(), "十万亿".encode(), "\u202e\u200b\ufeff".encode(), "𠀀".encode(), "一".encode() * 40,
)  # fmt: skip
NUMBERS = (b"0", b"-1", b"1e999", b"65536", b"2147483648", b"4294967295", b"99999999999999999999", b"0x7f", b"NaN")
_NUMBER = re.compile(rb"[0-9]+")

Mutation = Callable[[bytes, Sequence[bytes], random.Random], bytes]


def mutated(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the files after one to six mutations; never longer than `MOST_BYTES` plus one piece."""
    data = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        of_archive = data.startswith(b"PK\x03\x04") and chance.random() < 0.8
        data = (_members if of_archive else chance.choice(MUTATIONS))(data, seeds, chance)[:MOST_BYTES]
    return data


def _span(data: bytes, chance: random.Random, most: int = 512) -> tuple[int, int]:
    begin = chance.randrange(len(data) + 1)
    return begin, min(len(data), begin + chance.randint(1, most))


def _flip(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 16) if out else 0):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _overwrite(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    begin, end = _span(data, chance, 24)
    return data[:begin] + chance.randbytes(end - begin) + data[end:]


def _delete(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    begin, end = _span(data, chance)
    return data[:begin] + data[end:]


def _repeat(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    begin, end = _span(data, chance)
    return data[:begin] + data[begin:end] * chance.choice((2, 3, 17, 200)) + data[end:]


def _truncate(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _splice(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(seeds)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _exchange(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    first, middle, last = sorted(chance.randrange(len(data) + 1) for _ in range(3))
    return data[:first] + data[middle:last] + data[first:middle] + data[last:]


def _token(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 30, 2000)) + data[place:]


def _number(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    places = [match.span() for match in _NUMBER.finditer(data)]
    if not places:
        return _token(data, seeds, chance)
    begin, end = chance.choice(places)
    return data[:begin] + chance.choice(NUMBERS) + data[end:]


MUTATIONS: tuple[Mutation, ...] = (
    _flip, _overwrite, _delete, _repeat, _truncate, _splice, _exchange, _token, _number,
)  # fmt: skip


def _members(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """The archive packed anew after something was done to its members; as it is when it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return chance.choice(MUTATIONS)(data, seeds, chance)
    if not parts:
        return data
    one, other = chance.choice(list(parts)), chance.choice(list(parts))
    deed = chance.randrange(10)
    if deed == 0:
        parts[one], parts[other] = parts[other], parts[one]
    elif deed == 1:
        del parts[one]
    elif deed == 2:
        parts[one + chance.choice(("/", ".xml", "../../a", "\\", ""))] = parts.pop(one)
    else:
        parts[one] = chance.choice(MUTATIONS)(parts[one], [parts[other]], chance)
    try:
        return zipped(parts)
    except (UnicodeEncodeError, ValueError):
        return data
