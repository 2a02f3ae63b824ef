"""Start tags with more attributes than any page has, which parsers need a time quadratic in their number for."""

from __future__ import annotations

import re

MOST = 200
# So many attributes need at least this many characters.
LEAST_LENGTH = 2 * MOST
# Comments, scripts and style sheets go by as a whole, since a comparison in them looks like a tag. A quote is one only
# behind an equals sign. Every match takes in all that it looked at, so the search is linear.
TAG = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+"
    r"|<(script|style)\b[^<>]*+(?<!/)>(?:[^<]++|<(?!/\1))*+"
    r"|<([a-z][^\s/>=]*+)(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+",
    re.IGNORECASE,
)
QUOTED = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
BORDER = re.compile(r"[\s/]+")


def without_floods(markup: str) -> str:
    """The markup with the attributes taken off every start tag that has more than `MOST`; its text stays."""
    pieces: list[str] = []
    done = 0
    for tag in TAG.finditer(markup):
        if tag.end() - tag.start() > LEAST_LENGTH and tag[2] and _is_flooded(tag[0]):
            pieces.append(markup[done : tag.end(2)])
            done = tag.end()
    return "".join((*pieces, markup[done:])) if pieces else markup


def _is_flooded(tag: str) -> bool:
    return len(BORDER.split(QUOTED.sub(" ", tag), MOST + 2)) > MOST + 2
