"""The number of an official document (文号): 总工发〔2018〕12号."""

from __future__ import annotations

import re

from index.sources.dates import narrow_digits

# Where a document states its own number: the head above the text, or behind a label in the table of a government page.
HEAD = 1200
HEAD_LINES = 20
OWN_LINES = 12
NUMBER = re.compile(
    r"([\u4e00-\u9fff]{2,14})[ \t\u3000]{0,3}[〔\[（(【﹝［〖<＜]\s{0,2}((?:19|20)\d{2})(?:年度?)?\s{0,2}[〕\]）)】﹞］〗>＞]"
    r"\s{0,3}(?:第\s{0,2})?(\d{1,5})\s{0,2}号"
)
YEAR_IN_BRACKETS = re.compile(r"[〔\[（(【﹝［〖<＜]\s{0,2}(?:19|20)\d{2}")
LABEL = re.compile(
    r"(?:发\s?文\s?字\s?号|发\s?文\s?编?\s?号|公\s?文\s?字?\s?号|文\s?件\s?编?\s?号|文\s{0,4}号)"
    r"[ \t\u3000]*[】\]]?[ \t\u3000:：|]*"
)
LABEL_AHEAD = re.compile(r"^(?:发文字号|发文编?号|公文字?号|文件编?号|文号)")
CITING = re.compile(r"转发|根据|按照|依据|贯彻|落实|废止|参照|执行")
BESIDE = re.compile(r"^(?:签\s?发\s?人|签发|密级|特急|加急|成文日期|发布日期|发文日期|日期|有效性|\d{4}[-年/.]).*$")


def find_number(text: str) -> str:
    """The document's own number with 〔〕 and half-width figures, or an empty string; one that is only cited does not count.

    Its own is the one behind a label such as 「发文字号」, one that fills a line of the head, or one in brackets at the end
    of a title line.
    """
    head = narrow_digits(text[:HEAD])
    if YEAR_IN_BRACKETS.search(head) is None:
        return ""
    head = head.replace("號", "号").replace("發", "发")
    found = NUMBER.search(head)
    if found is None:
        return ""
    for label in LABEL.finditer(head):
        labelled = NUMBER.match(head, label.end())
        if labelled:
            return _written(labelled)
    for line in [bare for line in head.split("\n")[:HEAD_LINES] if (bare := line.strip())][:OWN_LINES]:
        own = _own(line)
        if own:
            return _written(own)
    return ""


def _own(line: str) -> re.Match[str] | None:
    """The number that a line consists of, or that closes a title in brackets."""
    found = NUMBER.search(line)
    if found is None or len(line) > 120:
        return None
    before, after = line[: found.start()].strip("【［[（( \t\u3000"), line[found.end() :].strip("】］])） \t\u3000")
    if not before and (not after or BESIDE.match(after)):
        return found
    in_brackets = line[: found.start()].rstrip().endswith(("（", "(", "【", "[")) and not after
    return found if in_brackets and before and not CITING.search(before) and "。" not in before else None


def _written(found: re.Match[str]) -> str:
    body = LABEL_AHEAD.sub("", found.group(1))
    return f"{body}〔{found.group(2)}〕{int(found.group(3))}号"
