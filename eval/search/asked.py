"""Questions put to the search of a library in several forms of words, and what of the gold each form finds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.dataset import GoldQuestion
from eval.gold import Gold, Shelf
from eval.reply import Found
from eval.retrieval import DEPTH, documents_found
from index.errors import DatasetError
from index.library import Library

# What finds documents for the words of a question, best first; each at most once.
Search = Callable[[str], Sequence[Found]]
# The forms in which one question is asked, by the name of the form.
Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A gold question with its forms, and for each form the document measures of `eval.retrieval`."""

    question: GoldQuestion
    forms: Forms
    found: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Asking:
    """All that was asked, and how many questions were not because the library holds none of their evidence."""

    asked: tuple[Asked, ...]
    left_out: int


def library_search(library: Library) -> Search:
    """The search of a library exactly as `changai search` ranks, a hundred documents deep."""
    from rag.search import search

    def found(words: str) -> Sequence[Found]:
        hits = search(library, words, DEPTH)
        return [Found(hit["document_id"], hit["start"], hit["end"]) for hit in hits]

    return found


def ask_forms(questions: Sequence[tuple[GoldQuestion, Forms]], shelf: Shelf, search: Search) -> Asking:
    """Every question in each of its forms, all of the same names, judged by the one gold that they share.

    A question whose evidence is nowhere in the library says nothing about how it is worded, and is left out. Raises
    DatasetError when none remains.
    """
    held = [(question, forms, gold) for question, forms in questions if _is_held(gold := shelf.locate(question))]
    if not held:
        raise DatasetError(
            f"索引里没有这 {len(questions)} 道题的任何证据，无法评测检索；请用题库所问的资料建索引，或换一个题库。"
        )
    by_form = {form: documents_found([(gold, search(forms[form])) for _, forms, gold in held]) for form in held[0][1]}
    asked = tuple(
        Asked(question, forms, {form: found[at] for form, found in by_form.items()})
        for at, (question, forms, _) in enumerate(held)
    )
    return Asking(asked, len(questions) - len(held))


def has_proof(question: GoldQuestion) -> bool:
    """Whether its own words, without an earlier turn, ask for something that its gold says where to find."""
    return bool(question.evidence) and not question.history


def tell_left_out(asking: Asking) -> None:
    """A line to stderr on what was not asked."""
    if asking.left_out:
        sys.stderr.write(f"有 {asking.left_out} 道题的证据都不在索引里，没有计入。\n")


def _is_held(gold: Gold) -> bool:
    return any(unit.alternatives for unit in gold.units)
