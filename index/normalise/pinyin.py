"""Pinyin in brackets behind the character that it spells, as some copies of a page carry it: 產(chǎn)業(yè)."""

from __future__ import annotations

import re
import unicodedata

from index.numerals import Edit

_HAN = "\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff"
_MARKED = "āáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹ"
_HAN_SIGN = re.compile(f"[{_HAN}]")
_INSIDE = (
    rf"(?:[a-z{_MARKED}\u0300-\u036f' ]{{1,40}}|[\u25a0-\u25ca\u25cc-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]{{1,4}})"
)
_BRACKETS = re.compile(rf"\({_INSIDE}\)(?:\({_INSIDE}\))*")
# Every syllable of standard Chinese, tone marks taken off and ü written u or v.
_SYLLABLE = (
    r"(?:[bpmf]?(?:a|o|ai|ei|ao|ou|an|en|ang|eng)|[bpm]i(?:e|ao|an|n|ng)?|miu|[bpmf]u"
    r"|[dtnl](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|u|uo|ui|uan|un|ue|v|ve)"
    r"|[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)"
    r"|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)"
    r"|(?:zh|ch|sh|r|z|c|s)(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)"
    r"|y(?:a|e|o|ao|ou|an|ang|i|in|ing|ong|u|ue|uan|un)|w(?:a|o|ai|ei|an|en|ang|eng|u)|e|er)"
)
_ONE = re.compile(_SYLLABLE)
_SEVERAL = re.compile(f"{_SYLLABLE}+")
# Without a tone mark, two letters are more often an abbreviation than pinyin: 人工智能(AI), 通用电气(GE).
_SHORTEST_PLAIN = 3


def pinyin_edits(text: str) -> list[Edit]:
    """Removals of bracketed pinyin, and of an emoji in brackets, behind a Han character of a folded text."""
    if "(" not in text:
        return []
    return [
        (found.start(), found.end(), "")
        for found in _BRACKETS.finditer(text)
        if _HAN_SIGN.match(text[found.start() - 1 : found.start()])
        and all(_spells(inside) for inside in found[0][1:-1].split(")("))
    ]


def _spells(inside: str) -> bool:
    if not inside[0].isalpha():
        return not inside.isascii()
    letters = "".join(sign for sign in unicodedata.normalize("NFD", inside) if "a" <= sign <= "z")
    if not inside.isascii():
        return _SEVERAL.fullmatch(letters) is not None
    # A folded text has no capitals that would tell NASA from pinyin, and both must give one form; so without tone marks
    # only a single syllable counts, which fits the one character before the bracket.
    return len(letters) >= _SHORTEST_PLAIN and _ONE.fullmatch(letters) is not None
