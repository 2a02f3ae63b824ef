"""The sort of thing that a question asks to be named: a telephone number, an hour, an offence, a law, a schooling, a certificate."""

from __future__ import annotations

import re

from index.normalise import search_form
from rag.types import Question

# How each is asked for, and what an answer holds that names one.
_SHAPES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (
            r"[打拨](?:哪[个1]?个?|什么|啥|几)(?:电话|号码?|热线)|(?:电话|热线|号码)(?:号码)?是?(?:多少|几号|啥|什么)",
            r"\d{3,4}-{1,2}\d{6,8}|\d{5,}|24小时|(?<!\d)1[12]\d(?!\d|[年月日元人个家名])",
        ),
        (
            r"(?<![第哪这那])几点(?:钟|半|到|能|可以|开|关|收|下|上|结|起|[？?]|$)",
            r"\d(?:点|时|:\d\d)|凌晨|零点|半夜|全天|24小时",
        ),
        (r"(?:啥|什么|何|哪[个种条])罪", r"罪"),
        (r"(?:哪|什么|啥)[1一]?(?:部(?:法|规|条例)|[条款](?:规定|法律?))", r"《|法|条例|规定|第\d+条"),
        (r"(?<!选了)(?<!走)(?:哪|什么|啥)[1一]?条(?:路|街|大街|马路|巷)", r"[路街巷]|大道|国道|省道"),
        (
            r"学历(?:够不?够?|有?要求|得|要)|(?<!没)(?:啥|什么|多高|哪种)的?学历",
            r"学历|博士|硕士|研究生|本科|大专|专科|高中|中专|初中|毕业|学位",
        ),
        (r"(?:要|得|需|凭)(?:要|有|个|拿|考)*(?:啥|什么)证(?![明据人])", r"证|资质|牌照"),
        (
            r"(?:有|了)(?:多少|几|几十)年(?:了|历史|的历史|[？?]|$)",
            r"(?<![\d年])\d{1,3}[多余]?个?年(?!\d{1,2}月|代)|世纪",
        ),
        (r"(?:哪样|哪[1一]?[种项类])(?:补贴|补助|津贴)", r"补贴|补助|津贴"),
        (r"(?:哪样|哪[1一]?[种项类])(?:保险|险)", r"险"),
        (r"(?:多大|几岁|多少岁)(?:年纪)?(?:才?能|可以|以上|以下|的人|起)", r"岁|年龄|周年"),
    )
)


def without_the_shape(question: Question, told: str) -> bool:
    """Whether one thing of a sort is asked for and what is told names nothing of the sort."""
    if question.asks > 1 or question.kind in {"which", "compare"}:
        return False
    asked, form = search_form(question.asked or question.standalone), search_form(told)
    return any(wanted.search(asked) and not said.search(form) for wanted, said in _SHAPES)
