"""Where a speaker says that he is: his place alone goes before what he asks, wherever in the message he says it."""

from __future__ import annotations

import re

from index.places import find_places

_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+[，,。；;！!？?\n]*")
# The whole of a clause that tells where somebody lives, works or comes from, and nothing else.
_HERE = re.compile(
    r"^(?:本人|我们?|俺们?|咱们?)?(?:老?家|人|现在|就|一直|目前|是)*(?:在|住在?|来自|是)?"
    r"(?P<place>[\u4e00-\u9fff]{2,12}?)"
    r"(?:地区|市区|县城|这边|那边|这里|那里|这儿|那儿)?(?:的|人|上班|工作|干活)*[，,。；;！!？?\n]*$"
)
_SPEAKER = re.compile(r"^(?:本人|我|俺|咱|人在|老家|家在|家住|住在?|在)")


def placed_first(text: str) -> str:
    """The message with its clause about the speaker's whereabouts, told by itself, put first and cut down to the place.

    A message that names another place, or none so, is left as it is.
    """
    clauses = _CLAUSE.findall(text)
    if len(clauses) < 2 or "".join(clauses) != text:
        return text
    told = [(at, place) for at, clause in enumerate(clauses) if (place := _whereabouts(clause))]
    if len(told) != 1:
        return text
    at, place = told[0]
    rest = "".join(clauses[:at] + clauses[at + 1 :]).strip()
    if find_places(rest):
        return text
    return f"{place}，{rest.rstrip('，,。；; ')}"


def _whereabouts(clause: str) -> str:
    """The place that a clause tells of its speaker, as it stands there; "" where it tells anything else."""
    found = _HERE.match(clause.strip())
    if found is None or not _SPEAKER.match(clause.strip()):
        return ""
    named = find_places(clause)
    if not named:
        return ""
    said = clause[named[0].start : named[-1].end]
    return said if found["place"] == said else ""
