"""What the pages of one site share: lines and short ends of lines that stand at the head or tail of most of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.cleaning.line_patterns import FOOTER, PROSE_LEAST, SENTENCE_SIGN
from index.cleaning.lines import Line, text_lines
from index.types import Noise

REASON = "同一网站各页都有"
LEAST_PAGES = 3
SHARE = 0.5
PROSE_SHARE = 0.6
EDGE_LINES = 30
LONGEST = 200
END_LONGEST = 60
END_LEAST = 4
MOST_KEYS = 20_000
FIRST, PAIR, HEAD, TAIL, PREFIX, BEHIND, SUFFIX = "=", "&", "<", ">", "^", "~", "$"
SECTION = re.compile(
    r"^(?:[#*]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条编])"
)
SPACES = re.compile(r"\s+")
DIGITS = re.compile(r"\d+")
SENTENCE_END = re.compile(r"[。！？!?][”’」』）)》\"]{0,3}")
LINE_END = re.compile(r"[\r\n]")
TRAIL = re.compile(r"\s{0,3}[>＞»|｜_]+")
BORDER = re.compile(r"\s{0,3}[|｜_\-—–]+\s*")
# Figures in a sentence tell something, unless it is one of those in which sites count their visitors or give numbers to call.
COUNTER = re.compile(r"电话|電話|热线|熱線|传真|邮编|邮箱|访问量|访问次数|点击|浏览量|浏览次数|阅读量|版权|备案|许可证")
# What stands under a title and tells of the page, so that the line above it is the title.
ABOUT = re.compile(r"来源|來源|作者|记者|发布|時間|时间|日期|编辑|字号|[:：]")
# A line with a date tells when the page was published; it is no shell, though every page has one.
DATE = re.compile(r"\d{4}\s?[-年/.]\s?\d")


@dataclass(slots=True)
class SiteLines:
    """Counts of the candidates over the pages of one site; plain data, saved and read as JSON.

    A key is a mark of its place (`=` first line, `&` first two, `<` line at the head, `>` line at the tail, `^` beginning and `~` end of
    the first line, `$` end of the text) and the string itself, blanks folded and figures replaced by 0 but in sentences.
    """

    pages: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Counts one more page."""
        self.pages += 1
        for key in set(_keys(text)):
            self.counts[key] = self.counts.get(key, 0) + 1
        if len(self.counts) > MOST_KEYS:
            # What most pages share comes again; what was seen once is forgotten first.
            self.counts = {key: count for key, count in self.counts.items() if count > 1}

    def lines(self) -> frozenset[str]:
        """The keys that belong to the shell of the site; none before three pages were seen."""
        if self.pages < LEAST_PAGES:
            return frozenset()
        common = [key for key, count in self.counts.items() if count >= LEAST_PAGES and count > SHARE * self.pages]
        # Copies of one page have one title, and the line below it is the same; below a path through a site titles differ.
        copied = {FIRST + key[1:].partition("\n")[0] for key in common if key[0] == PAIR}
        return frozenset(
            key for key in common if key not in copied and _may_be_shell(key, self.counts[key] / self.pages)
        )

    def joined(self, other: SiteLines) -> SiteLines:
        """The counts of both together."""
        counts = dict(self.counts)
        for key, count in other.counts.items():
            counts[key] = counts.get(key, 0) + count
        return SiteLines(self.pages + other.pages, counts)

    def as_json(self) -> dict[str, object]:
        """Plain data for `json.dumps`."""
        return {"pages": self.pages, "counts": self.counts}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> SiteLines:
        """What `as_json` gave; anything else counts as nothing seen."""
        pages, counts = data.get("pages"), data.get("counts")
        if not isinstance(pages, int) or not isinstance(counts, dict):
            return cls()
        return cls(pages, {str(key): count for key, count in counts.items() if isinstance(count, int)})


def site_lines(texts: Sequence[str]) -> frozenset[str]:
    """The keys of what stands at the head or tail of most of the texts, which come from one site."""
    seen = SiteLines()
    for text in texts:
        seen.add(text)
    return seen.lines()


def find_site_noise(text: str, lines: frozenset[str]) -> Iterator[Noise]:
    """Votes on the lines and ends of this text whose keys are among `lines`."""
    if not lines:
        return
    for key, row in _line_keys(text_lines(text)):
        if key in lines:
            yield Noise(row.start, row.end, REASON)
    for key, start, end in _ends(text):
        if key in lines:
            yield Noise(start, end, REASON)


