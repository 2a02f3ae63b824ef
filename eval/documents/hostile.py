"""Files made to harm a reader: bombs, depth, width, cycles and lies, each by its name.

`python -m eval.documents.hostile NAME PATH` writes one; a process of its own, since some take memory to make.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from eval.documents.hostile_packages import PACKAGES
from eval.documents.valid_files import HTML, MARKDOWN, PARAGRAPHS, image_file, pdf_file, pdf_of

MEGABYTE = 2**20
Write = Callable[[Path], object]


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1024 * MEGABYTE)


def _made(make: Callable[[], str | bytes]) -> Write:
    """Made only when it is written, for these are large."""

    def write(path: Path) -> None:
        made = make()
        path.write_bytes(made.encode() if isinstance(made, str) else made)

    return write


def _multiparts(depth: int) -> str:
    heads = (f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return "Subject: a\n" + "".join(heads) + f"Content-Type: text/plain\n\n{PARAGRAPHS[0]}\n"


def _letters(depth: int) -> str:
    return "Subject: a\nContent-Type: message/rfc822\n\n" * depth + f"Subject: b\n\n{PARAGRAPHS[0]}\n"


def _flood(parts: int) -> str:
    part = f"--b\nContent-Type: text/plain; charset=utf-8\n\n{PARAGRAPHS[0]}\n"
    return "Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n" + part * parts + "--b--\n"


def _inflated_pdf(size: int) -> bytes:
    import zlib

    body = zlib.compress(b"BT (a) Tj ET " * (size // 13), 9)
    return pdf_of([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 842] /Contents 4 0 R /Resources << /Font << >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(body), body),
    ])  # fmt: skip


_CYCLE = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9999999 /Kids [2 0 R 2 0 R 2 0 R] >>"]

# The name ends in the suffix that the file gets.
HOSTILE: Mapping[str, Write] = {
    "sparse-1gb.txt": _sparse,
    "one-line-60mb.txt": _made(lambda: "一" * (20 * MEGABYTE)),
    "nul-40mb.txt": _made(lambda: bytes(40 * MEGABYTE)),
    "spaces-40mb.txt": _made(lambda: b"a" + b" " * (40 * MEGABYTE) + b"a"),
    "lines-2m.txt": _made(lambda: "第一条\n" * 2_000_000),
    "brackets-3m.txt": _made(lambda: "（" * 1_000_000 + "产(" * 500_000),
    "numerals-3m.txt": _made(lambda: "一千万亿零" * 200_000 + "9" * 1_000_000),
    "dates-1m.txt": _made(lambda: "2024年1月2日来源：某报 " * 50_000),
    "scalars-5mb.txt": _made(lambda: "𠀀\u200b\u202e" * 500_000),
    "utf16-odd.txt": _made(lambda: b"\xff\xfe" + b"\x00\xd8" * 2_000_000),
    "front-matter-10mb.md": _made(lambda: "---\n" + "a: b\n" * 2_000_000),
    "marks-5mb.md": _made(lambda: "#" * 1_000_000 + "*" * 1_000_000 + "\n>" * 500_000 + "|" * 1_000_000),
    "table-300k.md": _made(lambda: MARKDOWN + "| 1 | 2 |\n" * 300_000),
    "div-10k.html": _made(lambda: "<div>" * 10_000 + PARAGRAPHS[0]),
    "div-300k.html": _made(lambda: "<div>" * 300_000 + PARAGRAPHS[0]),
    "table-10k.html": _made(lambda: "<table><tr><td>" * 10_000 + PARAGRAPHS[0]),
    "list-50k.html": _made(lambda: "<ul><li>" * 50_000 + PARAGRAPHS[0]),
    "span-200k.html": _made(lambda: HTML + f"<p>{'<b>' * 200_000}一"),
    "attribute-20mb.html": _made(lambda: f'<p title="{"a" * 20 * MEGABYTE}">{PARAGRAPHS[0]}</p>'),
    "attributes-300k.html": _made(lambda: "<p " + " ".join(f"a{n}=b" for n in range(300_000)) + f">{PARAGRAPHS[0]}"),
    "open-tags-1m.html": _made(lambda: HTML + "<a" * 1_000_000),
    "comments-300k.html": _made(lambda: HTML + "<!--" * 300_000),
    "entities-1m.html": _made(lambda: f"<p>{'&amp;&#19968;' * 500_000}</p>"),
    "paragraphs-100k.html": _made(lambda: f"<body>{f'<p>{PARAGRAPHS[0]}</p>' * 100_000}"),
    "cells-300k.html": _made(lambda: f"<table><tr>{'<td>一</td>' * 300_000}</tr></table>"),
    "colspan-huge.html": _made(lambda: '<table><tr><td colspan="999999999" rowspan="999999999">一</td></tr></table>' * 50),
    "deep-json.jsonl": _made(lambda: "[" * 2_000_000),
    "deep-object.jsonl": _made(lambda: '{"id":1,"text":"一","a":' + "[" * 200_000 + "]" * 200_000 + "}"),
    "line-60mb.jsonl": _made(lambda: '{"id": "a", "text": "' + "一" * (20 * MEGABYTE) + '"}\n'),
    "lines-500k.jsonl": _made(lambda: "{}\n" * 500_000),
    "number-1m.jsonl": _made(lambda: '{"id": ' + "9" * 1_000_000 + ', "text": "一"}\n'),
    "cell-10mb.csv": _made(lambda: "名,值\n一," + "长" * (10 * MEGABYTE // 3) + "\n"),
    "columns-1m.csv": _made(lambda: "一," * 1_000_000 + "\n" + "二," * 1_000_000),
    "rows-1m.csv": _made(lambda: "年份,人数\n" + "2024,183\n" * 1_000_000),
    "quote-open-20mb.csv": _made(lambda: 'a,"' + "b,\n" * 7_000_000),
    "ragged-5k.csv": _made(lambda: "\n".join("一," * width for width in range(3_000))),
    "pages-10k.pdf": _made(lambda: pdf_file(10_000)),
    "cycle.pdf": _made(lambda: pdf_of(_CYCLE)),
    "inflated-300mb.pdf": _made(lambda: _inflated_pdf(300 * MEGABYTE)),
    "xref-loop.pdf": _made(lambda: b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"),
    "brackets-2m.pdf": _made(lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 2_000_000 + b"<<" * 1_000_000),
    "multiparts-100.eml": _made(lambda: _multiparts(100)),
    "multiparts-5k.eml": _made(lambda: _multiparts(5_000)),
    "letters-5k.eml": _made(lambda: _letters(5_000)),
    "parts-50k.eml": _made(lambda: _flood(50_000)),
    "header-20mb.eml": _made(lambda: f"Subject: {'a' * 20 * MEGABYTE}\n\n一"),
    "words-1m.eml": _made(lambda: f"Subject: {'=?utf-8?b?5LiA?= ' * 200_000}\n\n一"),
    "received-200k.eml": _made(lambda: "Received: a\n" * 200_000 + "\n一"),
    "addresses-500k.eml": _made(lambda: f"From: {'a@b,' * 500_000}\nTo: {'(' * 100_000}\n\n一"),
    "base64-60mb.eml": _made(lambda: "Subject: a\nContent-Transfer-Encoding: base64\n\n" + "5LiA" * 15_000_000),
    "attachments-3k.eml": _made(lambda: _flood(10).replace("--b--", (
        "--b\nContent-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n<p>一</p>\n" * 3_000
    ))),
    "related-20k.mhtml": _made(lambda: _flood(20_000).replace("text/plain", "text/html")),
    "declared-100k.png": _made(lambda: image_file(100_000, 100_000)),
    **PACKAGES,
}  # fmt: skip


def main() -> None:
    """Writes the named file."""
    name, path = sys.argv[1:]
    HOSTILE[name](Path(path))


if __name__ == "__main__":
    main()
