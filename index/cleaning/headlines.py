"""Newspaper pages as one string of headlines, and English run together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.cleaning.lines import text_lines
from index.types import Noise

EDITION = re.compile(
    r"[A-DＡ-Ｄ]\d{1,2}版?(?=[一-鿿\s]|$)|第?0?\d{1,2}版[:：]?"
    r"|[上下][转接]第?[一二三四五六七八九十\dA-D]{1,4}版|要闻导读|导读|图片新闻|本版编辑|一图读懂|版式设计"
)
PUNCTUATION = re.compile(r"[。！？；，：,;:、!?《》“”…]")
HAN = re.compile(r"[一-鿿]")
GAP = re.compile(r"[\s　|｜]+")
LEAST_GLUED = 45
LEAST_MARKED = 12
LEAST_PARTS = 4
LEAST_ROW = 40
PART = range(6, 41)
LEAST_ENGLISH = 40
MOST_HAN = 4
# A run of Latin letters and digits without a blank; addresses have signs that are not in it.
ENGLISH = re.compile(r"(?<![/\w.\-@])[A-Za-z][A-Za-z0-9,.;'’\-()%]{39,}(?![/@=_])")
ADDRESS = re.compile(r"www\.|\.(?:com|cn|net|org|gov|html?|php|aspx?|jpg|png|pdf)", re.IGNORECASE)
LATIN = re.compile(r"[A-Za-z][\x20-\x7e]{38}")
ENGLISH_LINE = re.compile(r"[A-Za-z]")


def find_headline_strings(text: str) -> Iterator[Noise]:
    """Lines of headlines without any sentence, as a newspaper's page of contents leaves them."""
    for line in text_lines(text):
        if len(line.bare) >= LEAST_MARKED and _is_string(line.bare):
            yield Noise(line.start, line.end, "版面标题串")


def _is_string(bare: str) -> bool:
    if "。" in bare:
        return False
    marks = len(EDITION.findall(bare))
    signs = len(PUNCTUATION.findall(bare))
    if marks >= 2 and signs <= marks:
        return True
    if signs:
        return False
    parts = GAP.split(bare)
    han = len(HAN.findall(bare))
    if len(parts) == 1:
        return han >= LEAST_GLUED and han >= 0.8 * len(bare)
    full = [part for part in parts if len(part) in PART]
    return len(full) >= LEAST_PARTS and len(full) >= 0.7 * len(parts) and han >= LEAST_ROW


def find_english(text: str) -> Iterator[Noise]:
    """Long runs of English without blanks, and lines of English, in a page that is Chinese."""
    if not LATIN.search(text):
        return
    if len(HAN.findall(text)) < len(ENGLISH_LINE.findall(text)) / 2:
        return
    for found in ENGLISH.finditer(text):
        if not ADDRESS.search(found[0]):
            yield Noise(found.start(), found.end(), "外文残段")
    for line in text_lines(text):
        letters = len(ENGLISH_LINE.findall(line.bare))
        is_english = letters >= LEAST_ENGLISH and letters >= 0.7 * len(line.bare)
        if is_english and len(HAN.findall(line.bare)) <= MOST_HAN and not ADDRESS.search(line.bare):
            yield Noise(line.start, line.end, "外文残段")