def _keys(text: str) -> Iterator[str]:
    rows = text_lines(text)
    yield from (key for key, _ in _line_keys(rows))
    if len(rows) > 1 and _may_be_title(rows[1]):
        yield f"{PAIR}{_first(rows)}\n{rows[1].bare}"
    yield from (key for key, _, _ in _ends(text))


def _folded(bare: str) -> str:
    """The string with blanks folded and every number as 0, so that counters and page numbers compare equal.

    A sentence keeps its figures: what differs between pages in nothing but figures is what the pages are about.
    """
    spaced = SPACES.sub(" ", bare)
    if SENTENCE_SIGN.search(spaced) and not FOOTER.search(spaced) and not COUNTER.search(spaced):
        return spaced
    return DIGITS.sub("0", spaced)


def _line_keys(rows: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """The candidates among whole lines; the first line only with its figures, which may number the titles of a series."""
    if len(rows) > 1 and _may_be_title(rows[1]):
        yield FIRST + _first(rows), rows[0]
    yield from ((mark + _folded(row.bare), row) for mark, row in _edges(rows))


def _first(rows: Sequence[Line]) -> str:
    return SPACES.sub(" ", rows[0].bare[: LONGEST + 1])


def _may_be_title(row: Line) -> bool:
    """Whether the second line can be the title, so that the first may be a path through the site."""
    return len(row.bare) < PROSE_LEAST and not any(
        sign.search(row.bare) for sign in (SENTENCE_SIGN, SECTION, DATE, ABOUT)
    )


def _edges(rows: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """The lines before the first and after the last paragraph, at most `EDGE_LINES` each, but never the first line.

    That paragraph itself is offered, too, as the tail of some sites is one; the first line is the title of the page.
    """
    prose = [at for at, row in enumerate(rows) if len(row.bare) >= PROSE_LEAST and SENTENCE_SIGN.search(row.bare)]
    first = prose[0] if prose else len(rows)
    tail = max(prose[-1] if prose else len(rows), len(rows) - EDGE_LINES)
    for mark, edge in ((HEAD, rows[1 : min(first, EDGE_LINES)]), (TAIL, rows[max(tail, 1) :])):
        for row in edge:
            if len(row.bare) <= LONGEST and not SECTION.match(row.bare) and not DATE.search(row.bare):
                yield mark, row


def _ends(text: str) -> Iterator[tuple[str, int, int]]:
    """Key, start and end of what stands before or behind the borders of the first line, and behind the last sentence."""
    start = len(text) - len(text.lstrip())
    stop = len(text.rstrip())
    first = LINE_END.split(text[start : start + LONGEST], maxsplit=1)[0].rstrip()
    for border in TRAIL.finditer(first):
        if border.start() >= END_LEAST and not SENTENCE_SIGN.search(first[: border.start()]):
            yield PREFIX + _folded(first[: border.start()]), start, start + border.start()
    for border in BORDER.finditer(first):
        if border.start() and END_LEAST <= len(first) - border.start() <= END_LONGEST:
            yield BEHIND + _folded(first[border.start() :]), start + border.start(), start + len(first)
    tail = text[max(start, stop - END_LONGEST) : stop]
    ends = [end.end() for end in SENTENCE_END.finditer(tail)]
    behind = tail[ends[-1] :] if ends else ""
    if len(behind) >= END_LEAST and not LINE_END.search(behind):
        begin = stop - len(behind.lstrip())
        yield SUFFIX + _folded(text[begin:stop]), begin, stop


def _may_be_shell(key: str, share: float) -> bool:
    """Whether a string that is common may be taken out: sentences with figures or several sentences only from tails."""
    mark, string = key[0], key[1:]
    if mark == PAIR:
        return False
    if mark == FIRST:
        return share >= PROSE_SHARE and len(string) <= LONGEST and any(sign.isalnum() for sign in string)
    is_sentence = SENTENCE_SIGN.search(string[:-1]) is not None or (
        len(string) >= PROSE_LEAST and DIGITS.search(string) is not None
    )
    if not is_sentence:
        return any(sign.isalnum() for sign in string)
    return mark in {TAIL, SUFFIX} and share >= PROSE_SHARE
