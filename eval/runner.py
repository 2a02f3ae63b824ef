"""Puts every question of a set to a chain and scores what comes back; one bad question never ends a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from eval.dataset import GoldQuestion, load_dataset
from eval.gold import Shelf
from eval.report import Report, report
from eval.result import Result, Run
from eval.retrieval import CUTOFFS, first_ranks, require_ir_measures
from eval.save import save
from eval.score import score
from index.settings import Settings
from index.types import Document
from rag.contract import answer_json
from rag.types import Answer, Passage

if TYPE_CHECKING:
    from index.library import Library
    from rag.generate import LanguageModelSettings

Progress = Callable[[int, int], None]
Retrieve = Callable[[GoldQuestion, int], Sequence[Passage]]


class Chain(Protocol):
    """Whatever answers a question; `rag.chain.make_chain` makes one."""

    def invoke(self, given: Any, /) -> Answer:
        """The answer to {"question", "history"}."""
        ...


class Documents(Protocol):
    """The part of a library that scoring reads."""

    def documents(self) -> tuple[Document, ...]:
        """All documents."""
        ...


def evaluate(
    settings: Settings | Path,
    dataset_paths: Sequence[Path],
    out_folder: Path | None = None,
    progress: Progress | None = None,
    llm: LanguageModelSettings | None = None,
) -> Report:
    """Runs the questions over an index (its folder, or whole settings) and saves the run when a folder is named.

    Raises DatasetError, the index's own errors, and MissingPackageError; errors of single questions are in the report.
    """
    require_ir_measures()
    questions = load_dataset(*dataset_paths)
    from index.library import Library

    with Library.open(settings if isinstance(settings, Settings) else Settings(folder=settings)) as library:
        # The chain is loaded once there is an index to ask, so that a missing one is told at once.
        from rag.chain import make_chain

        chain = make_chain(library, llm)
        found = run(chain, library, questions, progress, retriever(library))
        made = report(Run(found.results, library.fingerprint))
    if out_folder is not None:
        save(made, dataset_paths, out_folder)
    return made


def retriever(library: Library) -> Retrieve:
    """The retriever of a library, as the chain uses it, for gold questions with their history."""
    from rag.question import understand
    from rag.retriever import passages

    return lambda question, top: passages(library, understand(question.question, question.history), top)


def run(
    chain: Chain,
    library: Documents,
    questions: Sequence[GoldQuestion],
    progress: Progress | None = None,
    retrieve: Retrieve | None = None,
) -> Run:
    """Every question answered and scored, in order; `progress` is told (done, all) after each.

    Without `retrieve` the evidence recall of the retriever is 0, like every measure without a result.
    """
    shelf = Shelf(library.documents())
    results = []
    for done, question in enumerate(questions, start=1):
        results.append(_result(chain, shelf, question, retrieve))
        if progress is not None:
            progress(done, len(questions))
    return Run(tuple(results))


def _result(chain: Chain, shelf: Shelf, question: GoldQuestion, retrieve: Retrieve | None) -> Result:
    gold = shelf.locate(question)
    answer, error, elapsed = _asked(chain, question)
    found: Sequence[Passage] = ()
    if retrieve is not None and gold.units:
        try:
            found = retrieve(question, max(CUTOFFS))
        except Exception as failure:
            # The search of this one question failed: it is told in the report and scores zero.
            error = error or _told(failure)
    judged = score(question, gold, answer, shelf)
    return Result(question, answer, error, elapsed, gold, first_ranks(gold, found), judged)


def _asked(chain: Chain, question: GoldQuestion) -> tuple[Mapping[str, Any] | None, str, float]:
    """The answer as JSON (None when the chain failed), the error, and the time in milliseconds."""
    history = [{"role": turn.role, "content": turn.content} for turn in question.history]
    begun = time.perf_counter()
    try:
        answer = answer_json(chain.invoke({"question": question.question, "history": history}))
    except Exception as failure:
        # Whatever a chain raises is the result of this question, not of the run.
        return None, _told(failure), (time.perf_counter() - begun) * 1000
    return answer, "", (time.perf_counter() - begun) * 1000


def _told(failure: Exception) -> str:
    return f"{type(failure).__name__}：{failure}"
