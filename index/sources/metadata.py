"""Title, source and publication date, read from the text where the format does not state them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.cleaning.lines import Line, text_lines
from index.sources.dates import completed_date, first_date, narrow_digits
from index.types import Noise

HEAD_LINES = 15
TAIL_LINES = 12
# The window in which those lines are looked for: nobody writes a longer head or tail, and a long text is not split for it.
HEAD_CHARACTERS = 8000
TAIL_CHARACTERS = 4000
INLINE_HEAD = 400
TITLE_MOST = 60
# What is longer than this was never a title; the patterns below would search it for minutes.
WRITTEN_MOST = 400
TITLE_MARKS = "#* \t\r\n\f\v\u3000\xa0"
# A line that states a date and little else.
DATE_LINE_MOST = 80
DATE_LINE_REST = 24
SIGNATURE_LINES = 6

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
    r"(?:信息来源|文章来源|稿件来源|消息来源|来\s?源|來源|稿源|转自|出处|发布机构|发布单位|发文机关|发文单位|制发机关)\s*[:：]\s*"
    r"([^\s\n|｜,，。；;）)\]】:：]{2,24})"
)
ORIGIN_STOPS = re.compile(
    r"(?:作者|时间|日期|编辑|责任|点击|浏览|阅读|评论|发布|字体|字号|[(（]|(?:19|20)\d\d[-年/.]).*$"
)
DATE_WORD = re.compile(r"[日时時][期间間\s]|[布發发]于")
DATE_LABEL = re.compile(
    r"(?:(?:发布|發布|發佈|发表|發表|发稿|更新|成文|刊发|发文|生成|录入|公开|编辑)(?:时间|時間|日期)|日\s?期|时\s?间|時間|[发發]布于|[发發]表[于於]|刊[发發]于)"
    r"\s*[:：]?"
)
PRINTED = re.compile(r"印\s?[发發]\s*$|印\s?[发發]\s*[（(]?共?印?\d*")
YEAR_SIGN = re.compile(r"(?:19|20)\d\d|年")
WORD = re.compile(r"\w")
META_WORD = re.compile(r"来源|來源|发布|發布|时间|時間|日期|\d[:：]\d\d")
CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|星期.|周[一二三四五六日]")
PROSE_MARK = re.compile(r"[。，,！？；]")
PUBLISHER_IN_BYLINE = re.compile(
    r"[（(\n\s　]([\w《》]{2,14}?(?:日报|日報|晚报|晚報|工人报|工人報|早报|时报|時報|报|報|新闻网|网|網"
    r"|通讯社|电视台|新华社|客户端|杂志|周刊))"
    r"(?:[-—－·\s]*[\w]{0,10})?(?:全媒体|融媒体|首席|见习|实习)?(?:记者|記者|通讯员|通訊員)"
)
REPORTER = re.compile(r"[记記]者|通讯员|通訊員")
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
    title = ORIGINAL_TITLE.sub("", title[:WRITTEN_MOST]).lstrip(TITLE_MARKS).rstrip(TITLE_MARKS[1:])
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
    # A title that is repeated brings its first characters back, so most lines need no comparison.
    longest = min(TITLE_MOST, len(rest) // 2) if rest.find(rest[:6], 6, 3 * TITLE_MOST) > 0 else 0
    for length in range(longest, 5, -1):
        if rest[length : 3 * TITLE_MOST].lstrip().startswith(rest[:length]):
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
    """The title: the first line that is neither noise, metadata nor byline; the first words where all else fails.

    `noise` is in order of its starts.
    """
    first, at = "", 0
    for line in _first_lines(text):
        first = first or line.bare
        while at < len(noise) and noise[at].end <= line.start:
            at += 1
        kept = line.bare
        if at < len(noise) and noise[at].start < line.end:
            last = next((n for n in range(at, len(noise)) if noise[n].start >= line.end), len(noise))
            kept = visible(text, line.start, line.end, noise[at:last]).strip()
        if not WORD.search(kept) or METADATA_LINE.match(kept) or BYLINE.match(kept) or BREADCRUMB.match(kept):
            continue
        if len(kept) <= TITLE_MOST + 10 and not kept.endswith(("。", "；", "，")):
            return tidy_title(kept) or kept
        return tidy_title(_inline_title(kept)) or kept[:TITLE_MOST]
    return (first or "无标题")[:TITLE_MOST]


def _first_lines(text: str) -> Iterator[Line]:
    """The non-blank lines, those of the head without splitting the whole text."""
    cut = text.rfind("\n", 0, HEAD_CHARACTERS) + 1 if len(text) > HEAD_CHARACTERS else len(text)
    yield from text_lines(text[:cut])
    for line in text_lines(text[cut:]):
        yield Line(line.start + cut, line.end + cut, line.bare)


def _windows(text: str) -> tuple[list[str], list[str]]:
    """The first lines, each by its beginning, and the last ones, each by its end; figures in half width."""
    if "\n" not in text[:HEAD_CHARACTERS]:
        head = [text[:HEAD_CHARACTERS].strip()]
    else:
        head = [line.bare for line in text_lines(text[:HEAD_CHARACTERS])[:HEAD_LINES]]
    tail = [line.bare for line in text_lines(text[-TAIL_CHARACTERS:])[-TAIL_LINES:]]
    return [narrow_digits(line[:INLINE_HEAD]) for line in head], [narrow_digits(line[-200:]) for line in tail]


def find_published(text: str) -> str | None:
    """The publication date as ISO, or None.

    In this order: a labelled one in the head; a line of the head that is only a date; one without its year, where the
    page names a single year; and in the tail a labelled one, one in brackets, the day below a signature, 「…印发」.
    """
    head, tail = _windows(text)
    return (
        _labelled_date(head)
        or next(filter(None, map(_date_line, head)), None)
        or _yearless_date(head, tail)
        or _labelled_date(tail)
        or next(filter(None, map(_closing_date, tail)), None)
        or _signature_date(tail[-SIGNATURE_LINES:] if len(tail) > 1 else [])
    )


def _labelled_date(lines: Sequence[str]) -> str | None:
    for line in lines:
        for label in DATE_LABEL.finditer(line) if DATE_WORD.search(line) else ():
            found = first_date(line[: label.end() + 40], label.end())
            if found and found[0] - label.end() <= 4 and not re.search(r"\d", line[label.end() : found[0]]):
                return found[2]
    return None


def _date_line(line: str) -> str | None:
    found = first_date(line) if len(line) <= DATE_LINE_MOST and YEAR_SIGN.search(line) else None
    if found is None:
        return None
    rest = CLOCK.sub("", line[: found[0]] + line[found[1] :])
    return found[2] if len(rest.strip()) <= DATE_LINE_REST and not PROSE_MARK.search(rest) else None


def _yearless_date(head: Sequence[str], tail: Sequence[str]) -> str | None:
    """「发布时间：10月22日」 on a page that names one year only."""
    for line in head:
        if len(line) <= DATE_LINE_MOST and META_WORD.search(line) and not PROSE_MARK.search(line):
            completed = completed_date(line, "\n".join([*head, *tail]))
            if completed:
                return completed
    return None


def _closing_date(line: str) -> str | None:
    """「（甲报 2021年10月22日）」."""
    if len(line) > 40 or line[0] not in "（(" or line[-1] not in "）)":
        return None
    found = first_date(line)
    return found[2] if found and len(line) - found[1] <= 13 and found[0] >= 3 else None


def _signature_date(lines: Sequence[str]) -> str | None:
    """The day that stands alone below a signature, or before 「印发」."""
    for line in reversed(lines):
        found = first_date(line) if len(line) <= DATE_LINE_MOST else None
        if found and (line[found[1] :].strip("）) ") == "" and not line[: found[0]].strip("（( ")):
            return found[2]
        if found and PRINTED.match(line[found[1] :].strip()) and not PROSE_MARK.search(line):
            return found[2]
    return None


def find_source(text: str) -> str:
    """The publisher that the page names (「来源：…」, or the paper of the reporter in a byline), or an empty string."""
    head, tail = ("\n".join(lines) for lines in _windows(text))
    for window in (head, tail):
        origin = ORIGIN.search(window)
        if origin:
            name = ORIGIN_STOPS.sub("", origin.group(1)).strip("-—_·")
            if len(name) >= 2:
                return name
    for window in (tail, head):
        byline = PUBLISHER_IN_BYLINE.search("\n" + window) if REPORTER.search(window) else None
        if byline and not re.match(r"本[报報网網]", byline.group(1)):
            return byline.group(1)
    return ""
