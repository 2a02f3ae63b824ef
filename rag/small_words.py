"""Small words (不, 未, 拟, 以上) that turn a phrase when they are slipped in or left out between the same neighbours."""

from __future__ import annotations

import re

from rag.reading import Reading

# Class of each word: two words of one class say the same between the same neighbours (没有参加, 未参加).
_CLASSES = {
    "否": "不得 不予 不能 不会 不可 不应 不许 不准 不再 禁止 严禁 没有 尚未 并未 从未 未能 未曾 未经 "
    "并非 并不 无法 无需 无须 拒绝 不 未 没 无 非 勿",
    "上": "及以上 以上",
    "下": "及以下 以下 以内",
    "外": "以外",
    "原则": "原则上",
    "拟": "拟",
    "暂": "暂",
    "仅": "仅 只",
    "均": "均",
    "可": "可以 可",
    "应": "应当 应 必须 须",
    "最": "最",
    "近": "近 将近",
    "约": "约",
    "超": "超 逾 余",
    "将": "将 即将",
    "已": "已 已经",
    "副": "副",
}
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split()}
_WORD = "|".join(sorted(_CLASS_OF, key=len, reverse=True))
# The second reading takes 不 alone where the first takes 不可: 不可或缺 without its 不 is 可或缺.
_READINGS = (re.compile(f"(?:{_WORD})+"), re.compile("[不未没无非]"))
_BOUND_SAID = re.compile("不低于|不超过")
_ABLE = re.compile("能|可以|会被|有权")
_SIDE = 2
_BOUNDS = {"上", "下", "近", "约", "超"}
_QUANTITY = re.compile(r"\d[\u3400-\u9fff%]{0,3}$")


def small_word_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each such word that one text has between two neighbours where the other has none or another."""
    text = "\n".join(reading.counted.plain for reading in readings)
    dropped = [f"漏掉了引文中的「{word}」" for word in _lacking(text, sentence)]
    # Who may do what the evidence tells as done claims less, not more.
    added = [word for word in _lacking(sentence, text) if _classes(word) != ("可",)]
    if _BOUND_SAID.search(sentence):
        # 「支付的工资不能低于」 demands what 「应当支付不低于」 does.
        dropped = [each for each in dropped if "应" not in each]
    if _ABLE.search(sentence):
        dropped = [each for each in dropped if _classes(each) != ("可",)]
    return dropped + [f"多出了引文没有的「{word}」" for word in added]


def _lacking(full: str, other: str) -> list[str]:
    """The turning words of `full` between whose neighbours `other` has something else, or nothing, everywhere."""
    found = []
    seen = set()
    for pattern in _READINGS:
        for match in pattern.finditer(full):
            left = full[max(0, match.start() - _SIDE) : match.start()]
            right = full[match.end() : match.end() + _SIDE]
            if len(left + right) < 3 or not right or (left, right) in seen:
                continue
            seen.add((left, right))
            # Without both neighbours there is nothing between them to compare, and nothing to compile a pattern for.
            if left not in other or right not in other:
                continue
            between = re.compile(re.escape(left) + f"((?:{_WORD})*)" + re.escape(right))
            mine = {_classes(words) for words in between.findall(full)}
            theirs = {_classes(words) for words in between.findall(other)}
            if theirs and not theirs & mine and not _is_beside_figure(match, full) and not _is_done(mine | theirs):
                found.append(match[0])
    return list(dict.fromkeys(found))


def _is_done(classes: set[tuple[str, ...]]) -> bool:
    """Whether no more is told apart than 已 and nothing, which say the same."""
    return classes <= {(), ("已",)}


def _is_beside_figure(match: re.Match[str], text: str) -> bool:
    """Whether all that the match says is how a figure is bounded, which the check of figures knows better."""
    if not set(_classes(match[0])) <= _BOUNDS:
        return False
    return text[match.end()].isdigit() or bool(_QUANTITY.search(text, max(0, match.start() - 8), match.start()))


def _classes(words: str) -> tuple[str, ...]:
    return tuple(_CLASS_OF[word] for word in re.findall(_WORD, words))
