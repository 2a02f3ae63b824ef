"""The shell of a page: navigation, share bars, editors, copyright lines, the lists at its tail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.cleaning.line_patterns import (
    CONTACT,
    MEDIA,
    REASONS,
    captions,
    ends_sentence,
    is_prose,
    line_reason,
    row_tokens,
)
from index.cleaning.lines import Line, text_lines
from index.types import Noise

CAPTION = re.compile(
    r"[一-鿿]{0,4}(?:首页|概况|简介|介绍|公开|服务|互动|交流|新闻|要闻|动态|公告|公示|通知|中心|专栏|专题"
    r"|之窗|之家|园地|风采|招聘|合作"
    r"|联系|下载|查询|指南|论坛|社区|视频|图片|登录|注册|导航|地图|文化|建设|管理|党建|创新|产品|方案|案例"
    r"|支持|评论|推荐|热榜|头条)"
)
NAVIGATION_MOST = 10
LEAST_ROW = 4
LEAST_MENU = 3
LINK_MOST = 60
BUTTON_KINDS = ("按钮", "分享", "论坛")
NO_ANCHORS = frozenset({None, "图片署名"})
FOREIGN = re.compile(r"[A-Za-z][A-Za-z'’,.!:?|*&\-]*(?:\s+[A-Za-z'’,.!:?|*&\-]+)+")
REGION = re.compile(r"^[一-鿿]{1,9}(?:省|市|区|县|旗|州|盟|乡|镇|街道|自治[区州县]|開發區|區|縣)$")
REGION_SHORT = re.compile(
    r"北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆"
    r"|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|兵团|香港|澳门|台湾|全国"
)
LEAD = re.compile(r"[:：]$")
SECTION = re.compile(
    r"^(?:[#*]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条编]|\d{1,2}[.、．])"
)


def find_shell(text: str) -> Iterator[Noise]:
    """Whole lines that belong to the site and not to the article, in no particular order."""
    lines = text_lines(text)
    reasons = [line_reason(line.bare) for line in lines]
    if len(lines) > 1:
        _name_blocks(lines, reasons)
    for line, reason in zip(lines, reasons, strict=True):
        if reason:
            yield Noise(line.start, line.end, reason)
    for line in _menu_above_title(lines):
        yield Noise(line.start, line.end, "导航菜单")


def _name_blocks(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Gives a reason to lines that only their neighbours give away; `reasons` is completed in place."""
    prose = [index for index, line in enumerate(lines) if not reasons[index] and ends_sentence(line.bare)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), len(lines))
    _name_links(lines, reasons)
    _name_tail(lines, reasons, last + 1)
    for begin, end in ((0, first), (last + 1, len(lines))):
        _name_menus(lines, reasons, begin, end)
        _name_rows(lines, reasons, begin, end)
        _name_foreign(lines, reasons, begin, end)
        _name_regions(lines, reasons, begin, end)
    _name_buttons(lines, reasons)
    _name_members(lines, reasons)


def _name_menus(lines: Sequence[Line], reasons: list[str | None], begin: int, end: int) -> None:
    """Three or more short lines in a row of which half are captions of menus, above or below all prose.

    The row begins and ends with a caption; the first line of a page is its title more often than not.
    """
    at = max(begin, 1)
    while at < end:
        stop = at
        while stop < end and len(lines[stop].bare) <= NAVIGATION_MOST and lines[stop].bare != lines[0].bare:
            stop += 1
        known = [index for index in range(at, stop) if reasons[index] or lines[index].bare in captions()]
        if len(known) >= LEAST_MENU and 2 * len(known) >= known[-1] + 1 - known[0]:
            for index in range(known[0], known[-1] + 1):
                reasons[index] = reasons[index] or "导航菜单"
        at = stop + 1


def _name_rows(lines: Sequence[Line], reasons: list[str | None], begin: int, end: int) -> None:
    """Rows of four or more captions above or below all prose of which most end as captions do (集团概况, 政务公开)."""
    for index in range(begin, end):
        tokens = [] if reasons[index] else row_tokens(lines[index].bare)
        known = sum(token in captions() for token in tokens)
        alike = sum(token in captions() or CAPTION.fullmatch(token) is not None for token in tokens)
        if len(tokens) >= LEAST_ROW and known and alike >= 0.7 * len(tokens):
            reasons[index] = "导航菜单"


