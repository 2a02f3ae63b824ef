"""The sentence around a place in a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from index.types import Span

# A line break or a wide gap ends a sentence, too; quotes and brackets that close behind the sign belong to the sentence.
_END = re.compile(r"[。！？!?]+[”’」』）)》\"]{0,4}|[\n\r\u2028\u2029\x0b\x0c]|[ \t\u3000\xa0]{3,}")


class Sentences:
    """The borders of the sentences of one text, found once; `around` then costs a bisection."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._borders = [0, *(end.end() for end in _END.finditer(text)), len(text)]

    def around(self, start: int, end: int) -> Span:
        """The sentences that [start, end) lies in, without the blanks around them; start < end."""
        first = self._borders[bisect_right(self._borders, start) - 1]
        last = self._borders[bisect_left(self._borders, end)]
        whole = self._text[first:last]
        begin = first + len(whole) - len(whole.lstrip())
        return Span(begin, max(begin, first + len(whole.rstrip())))
