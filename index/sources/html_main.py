"""Which blocks of a web page are its article: every paragraph of prose, and what stands among those that are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.sources.html_blocks import PageBlock

PROSE_LEAST = 36
SENTENCE_SIGN = re.compile(r"[，。；！？：,;]")
# The lines between the title and the first paragraph: source, date, author, subtitle.
HEAD_BLOCKS = 14
WINDOW = 4000
BLANKS = re.compile(r"\s+")


def main_blocks(blocks: Sequence[PageBlock], main_text: str) -> list[PageBlock]:
    """The blocks of the article, in order.

    `main_text` is what an extractor took for it; it drops paragraphs now and then, so it only votes. A block counts
    where the extractor has it, where it is prose outside of menus and imprints, and where it stands in an element that
    holds such a block or between the title and the first of them, unless it is mostly links.
    """
    chosen = _voted(blocks, main_text)
    if not any(chosen):
        return list(blocks)
    homes = {block.container for block, is_main in zip(blocks, chosen, strict=True) if is_main}
    first = chosen.index(True)
    start = _head_start(blocks, first)
    last = len(chosen) - 1 - chosen[::-1].index(True)
    kept = []
    for at, block in enumerate(blocks):
        is_beside = start <= at <= last or block.container in homes
        if chosen[at] or (is_beside and not block.is_shell and not block.is_links):
            kept.append(block)
    return kept


def _voted(blocks: Sequence[PageBlock], main_text: str) -> list[bool]:
    main = BLANKS.sub("", main_text)
    lines = {BLANKS.sub("", line) for line in main_text.split("\n")}
    at = 0
    chosen = []
    for block in blocks:
        bare = BLANKS.sub("", block.text)
        # The extractor keeps the order of the page, so a window behind the last find is enough, and keeps this linear.
        found = main.find(bare, at, at + len(bare) + WINDOW) if len(bare) >= 4 else -1
        if found >= 0:
            at = found + len(bare)
        is_voted = found >= 0 or bare in lines
        # In a menu or an imprint the extractor's word counts for prose only: a name can be wrong, a breadcrumb is short.
        if block.is_shell:
            chosen.append(is_voted and _is_prose(block))
        else:
            chosen.append(is_voted or block.is_row or _is_prose(block))
    return chosen


def _is_prose(block: PageBlock) -> bool:
    return not block.is_links and len(block.text) >= PROSE_LEAST and SENTENCE_SIGN.search(block.text) is not None


def _head_start(blocks: Sequence[PageBlock], first: int) -> int:
    """Where the article begins: at the highest of the headings that stand shortly above its first block."""
    above = [
        at
        for at in range(max(first - HEAD_BLOCKS, 0), first)
        if blocks[at].level and not blocks[at].is_shell and not blocks[at].is_links
    ]
    return min(above, key=lambda at: (blocks[at].level, -at), default=first)
