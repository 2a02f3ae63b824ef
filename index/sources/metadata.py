"""Title, source and publication date, read from the text where the format does not state them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.cleaning.lines import text_lines
from index.sources.dates import DATE, iso_date
from index.types import Noise

HEAD_LINES = 15
TAIL_LINES = 12
INLINE_HEAD = 400
TITLE_MOST = 60

METADATA_LINE = re.compile(
    r"^[\s　【（(]*(?:来源|來源|稿源|信息来源|文章来源|发布时间|發布時間|发布日期|发表时间|更新时间"
    r"|时间|日期|作者|编辑|阅读量|浏览|点击|字号|字体|分享)"
    r"\s*[:：]"
)
BYLINE = re.compile(
    r"^[\s　（(]*(?:[\w\-—－·、]{0,16}(?:本报|本報|本网|中工网|全媒体|首席|实习)?(?:记者|記者|通讯员|通訊員|撰稿|作者)"
    r"\s*[\w\s·、（）()]{1,40}"
    r"|□.{2,40}|文[/／|].{2,20}|图[/／|].{2,20})[）)]?$"
)
BREADCRUMB = re.compile(
    r"^[\s　]*(?:您|你)?(?:当前|现在|目前|所在)?的?(?:当前)?位置\s*[:：]|^[\s　]*首页\s*(?:[>＞»/|\-]|内容|$)"
)
SITE_SUFFIX = re.compile(
    r"\s*[-_|—–｜]+\s*[^-_|—–｜\s][^-_|—–｜]{0,14}?"
    r"(?:网|網|报|報|社|新闻|频道|客户端|门户|官网|首页|工会|总工会|政府|资讯|中心|在线|平台|栏目|\.com|\.cn)\s*$"
)
NAMED_SITE = re.compile(r"\s[-|]\s[^-|]{2,8}$")

ORIGIN = re.compile(
    r"(?:信息来源|文章来源|稿件来源|消息来源|来源|來源|稿源|转自|出处)\s*[:：]\s*"
    r"([^\s\n|｜,，。；;）)\]】:：]{2,24})"
)
ORIGIN_STOPS = re.compile(r"(?:作者|时间|日期|编辑|责任|点击|浏览|阅读|发布|字体|字号|(?:19|20)\d\d[-年/.]).*$")
LABELLED_DATE = re.compile(
    r"(?:发布时间|發布時間|發佈時間|发布日期|發布日期|发表时间|發表時間|发稿时间|更新时间|更新時間|成文日期|日期|时间|時間|发布于|發布於|刊发于)"
    r"\s*[:：]?\s*[^\d\n]{0,3}(" + DATE.pattern + ")"
)
PUBLISHER_IN_BYLINE = re.compile(
    r"[（(\n\s　]([\w《》]{2,14}?(?:日报|日報|晚报|晚報|工人报|工人報|早报|时报|時報|报|報|新闻网|网|網"
    r"|通讯社|电视台|新华社|客户端|杂志|周刊))"
    r"(?:[-—－·\s]*[\w]{0,10})?(?:全媒体|融媒体|首席|见习|实习)?(?:记者|記者|通讯员|通訊員)"
)
ORIGINAL_TITLE = re.compile(r"^[\s　]*(?:原标题|原標題|标题|題目|题目)\s*[:：]\s*")
TITLE_STOP = re.compile(
    r"[。！!]|【[^】]{2,12}(?:报道|讯|消息|记者)|[一-鿿]{2,4}(?:网|日报|晚报|社|客户端)(?:[一-鿿]{0,4}\d{1,2}月|讯)|本报讯|本網訊|本网讯|(?:来源|來源)\s*[:：]|（?记者|通讯员|日前|近日|连日来|为(?:进一步|深入|了|切实|丰富|认真|全面|贯彻)|\d{1,2}月\d{1,2}日|\d{4}年"
)


def visible(text: str, start: int, end: int, noise: Sequence[Noise]) -> str:
    """`text[start:end]` without what was voted out."""
    parts, at = [], start
    for span in noise:
        if span.end <= at or span.start >= end:
            continue
        parts.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    parts.append(text[at:end] if at < end else "")
    return "".join(parts)


def tidy_title(title: str) -> str:
    """The title without Markdown marks, 「原标题」 and the names of the site behind it."""
    title = re.sub(r"^[#*\s　]+|[*\s　]+$", "", ORIGINAL_TITLE.sub("", title))
    for _ in range(3):
        shorter = SITE_SUFFIX.sub("", title)
        if shorter == title or len(shorter) < 5:
            break
        title = NAMED_SITE.sub("", shorter) if len(NAMED_SITE.sub("", shorter)) >= 5 else shorter
    return re.sub(r"\s+", " ", title).strip()


def _inline_title(line: str) -> str:
    """The title of a page that is one long line: 「原标题：甲乙丙甲乙丙近日…」 repeats it, or a lead phrase ends it."""
    labelled = ORIGINAL_TITLE.match(line) is not None
    rest = ORIGINAL_TITLE.sub("", line)
    for length in range(min(TITLE_MOST, len(rest) // 2), 5, -1):
        if rest[length:].lstrip().startswith(rest[:length]):
            return rest[:length].strip()
    if labelled:
        stop = TITLE_STOP.search(rest, 6)
        if stop and stop.start() <= TITLE_MOST:
            return rest[: stop.start()].strip(" 　（(【")
    sentence = re.split(r"[。！？!?；;\n]", rest, maxsplit=1)[0]
    if len(sentence) <= TITLE_MOST:
        return sentence.strip()
    clause = sentence[:TITLE_MOST]
    cut = max(clause.rfind(mark) for mark in "，,、 ")
    return (clause[:cut] if cut >= 12 else clause).strip()


def find_title(text: str, noise: Sequence[Noise]) -> str:
    """The title: the first line that is neither noise, metadata nor byline; the first words where all else fails."""
    for line in text_lines(text):
        kept = visible(text, line.start, line.end, noise).strip()
        if not re.search(r"\w", kept) or METADATA_LINE.match(kept) or BYLINE.match(kept) or BREADCRUMB.match(kept):
            continue
        if len(kept) <= TITLE_MOST + 10 and not kept.endswith(("。", "；", "，")):
            return tidy_title(kept) or kept
        return tidy_title(_inline_title(kept)) or kept[:TITLE_MOST]
    return next((line.bare for line in text_lines(text)), "无标题")[:TITLE_MOST]


def _windows(text: str) -> tuple[str, str]:
    lines = [line.bare for line in text_lines(text)]
    head = "\n".join(line[:INLINE_HEAD] for line in lines[:HEAD_LINES])
    tail = "\n".join(line[-200:] for line in lines[-TAIL_LINES:])
    return head, tail


def find_published(text: str) -> str | None:
    """The publication date as ISO: a labelled one, one beside 「来源」, or a line at the top that is only a date."""
    head, tail = _windows(text)
    labelled = LABELLED_DATE.search(head)
    if labelled:
        return iso_date(labelled.group(1))
    lines = head.split("\n")
    for line in lines:
        rest = DATE.sub("", line, count=1)
        rest = re.sub(r"\d{1,2}[:：]\d{2}([:：]\d{2})?|星期.|周.", "", rest)
        if rest != line and len(rest.strip()) <= 24 and not re.search(r"[。，,！？；]", rest):
            found = iso_date(line)
            if found:
                return found
    for line in tail.split("\n"):
        at_end = LABELLED_DATE.search(line)
        if at_end:
            return iso_date(at_end.group(1))
        if len(line) <= 40 and re.fullmatch(r"[（(].{2,20}" + DATE.pattern + r".{0,12}[）)]", line):
            return iso_date(line)
    return None


def find_source(text: str) -> str:
    """The publisher that the page names (「来源：…」, or the paper of the reporter in a byline), or an empty string."""
    head, tail = _windows(text)
    for window in (head, tail):
        origin = ORIGIN.search(window)
        if origin:
            name = ORIGIN_STOPS.sub("", origin.group(1)).strip("-—_·")
            if len(name) >= 2:
                return name
    for window in (tail, head):
        byline = PUBLISHER_IN_BYLINE.search("\n" + window)
        if byline and not re.match(r"本[报報网網]", byline.group(1)):
            return byline.group(1)
    return ""
