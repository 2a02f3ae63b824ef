"""Which parts of a page are not its text: cleaners vote on spans with a reason, they never alter a character."""

from __future__ import annotations

from index.cleaning.adverts import find_adverts
from index.cleaning.headlines import find_english, find_headline_strings
from index.cleaning.holes import find_holes
from index.cleaning.merge import merge_noise
from index.cleaning.notices import find_notices
from index.cleaning.pinyin import find_pinyin
from index.cleaning.repeats import find_repeats
from index.cleaning.residue import find_residue
from index.cleaning.shells import find_shell
from index.cleaning.simple import simple_form, well_formed
from index.cleaning.spam import find_spam
from index.cleaning.splices import find_splices
from index.types import Noise

__all__ = ["find_holes", "find_noise", "merge_noise"]


def find_noise(text: str) -> tuple[Noise, ...]:
    """The spans voted out, sorted and disjoint, each with its reason in Chinese."""
    text = well_formed(text)
    # What sites say of themselves is written down in simplified characters.
    simple = simple_form(text)
    # Who puts advertisements or pinyin into a page puts in sentences of novels, too.
    votes = [*find_adverts(simple), *find_pinyin(text)]
    votes.extend(find_splices(text, tampered=bool(votes)))
    for find in (find_shell, find_residue, find_notices, find_headline_strings, find_english):
        votes.extend(find(simple))
    votes.extend(find_repeats(text))
    votes.extend(find_spam(text))
    return merge_noise(votes, len(text))
