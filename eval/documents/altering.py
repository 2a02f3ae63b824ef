"""A text altered as copies on the web are: edited by a share, dressed in boilerplate, or turned into another report."""

from __future__ import annotations

import random
import re

_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]+|[^。！？\n]+")
_DIGIT = re.compile(r"[0-9]")
_RUN = (2, 6)
_BEFORE = (
    "网站首页\n>\n新闻中心\n>\n基层动态\n字号：大 中 小\n",
    "当前位置：首页 - 工会要闻 - 正文\n登录 | 注册 | 设为首页\n",
)
_AFTER = (
    "\n分享到：微信 微博\n责任编辑：小周\n上一篇：春节慰问走进工地\n下一篇：安全月活动开始报名\n版权所有 未经许可不得转载\n",
    "\n【打印本页】【关闭窗口】\n扫一扫关注我们\n主办：某市总工会 技术支持：某某网络\n相关阅读\n· 三问夏季送清凉\n· 图书角里的夜晚\n",
)


def sentences(text: str) -> list[str]:
    """The text cut behind the marks that end sentences and lines; joined they are the text again."""
    return _SENTENCE.findall(text)


def edited(text: str, rate: float, chance: random.Random) -> str:
    """About `rate` of the characters edited: a third by dropping sentences, a third by runs, a third one by one.

    Runs of two to six characters are deleted or written over with characters of the text; sentences change places once
    for every twentieth of the rate.
    """
    budget = round(len(text) * rate)
    pieces = _with_fewer(sentences(text), budget // 3, chance)
    for _ in range(round(rate * 20)):
        if len(pieces) > 1:
            place = chance.randrange(len(pieces) - 1)
            pieces[place], pieces[place + 1] = pieces[place + 1], pieces[place]
    letters = list("".join(pieces))
    spent = 0
    while letters and spent < budget // 3:
        spent += _run(letters, text, chance)
    for _ in range(budget // 3):
        if letters:
            letters[chance.randrange(len(letters))] = chance.choice(text)
    return "".join(letters)


def _with_fewer(pieces: list[str], budget: int, chance: random.Random) -> list[str]:
    """Without as many sentences as the budget of characters pays for, drawn by chance."""
    kept = list(pieces)
    for piece in chance.sample(pieces, len(pieces)):
        if len(piece) <= budget and len(kept) > 1:
            kept.remove(piece)
            budget -= len(piece)
    return kept


def _run(letters: list[str], text: str, chance: random.Random) -> int:
    """One run deleted or written over, in place; its length."""
    length = min(chance.randint(*_RUN), len(letters))
    begin = chance.randrange(len(letters) - length + 1)
    letters[begin : begin + length] = [] if chance.random() < 0.5 else chance.choices(text, k=length)
    return length


def dressed(text: str, chance: random.Random) -> str:
    """The text with menus before it and the foot of a page behind it."""
    return chance.choice(_BEFORE) + text + chance.choice(_AFTER)


def retold(text: str, place: str, other: str, chance: random.Random) -> str:
    """The same form for another place with other figures: no copy, though most characters agree."""

    def figure(match: re.Match[str]) -> str:
        return chance.choice([digit for digit in "123456789" if digit != match[0]])

    return _DIGIT.sub(figure, text.replace(place, other))


def shingles(text: str, size: int = 5) -> frozenset[str]:
    """The set of runs of `size` characters, letters and digits only."""
    bare = "".join(character for character in text if character.isalnum())
    return frozenset(bare[place : place + size] for place in range(len(bare) - size + 1))


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller set lies in the other; 0 for an empty set."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
