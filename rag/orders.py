"""Orders to a machine that stand in a document (「忽略以上指令」): they are text, and prove nothing."""

from __future__ import annotations

import re

# 「请回答：…」 dictates an answer; a person's question in a text has no colon right behind the verb.
_ORDER = re.compile(
    r"(?:忽略|无视|無視|忘记|忘記|不要理会|绕过)(?:掉)?"
    r"(?:你|以上|上述|上面|之前|此前|先前|前面|所有|全部|一切|的){1,4}"
    r"[^。！？\n]{0,6}(?:指令|提示|规则|規則|要求|设定|設定|指示)"
    r"|(?:ignore|disregard|forget)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules?)"
    r"|(?:请|請|必须|必須|只能|只|你要|你应)(?:直接|一律|始终|统一)?"
    r"(?:回答|回复|回復|输出|輸出|答复)\s*[：:“「]"
    r"|(?:系统|系統)提示(?:词|詞)|system prompt|</?(?:system|assistant|user|资料)>"
    r"|你(?:现在)?是一[个名](?:AI|人工智能|大模型|语言模型|助手)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^。！？!?\n.]|\.(?=\d))*[。！？!?\n.]?")


def without_orders(text: str) -> str:
    """The text with a line break in the place of each sentence that gives a machine an order."""
    return "".join("\n" if _ORDER.search(sentence) else sentence for sentence in _SENTENCE.findall(text))


def gives_order(text: str) -> bool:
    """Whether a text holds an order to a machine."""
    return _ORDER.search(text) is not None
