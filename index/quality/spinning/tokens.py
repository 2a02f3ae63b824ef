"""A text as words with numbers: what the tables know of each, and two strange signs side by side as one word."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from index.quality.spinning.tables import Counts

# The first numbers stand for what is no Chinese word; words follow from the commonest to the rarest.
BREAK, FIGURE, LATIN = 0, 1, 2
FIRST_WORD = 3
(
    OTHER, NOUN, PERSON, PLACE, BODY, PROPER, VERB, VERBAL_NOUN, ADJECTIVE, ADVERB, NUMBER, IDIOM, JOINED, MEASURE, FUNCTION, PRONOUN,
) = range(16)  # fmt: skip
NAMES = (PERSON, PLACE, BODY, PROPER)
NEVER_EXCHANGED = (*NAMES, NUMBER)
_KINDS = {
    "n": NOUN, "nr": PERSON, "nrt": PERSON, "nrfg": PERSON, "ns": PLACE, "nt": BODY, "nz": PROPER, "v": VERB, "vd": VERB, "vi": VERB,
    "vg": VERB, "vn": VERBAL_NOUN, "a": ADJECTIVE, "ad": ADJECTIVE, "an": ADJECTIVE, "ag": ADJECTIVE, "d": ADVERB, "m": NUMBER,
    "mq": NUMBER, "i": IDIOM, "l": IDIOM, "q": MEASURE, "p": FUNCTION, "c": FUNCTION, "uj": FUNCTION, "ul": FUNCTION, "r": PRONOUN,
}  # fmt: skip
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "唐罗薛伍余顾孟黄穆萧尹姚邵汪毛狄米贝明计伏成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程裴陆荣翁荀甄曲封储靳段富巫乌焦侯车班秋仲宫宁仇栾甘厉祖武符刘景詹"
    "束龙叶幸司韶黎薄印宿白怀蒲邰从索赖卓屠蒙池乔胥苍双闻莘党翟谭贡劳姬申扶堵冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连"
    "习艾容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂关荆司"
)
# Signs that stand beside any other as words of their own.
_FREE = frozenset(
    "的了在和与是有不我他她它一这那个们就也都到说要会对以及为于之其从被把将让向由或并而但且又还再只没很更最太各每某第等上下中内外"
    "前后里时年月日号名家人项次元万亿千百十两几多余来去过着得地所可能应须需已未曾正在当如若因故此该本全总"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in order: their strings, numbers (unknown ones begin behind the counted) and kinds."""

    strings: Sequence[str]
    numbers: NDArray[np.int64]
    kinds: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.strings)


def cut(text: str) -> list[str]:
    """The dictionary words of a simplified text, in order; what is in no dictionary falls into single signs."""
    import rjieba

    words: list[str] = rjieba.cut(text, False)
    return words


def tokens_of(words: Sequence[str], counts: Counts) -> Tokens:
    """Words with their numbers and kinds."""
    joined = _joined(words, counts.numbers, counts.pairs_of_signs)
    size = counts.size
    numbers = np.fromiter((counts.numbers.get(word, -1) for word in joined), np.int64, len(joined))
    kinds = counts.kinds[np.maximum(numbers, 0)]
    for at in np.flatnonzero(numbers < 0).tolist():
        numbers[at], kinds[at] = _unknown(joined[at], size)
    return Tokens(joined, numbers, kinds)


def _joined(words: Sequence[str], known: dict[str, int], pairs: Container[int]) -> list[str]:
    """The words, two single signs that never stand side by side as one: what a spinner made up (商企)."""
    found: list[str] = []
    at = 0
    last = len(words) - 1
    while at <= last:
        word = words[at]
        if at < last and len(word) == 1 and len(words[at + 1]) == 1 and _is_strange(word, words[at + 1], known, pairs):
            word += words[at + 1]
            at += 1
        found.append(word)
        at += 1
    return found


def _is_strange(one: str, other: str, known: dict[str, int], pairs: Container[int]) -> bool:
    if one in _FREE or other in _FREE or one in _SURNAMES or not ("一" <= one <= "鿿" and "一" <= other <= "鿿"):
        return False
    first, second = known.get(one, -1), known.get(other, -1)
    return first >= 0 and second >= 0 and first * len(known) + second not in pairs


@lru_cache(maxsize=1 << 15)
def _unknown(word: str, size: int) -> tuple[int, int]:
    """Number and kind of a word that was not counted."""
    sign = word[0]
    if not "一" <= sign <= "鿿":
        return (FIGURE if sign.isdigit() else LATIN if sign.isalpha() else BREAK), OTHER
    kind = kind_of(word)
    # Any number from the size on means unknown; different words get different ones, so that repeats are seen.
    return size + sum(ord(each) << (11 * place) for place, each in enumerate(word[:2])), kind


def kind_of(word: str) -> int:
    """The kind of a Chinese word, by the dictionary's part of speech; a word in no dictionary is `JOINED`."""
    import rjieba

    found: list[tuple[str, str]] = rjieba.tag(word, False)
    if len(found) > 1:
        return JOINED
    tag = found[0][1]
    if word[0] in _NUMERALS and (tag[0] in "mqt" or len(word) == 1):
        return NUMBER
    kind = _KINDS.get(tag, _KINDS.get(tag[:2], OTHER))
    # The dictionary calls many a rare word a person (凌驾, 巧匠).
    is_word = kind == PERSON and len(word) < 3 and word[0] not in _SURNAMES
    return NOUN if is_word else kind
