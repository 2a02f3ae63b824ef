"""The systems that the laboratory runs itself: changai as it stands, and a plain bigram BM25 to compare it with."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from eval.dataset import GoldQuestion
from eval.reply import Found, Reply
from eval.retrieval import DEPTH, PASSAGE_CUTOFFS
from index.settings import Settings
from index.types import Chunk, Document

if TYPE_CHECKING:
    from index.library import Library
    from rag.llm_settings import LanguageModelSettings

SystemName = Literal["changai", "bm25"]
# So many chunks of each leg hold a hundred documents, as `changai search --top 100` has it.
CHUNKS_DEEP = 4 * DEPTH


class System(Protocol):
    """Whatever replies to a question of a set."""

    def reply(self, question: GoldQuestion) -> Reply:
        """The answer with hits and cost; what a system raises is the result of this question, not of the run."""
        ...


class Opens(Protocol):
    """What opens a system, here or in another process: it must be small enough to be sent there."""

    @property
    def name(self) -> str:
        """What the system is called in reports."""
        ...

    @property
    def settings(self) -> Settings:
        """The index that the system answers from."""
        ...

    @property
    def llm(self) -> LanguageModelSettings | None:
        """The model that writes its sentences, if any."""
        ...

    def open(self) -> AbstractContextManager[System]:
        """The system, open until the block ends."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the laboratory's own systems over an index."""

    name: SystemName
    settings: Settings
    llm: LanguageModelSettings | None = None

    @contextmanager
    def open(self) -> Iterator[System]:
        """The system, its library open until the block ends."""
        from index.library import Library

        with Library.open(self.settings) as library:
            yield Changai(library, self.llm) if self.name == "changai" else Bigrams(library.documents())


class Changai:
    """The answering chain of this project, asked as a user asks it."""

    def __init__(self, library: Library, llm: LanguageModelSettings | None = None) -> None:
        from rag.chain import make_chain

        self._library = library
        self._chain = make_chain(library, llm)

    def reply(self, question: GoldQuestion) -> Reply:
        """The answer, unless only retrieval is asked for, with the documents and the passages that were found."""
        from rag.contract import answer_json

        begun = time.perf_counter()
        answer = None
        if not question.retrieval_only:
            history = [{"role": turn.role, "content": turn.content} for turn in question.history]
            answer = answer_json(self._chain.invoke({"question": question.question, "history": history}))
        answered = time.perf_counter()
        hits, passages = self._found(question) if question.evidence else ((), ())
        elapsed = (answered if answer else time.perf_counter()) - begun
        failed = bool(answer and answer["model_failed"])
        return Reply(question.id, answer, "", elapsed * 1000, hits, passages, peak_mb(), failed)

    def _found(self, question: GoldQuestion) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
        from rag.question import understand
        from rag.retriever import by_document, passages, ranked

        understood = understand(question.question, question.history)
        best = by_document(ranked(self._library, understood, CHUNKS_DEEP, guard=False))[:DEPTH]
        first = self._library.chunks([each.candidate.chunk_id for each in best])
        chosen = passages(self._library, understood, max(PASSAGE_CUTOFFS))
        return _places(first), _places([each.chunk for each in chosen])


class Bigrams:
    """Character-bigram BM25 over whole documents, answering with the best sentence of the best one; it never refuses."""

    def __init__(self, documents: Sequence[Document]) -> None:
        from eval.bigram import BigramBM25

        self._documents = documents
        self._search = BigramBM25([f"{each.title}\n{each.text}" for each in documents])

    def reply(self, question: GoldQuestion) -> Reply:
        """The first hundred documents, and the sentence of the first that shares most with the question."""
        begun = time.perf_counter()
        found = self._search.search(question.question, DEPTH)
        answer = None
        if not question.retrieval_only:
            answer = self._sentence(question.question, self._documents[found[0][0]] if found else None)
        hits = tuple(Found(self._documents[at].id, 0, len(self._documents[at].text)) for at, _ in found)
        return Reply(question.id, answer, "", (time.perf_counter() - begun) * 1000, hits, None, peak_mb())

    @staticmethod
    def _sentence(asked: str, document: Document | None) -> dict[str, Any]:
        from eval.bigram import BigramBM25
        from index.sentences import sentence_spans

        said: dict[str, Any] = {"answer": "", "refused": False, "reason": None, "confidence": None, "raw_text": ""}
        if document is None:
            return said | {"citations": [], "table": None}
        spans = [span for span in sentence_spans(document.text) if document.text[span.start : span.end].strip()]
        texts = [document.text[span.start : span.end] for span in spans]
        best = (BigramBM25(texts).search(asked, 1) or [(0, 0.0)])[0][0]
        start, end = spans[best].start, spans[best].end
        cited = {"number": 1, "document_id": document.id, "quote": texts[best], "start": start, "end": end}
        told = {"answer": f"{texts[best]}【1】", "raw_text": texts[best]}
        return said | told | {"citations": [{**cited, "marks": [[start, end]]}], "table": None}


def peak_mb() -> float:
    """The largest resident size of this process so far, in MiB.

    `VmHWM` belongs to the program that runs; `ru_maxrss` would hold that of the process it was started from.
    """
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kib = next(line.split()[1] for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    return int(kib) / 1024


def _places(chunks: Sequence[Chunk]) -> tuple[Found, ...]:
    return tuple(Found(each.document_id, each.start, each.end) for each in chunks)
