"""Texts that break off in mid-sentence, and how it is told to a reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.cleaning import find_noise
from index.types import Noise

# What ends a sentence or may stand at the end of a whole one, and quotation marks that close what was said.
STOPS = "。！？!?…；;.：:～~）)】]"
CLOSING = "”’」』》\"'"
CREDIT = re.compile(
    r"来源|來源|作者|记者|記者|撰稿|通讯员|编辑|編輯|校对|供图|摄|攝|原标题|责编|出品|采写|联系|电话|https?|www|附件|[/@]|\d{4}年"
)
CLAUSES = re.compile(r"[，,、]|[一-鿿](?:的|了|在|和|把|将|为|与)[一-鿿]")
LEAST_LENGTH = 400
LEAST_FRAGMENT, LONGEST_FRAGMENT = 12, 400
SHOWN = 12


def is_truncated(text: str, noise: Sequence[Noise] | None = None) -> bool:
    """Whether a text of over 400 characters breaks off in mid-sentence once noise is set aside."""
    return bool(find_truncation(text, noise))


def find_truncation(text: str, noise: Sequence[Noise] | None = None) -> str:
    """Where a text of over 400 characters breaks off in mid-sentence, told in Chinese; "" when it does not.

    `noise` is what cleaning found already; it is found here where it is not given. A repeated passage counts as text here:
    a page that breaks off while it repeats itself is cut, too.
    """
    kept = _without_noise_at_end(text, find_noise(text) if noise is None else noise)
    line = kept[kept.rfind("\n") + 1 :].strip()
    fragment = line[max(map(line.rfind, STOPS)) + 1 :]
    is_line = len(fragment) == len(line)
    fragment = fragment[-LONGEST_FRAGMENT:]
    if len(kept) <= LEAST_LENGTH or len(fragment) < 2 or fragment[-1] in CLOSING or CREDIT.search(fragment):
        return ""
    before = kept[: len(kept) - len(line)].rstrip()
    # A last line without a full stop may be a signature, a date or a list entry; prose is what goes on from an open
    # clause, breaks off behind a comma, or has clauses of its own.
    goes_on = is_line and before[-1:] in set("，、,；;")
    breaks_off = fragment[-1] in "，、,"
    if goes_on or breaks_off or (len(fragment) >= LEAST_FRAGMENT and CLAUSES.search(fragment)):
        return f"正文写到“{fragment[-SHOWN:]}”就断了，后面的内容缺失"
    return ""


def _without_noise_at_end(text: str, noise: Sequence[Noise]) -> str:
    end = len(text)
    for vote in sorted(noise, reverse=True):
        if text[vote.end : end].strip() or vote.reason == "重复段落":
            break
        end = vote.start
    return text[:end].rstrip()
