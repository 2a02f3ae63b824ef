"""Chinese sentences and clauses as spans of a text; nothing is altered and nothing but blanks is left out."""

from __future__ import annotations

import re

from index.types import Span

# A sentence ends at these, with the quotes and brackets that close behind them. A `?` or `!` inside an address or a tag
# (list?id=3, ?/p>) and an ellipsis before 等 end nothing.
_END = re.compile(
    r"(?:[。！？]|[?!](?![\w/=&<>])|[?!](?=[\u3400-\u9fff])|…+(?![…等])|\.{6,}(?![.等]))+"
    r"[”’」』）)】》〉\]〕]*"
    r"|\n|\r|\u2028|\u2029|\x0b|\x0c"
)
_STRAIGHT_QUOTE = '"'
_CLAUSE_END = re.compile(r"[，；：]|(?<!\d)[,;:]|[,;:](?!\d)")
_PAIRS = {
    "（": "）",
    "(": ")",
    "《": "》",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
    "[": "]",
}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_WHOLE_BELOW = 40


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of text[start:end]: trimmed, never blank, in order; a line break always ends one.

    Closing quotes and brackets stay with the sentence they close; `；`, `1.5` and `2021.10` end nothing.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    at = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        # A straight quote closes only when one is open in this sentence, and never over a line break.
        closes = text[stop : stop + 1] == _STRAIGHT_QUOTE and stop < end and not match[0].isspace()
        if closes and text.count(_STRAIGHT_QUOTE, at, stop) % 2:
            stop += 1
        _append(spans, text, at, stop)
        at = stop
    _append(spans, text, at, end)
    return spans


def clause_spans(text: str, start: int, end: int) -> list[Span]:
    """The clauses of text[start:end], each with the sign that ends it: ，；： and their half-width forms, never `、`.

    Nothing is cut inside a number (1,020) or inside brackets, quotes or a title shorter than forty characters.
    """
    kept_whole = _short_enclosures(text, start, end)
    spans: list[Span] = []
    at = start
    for match in _CLAUSE_END.finditer(text, start, end):
        if not kept_whole[match.start() - start]:
            _append(spans, text, at, match.end())
            at = match.end()
    _append(spans, text, at, end)
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _short_enclosures(text: str, start: int, end: int) -> bytearray:
    """One byte a character: 1 inside a short pair of brackets or quotes. A sign without its partner encloses nothing."""
    inside = bytearray(end - start)
    opened: list[tuple[str, int]] = []
    for at in range(start, end):
        sign = text[at]
        if sign in _PAIRS:
            opened.append((sign, at))
        elif sign in _CLOSERS:
            opener = _CLOSERS[sign]
            depth = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == opener), None)
            if depth is None:
                continue
            first = opened[depth][1]
            del opened[depth:]
            if at - first - 1 < _WHOLE_BELOW:
                inside[first - start : at + 1 - start] = b"\x01" * (at + 1 - first)
    return inside
