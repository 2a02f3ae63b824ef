"""Pages of one site read together: what is learnt from their likeness alone, by rules alone, and by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eval.documents.keeping import Outcome, Reading, judged
from eval.documents.messy_gold import MessyFile

RULES, LEARNT, BOTH = "只用规则", "只用同站重复", "两者一起"
SHOWN = "只用同站重复，从全部可见文字学"


def site_outcomes(files: Sequence[MessyFile], readings: Sequence[Reading]) -> dict[str, list[Outcome]]:
    """What becomes of the pages of one site under each way; nothing without such pages.

    A reader of html leaves out much of a shell by its tags; `SHOWN` is what likeness alone finds in all that the pages show, a
    piece a line, as in pages that were saved as text.
    """
    pages = [(file, reading) for file, reading in zip(files, readings, strict=True) if "site" in file.kinds]
    if not pages:
        return {}
    learnt = _learnt([reading.text for _, reading in pages])
    shown = ["\n".join(piece.text for piece in file.pieces) for file, _ in pages]
    learnt_of_shown = _learnt(shown)
    ways: dict[str, list[Outcome]] = {RULES: [], LEARNT: [], BOTH: [], SHOWN: []}
    for at, (file, reading) in enumerate(pages):
        ways[RULES].append(judged(file, reading))
        ways[LEARNT].append(judged(file, replace(reading, noise=learnt[at])))
        ways[BOTH].append(judged(file, replace(reading, noise=(*reading.noise, *learnt[at]))))
        ways[SHOWN].append(judged(file, Reading(shown[at], learnt_of_shown[at])))
    return ways


def _learnt(texts: Sequence[str]) -> list[tuple[tuple[int, int], ...]]:
    from index.cleaning.site import find_site_noise, site_lines

    lines = site_lines(texts)
    return [tuple((noise.start, noise.end) for noise in find_site_noise(text, lines)) for text in texts]
