"""Whether a string that is close to a term is no word of its own where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.places import places
from index.places.gazetteer import names
from rag.lexicon import domain_words, lookalikes, watched_terms
from rag.pinyin import sound_alike

# Up to this length a term has neighbours in sound that are honest words, so more is asked of the place where it stands.
SHORT = 3
# Of a longer term enough is right that a character of grammar in it is no sign of another phrase.
LONG = 5
# Characters that people write alone: one of them beside a word is no slip (当学徒值不值).
_ALONE = frozenset(
    "的了着过在是有和与跟同及或把被给对向从到由于以为因会能可要想用做搞办建开发补报交领拿算值管问看说听去来回进出上下里中内外前后间多少高低大小新老好坏"
    "快慢长短都也还就才又再很更最太吗呢吧啊呀嘛么几哪谁什怎样久年月日号时个家名项元万亿级期届批条种类次位户每各该此这那其他她它我你您们咱俺不没无非未别"
    "设讲写念读坐住吃喝买卖送收放打走跑应愿肯敢让叫请帮找定签考评升查行涨扣欠罚赔等得地之而且则但若如比按照当全本总只仅"
)
_QUALITIES = frozenset("新大小老好高低多少")
# A surname before 工 is an engineer: 袁工 is not 员工.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊孟秦邱侯江尹薛闫段雷龙"
    "史陶贺顾毛郝龚邵万覃武钱戴严莫孔向汤季宫苑"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A search form as words of the dictionary: where words begin and end, and which characters stand alone.

    `owns`: behind its first two characters it goes on as behind the name of a place (烟太的…, 烟太市…, 烟太工匠…); `coded`:
    the places right behind a letter or a figure, where names of shares and the like begin (*ST围海).
    """

    seams: frozenset[int]
    alone: frozenset[int]
    owns: bool = False
    coded: frozenset[int] = frozenset()

    @classmethod
    def of(cls, form: str) -> Cut:
        """The cut of a form by the dictionary alone, without guessed words."""
        import rjieba

        at, seams, alone = 0, [0], []
        for word in rjieba.cut(form, False):
            if len(word) == 1:
                alone.append(at)
            at += len(word)
            seams.append(at)
        coded = frozenset(at + 1 for at, sign in enumerate(form) if sign.isascii() and sign.isalnum())
        behind = form[2:].removeprefix("大")
        owns = form[2:3] in set("的市省有") or any(behind[:length] in _things() for length in range(2, LONG + 1))
        return cls(frozenset(seams), frozenset(alone), owns, coded)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether no word reaches over an end of [start, end)."""
        return start in self.seams and end in self.seams

    def is_loose(self, start: int, end: int) -> bool:
        """Whether every character of [start, end) stands alone."""
        return all(at in self.alone for at in range(start, end))


def is_no_word(cut: Cut, wrong: str, start: int, term: str) -> bool:
    """Whether `wrong`, which begins at `start`, can only be a slip for `term`: no word, no name, no words side by side."""
    import rjieba

    # Whoever writes 上海视 has named the place already.
    if _is_word(wrong, term) or _is_place(wrong) or wrong[:-1] in _short_names():
        return False
    is_whole = cut.is_whole(start, start + len(wrong))
    alone = [at - start for at in range(start, start + len(wrong)) if at in cut.alone]
    if len(wrong) != len(term) or sorted(wrong) == sorted(term):
        return is_whole and _is_broken(wrong, term, alone)
    changed = [at for at, sign in enumerate(wrong) if sign != term[at]]
    is_led = start == 0 and cut.owns
    lonely = [] if is_led else [at for at in changed if wrong[at] in _ALONE]
    if start == 0 and len(wrong) > SHORT:
        # Nothing stands before it that it could belong to (名主管理 is not 3名主管).
        lonely = [at for at in lonely if at > 0]
    last = len(wrong) - 1
    beside = {0: 1, last: last - 1}
    if lonely and (not is_whole or any(at in beside and _is_said(wrong, beside[at], alone) for at in lonely)):
        return False
    if len(wrong) > SHORT:
        return True
    if not is_whole or (lonely and len(alone) < len(wrong)) or start in cut.coded:
        return False
    at = changed[0]
    return _is_no_name(wrong, term, at, is_led) if len(wrong) == 2 else at > 0 or not rjieba.has_word(wrong[1:])


def _is_said(wrong: str, at: int, alone: Sequence[int]) -> bool:
    """Whether the character at `at` belongs to a word, or may stand alone: 工作 before 是, but not 协 before 上."""
    return len(wrong) <= SHORT or at not in alone or (len(wrong) <= LONG and wrong[at] in _ALONE)


def makes_no_word(cut: Cut, wrong: str, start: int, term: str) -> bool:
    """Whether the dictionary makes no word of any wrong character, nor of one beside it (学圆 of 工匠学圆, but not 登记)."""
    changed = [at for at, sign in enumerate(wrong) if len(wrong) == len(term) and sign != term[at]]
    inside = range(start, start + len(wrong))
    return bool(changed) and all(
        start + at in cut.alone
        and wrong[at] not in _ALONE
        and any(other in inside and other in cut.alone for other in (start + at - 1, start + at + 1))
        for at in changed
    )


def is_lookalike(wrong: str, term: str) -> bool:
    """Whether every character that differs from the term's looks like it."""
    alike = lookalikes()
    return all(sign == other or other in alike.get(sign, ()) for sign, other in zip(wrong, term, strict=True))


def _is_broken(wrong: str, term: str, alone: Sequence[int]) -> bool:
    """Whether a string with too few, too many or misplaced characters is more than words side by side."""
    if len(wrong) > len(term):
        return bool(alone) or len(term) >= LONG
    if len(wrong) == len(term):
        return bool(alone) or len(term) > LONG
    # 劳模新工作室 has an adjective more rather than a character less, 职工代表会 a verb behind it.
    inner = range(1, len(wrong) - 1) if len(term) > LONG else ()
    return any(wrong[at] not in (_QUALITIES if at in inner else _ALONE) for at in alone)


def _is_no_name(wrong: str, term: str, at: int, is_led: bool) -> bool:
    """Whether two characters, of which the one at `at` is wrong, are no person and no chance neighbours."""
    is_alike = is_lookalike(wrong, term)
    right = wrong[1 - at]
    is_named = wrong[0] in _SURNAMES and not (at == 1 and is_alike)
    is_chance = right == "人" or (right in _ALONE and not is_led)
    return not is_named and (is_alike or (not is_chance and sound_alike(wrong[at], term[at])))


def _is_word(wrong: str, term: str) -> bool:
    """Whether the dictionary has the string, other than as a place that only looks like one of the gazetteer (株州)."""
    import rjieba

    if not rjieba.has_word(wrong):
        return False
    return not (_is_place(term) and is_lookalike(wrong, term) and [tag for _, tag in rjieba.tag(wrong)] == ["ns"])


def _is_place(name: str) -> bool:
    return name in places() or name in _short_names() or any(name == other.text for other in names().get(name[:2], ()))


@cache
def _things() -> frozenset[str]:
    """Words of the field that stand behind the name of a place."""
    return frozenset(word for known in (domain_words(), watched_terms()) for word in known)


@cache
def _short_names() -> frozenset[str]:
    return frozenset(place.name for place in places().values())
