"""Noise inside a line: counters, template residue, calls to share and editors glued to the last sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Noise

NAMES = r"[一-鿿]{2,4}(?:[\s、,，]+[一-鿿]{2,4}){0,4}"
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, flags), reason)
    for pattern, flags, reason in (
        (
            r"(?:阅读(?:量|次数|数)|閱讀量|浏览(?:次数|量)|瀏覽次數|点击(?:数|量|率)?|访问(?:量|次数))\s*[:：](?:[ \t　]*\d[\d,]*\s*次?)?",
            0,
            "阅读计数",
        ),
        (r"返回搜狐[，,]\s*查看更多", 0, "导航菜单"),
        (
            r"(?:【|（|\()?\s*(?:责任编辑|責任編輯|责编|責編|编辑|校对)\s*[:：]\s*(?:"
            + NAMES
            + r")?\s*(?:】|）|\))?(?:[ \t]*[A-Z]{1,3}\d{2,5})?(?=\s*(?:(?:校对|审核|编辑|责编)[:：]|返回搜狐|\Z))",
            0,
            "责任编辑",
        ),
        (r"本文属于原创文章，如若转载，请注明来源：[^\n]*", 0, "版权与备案"),
        (r"【\s*(?:投稿|责任编辑|版权|声明|打印|关闭)[^】\n]{0,80}】", 0, "版权与备案"),
        (r"(?:平台声明|免责声明|特别声明|版权声明)\s*[:：][^\n]{6,300}\Z", 0, "版权与备案"),
        (r"(?:打开|扫描|长按)(?:微信|抖音|微博|二维码)?扫一扫", 0, "分享栏"),
        (r"[（(](?:图片|照片|本文图片|图|供图)[^（）()\n。]{0,24}(?:供图|提供|摄|图)?[）)]", 0, "图片署名"),
        (
            r"(?:(?<=[。！？”）)])|(?<=\s))(?:(?:新华社|人民网|中新网|中新社|央视网|本报|本网)(?:记者|发)?\s?|(?:记者|通讯员)\s)[一-鿿]{2,3}\s?(?:摄|供图)(?![\w影])",
            0,
            "图片署名",
        ),
        (r"(?:人民网|新华社|中新网|中新社)\s[一-鿿]{2,3}摄", 0, "图片署名"),
        (
            r"\[/?(?:db|!--|field|title|content|list|page)[:：]?[^\]\n]{0,40}\]|\{\{[^}\n]{1,60}\}\}|\{\$?\w{2,20}[:：][^}\n]{1,40}\}",
            0,
            "模板残留",
        ),
        (r"&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|mdash|hellip|middot|emsp|ensp|#\d{2,5});", 0, "网页代码"),
        (
            r"</?(?:p|br|div|span|a|img|strong|b|font|td|tr|table|h\d|ul|li|script|style|section)\b[^<>\n]{0,300}>",
            re.IGNORECASE,
            "网页代码",
        ),
        (r"[?？](?:/(?:p|br|div|span|strong)>|(?=/p>))", re.IGNORECASE, "网页代码"),
        (r"[|｜]{3,}", 0, "模板残留"),
        (r"�+", 0, "乱码"),
    )
)


def find_residue(text: str) -> Iterator[Noise]:
    """Spans of known residue, wherever they stand."""
    for pattern, reason in PATTERNS:
        for found in pattern.finditer(text):
            if found.end() > found.start():
                yield Noise(found.start(), found.end(), reason)
