"""The tokenizer of the embedding model: words and single characters, cut by the likeliest path (Unigram)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
# Longer words are cut into their parts, so that 个体工商户 still meets a question that says 工商户.
LONGEST_WORD = 4
LONGEST_NUMBER = 4
RAREST_CHARACTER = 4
_WORD = re.compile(rf"[\u4e00-\u9fff]{{2,{LONGEST_WORD}}}|[a-z]{{2,20}}|[0-9]{{2,{LONGEST_NUMBER}}}")
_CHARACTER = re.compile(r"[\u3400-\u9fff0-9a-z%]")


def count_words(lines: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word, and each single character, occurs in texts of the plain form."""
    import rjieba

    words: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for line in lines:
        lowered = line.lower()
        words.update(rjieba.cut(lowered, False))
        characters.update(lowered)
    return words, characters


def pieces(words: Counter[str], characters: Counter[str], size: int) -> list[tuple[str, float]]:
    """At most `size` (piece, log probability): unknown, characters seen often enough, the commonest words."""
    total = sum(words.values())
    singles = [c for c, count in characters.items() if count >= RAREST_CHARACTER and _CHARACTER.fullmatch(c)]
    room = size - 1 - len(singles)
    longer = [word for word, _ in words.most_common() if _WORD.fullmatch(word)][:room]
    kept = sorted(singles) + longer
    return [(UNKNOWN, 0.0)] + [(piece, math.log(max(words[piece], 0.5) / total)) for piece in kept]


def build(lines: Iterator[str], size: int) -> Tokenizer:
    """The tokenizer: lower case, signs and blanks dropped, runs of one script cut into pieces."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    words, characters = count_words(lines)
    tokenizer = Tokenizer(models.Unigram(pieces(words, characters, size), unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{M}\p{N}%]+"), behavior="removed"),
            pre_tokenizers.Split(Regex(r"\p{Han}+|\p{N}+"), behavior="isolated"),
        ]
    )
    return tokenizer
