"""Which parts of a page are not its text: cleaners vote on spans with a reason, they never alter a character."""

from __future__ import annotations

import re

from index.cleaning.adverts import find_adverts
from index.cleaning.headlines import find_english, find_headline_strings
from index.cleaning.holes import find_holes
from index.cleaning.merge import merge_noise
from index.cleaning.notices import find_notices
from index.cleaning.pinyin import find_pinyin
from index.cleaning.repeats import find_repeats
from index.cleaning.residue import find_residue
from index.cleaning.shells import find_shell
from index.cleaning.spam import find_spam
from index.cleaning.splices import find_splices
from index.types import Noise

__all__ = ["find_holes", "find_noise", "merge_noise"]

SURROGATES = re.compile("[\ud800-\udfff]")


def find_noise(text: str) -> tuple[Noise, ...]:
    """The spans voted out, sorted and disjoint, each with its reason in Chinese."""
    # Libraries below take no lone surrogates; a sign of the same width stands in for each, and is noise itself.
    text = SURROGATES.sub("\ufffd", text)
    votes: list[Noise] = []
    for find in (
        find_shell,
        find_residue,
        find_notices,
        find_repeats,
        find_headline_strings,
        find_english,
        find_pinyin,
        find_adverts,
        find_splices,
        find_spam,
    ):
        votes.extend(find(text))
    return merge_noise(votes, len(text))
