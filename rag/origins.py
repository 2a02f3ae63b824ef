"""Denials in a plain text, and where in the evidence each word of a sentence comes from."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.reading import Reading, Source, sources_of
from rag.wording import bigrams

# Words that hold a negator's character without denying anything.
_NO_NEGATION_TEXT = (
    "不断 不仅 不但 不只 不光 不同 不少 不久 不论 不管 不低于 不超过 不少于 不高于 不小于 不大于 不足 不等 不一 不已 不愧 "
    "不忘 不凡 不懈 不得不 不能不 不可或缺 不动产 不锈钢 不限 不到 不满 不惜 不易 不便 不折不扣 源源不断 持续不断 差不多 无锡 "
    "无数 无论 无偿 无私 无人机 无疑 无不 无线 无缝 无愧 无障碍 非常 非公 非遗 非物质 非营利 非凡 非洲 非农 未来 未成年 未央 "
    "没收 埋没 没落 否则 是否 能否 可否 莫不 除非 并非易事 未雨绸缪 未满 不下"
)
_NO_NEGATION = _NO_NEGATION_TEXT.split()
_MASK = re.compile("|".join(sorted(map(re.escape, _NO_NEGATION), key=len, reverse=True)))
_NEGATOR = re.compile(
    "不得|不予|不能|不会|不可|不应|不许|不准|不再|禁止|严禁|没有|尚未|并未|从未|未能|未曾|未经|"
    "并非|并不|无法|无需|无须|拒绝|取消|停止|暂停|不|未|没|无|非|勿"
)


def origins(sentence: str, readings: tuple[Reading, ...]) -> dict[int, list[Source]]:
    """For each content bigram of the sentence that the evidence has: where it most likely comes from."""
    denied = {at for start, end in denials(sentence) for at in range(start - 1, end)}
    found = {}
    for at in range(len(sentence) - 1):
        if at in denied or not bigrams(sentence[at : at + 2]):
            continue
        if sources := sources_of(sentence, at, readings):
            found[at] = sources
    return found


@lru_cache(maxsize=1024)
def denials(text: str) -> tuple[tuple[int, int], ...]:
    """Where the words that deny stand in a plain text."""
    masked = _MASK.sub(lambda match: "〇" * len(match[0]), text)
    return tuple(match.span() for match in _NEGATOR.finditer(masked))