def _name_foreign(lines: Sequence[Line], reasons: list[str | None], begin: int, end: int) -> None:
    """Captions in English above or below all prose, as the templates of foreign systems have them."""
    for index in range(max(begin, 1), end):
        if not reasons[index] and FOREIGN.fullmatch(lines[index].bare):
            reasons[index] = "导航菜单"


def _name_regions(lines: Sequence[Line], reasons: list[str | None], begin: int, end: int) -> None:
    """Four or more names of counties or provinces as links, in one line or one a line, which no colon announces."""
    rows = [_region_names(lines[index].bare) for index in range(begin, end)]
    at = 0
    while at < len(rows):
        stop, names = at, 0
        while stop < len(rows) and rows[stop]:
            names += rows[stop]
            stop += 1
        announced = begin + at > 0 and LEAD.search(lines[begin + at - 1].bare)
        if names >= LEAST_ROW and not announced:
            for index in range(begin + at, begin + stop):
                reasons[index] = reasons[index] or "导航菜单"
        at = stop + 1


def _region_names(bare: str) -> int:
    """How many regions a line lists, if it does nothing else."""
    if len(bare) > 8 * LINK_MOST or not bare:
        return 0
    tokens = row_tokens(bare)
    named = sum(REGION_SHORT.fullmatch(token) is not None or REGION.match(token) is not None for token in tokens)
    return named if tokens and "、" not in bare and named >= 0.8 * len(tokens) else 0


def _name_links(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """The headlines below 「相关阅读」, up to the next line that is text."""
    below = False
    # Above the first paragraph the title may come next.
    first = next((index for index, line in enumerate(lines) if not reasons[index] and is_prose(line.bare)), 0)
    for index, line in enumerate(lines):
        if reasons[index] == "相关链接":
            below = index > first and not re.search(r"标签|關鍵|关键|標籤|TAG|媒体矩阵", line.bare, re.IGNORECASE)
        elif below and not reasons[index]:
            below = len(line.bare) <= LINK_MOST and not re.search(r"[。；]", line.bare) and not SECTION.match(line.bare)
            if below:
                reasons[index] = "相关链接"


def _name_buttons(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Captions of buttons that stand beside a line of the shell (接受 below a cookie notice)."""
    for index, line in enumerate(lines):
        kind = captions().get(line.bare)
        if not reasons[index] and kind in BUTTON_KINDS and (reasons[index - 1] if index else None):
            reasons[index] = REASONS[kind]


def _name_members(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Names of members and short replies between the captions of a forum page."""
    if reasons.count("论坛提示") < LEAST_MENU:
        return
    for index in range(1, len(lines) - 1):
        if (
            not reasons[index]
            and len(lines[index].bare) <= NAVIGATION_MOST
            and reasons[index - 1]
            and reasons[index + 1]
        ):
            reasons[index] = "论坛提示"


def _name_tail(lines: Sequence[Line], reasons: list[str | None], after: int) -> None:
    """What follows the editor's line or a copyright line near the end, as long as no prose comes again."""
    footer = next((index for index in range(after, len(lines)) if reasons[index] == "版权与备案"), len(lines))
    anchored = False
    for index in range(after, len(lines)):
        bare = lines[index].bare
        anchored = anchored or reasons[index] not in NO_ANCHORS or MEDIA.match(bare) is not None
        if not reasons[index] and (anchored or (index < footer < len(lines) and CONTACT.match(bare))):
            reasons[index] = "页尾"


def _menu_above_title(lines: Sequence[Line]) -> Iterator[Line]:
    """Short lines between the window title on the first line and the title on the page."""
    if not lines:
        return
    first = lines[0].bare
    for index, line in enumerate(lines[1:12], start=1):
        if len(line.bare) >= 6 and first.startswith(line.bare):
            yield from (
                above for above in lines[1:index] if len(above.bare) <= NAVIGATION_MOST and above.bare != line.bare
            )
            return
        if is_prose(line.bare):
            return
