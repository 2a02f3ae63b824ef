"""How soon a library answers again: after it was opened, after a document came, after one went.

`python -m eval.documents.answering_again INDEX QUESTION` is a new process that opens the index and asks both legs; it prints
the seconds of each step as one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.build import add, remove
from index.errors import ChangaiError, UnknownDocumentError
from index.library import Library
from index.measures import matrix
from index.normalise import search_form
from index.settings import Settings

# A leg that does not find a document among its first so many has not found it; the retriever looks as deep.
DEPTH = 100
PLACE = "甲市"
QUESTION = "灯塔湾机床厂今年办了几期夜校？"
# Two documents of generated places, so that no corpus holds either.
FILES = {
    "灯塔湾机床厂.md": f"---\ntitle: 灯塔湾机床厂办夜校\nplace: {PLACE}\n---\n"
    "甲市灯塔湾机床厂今年办了三期夜校，教会两百名焊工看图纸。\n甲市已建成产业学院7家。\n",
    "望海坡船厂.md": "---\ntitle: 望海坡船厂请老师傅\nplace: 乙市\n---\n"
    "乙市望海坡船厂今年请了十一位老师傅带徒弟，徒弟都签了协议。\n",
}
OTHER_QUESTION = "望海坡船厂今年请了几位老师傅？"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done, how many seconds it took, and whether it had the effect that it should have."""

    what: str
    seconds: float
    is_done: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """Where a question led: the documents that each leg found."""

    keywords: frozenset[str]
    vectors: frozenset[str]

    def both(self, document_id: str) -> bool:
        """Whether both legs found a document."""
        return document_id in self.keywords and document_id in self.vectors


def legs(library: Library, question: str) -> Found:
    """The documents that the two legs find for a question."""
    form = search_form(question)
    keywords = library.keyword_hits(form, DEPTH)
    vectors = library.vector_hits(form, DEPTH)
    return Found(*(frozenset(hit.chunk_id.partition("#")[0] for hit in hits) for hits in (keywords, vectors)))


def measured_steps(index: Path, work: Path, run: Callable[[Sequence[str]], float]) -> Iterator[Step]:
    """Opens an index, adds and removes documents in this process and by the command line; the index ends without them.

    `run` gives the seconds of a command of `changai`; it raises ChangaiError when the command fails.
    """
    settings = Settings(folder=index)
    one, other = (work / name for name in FILES)
    for path in (one, other):
        path.write_text(FILES[path.name], encoding="utf-8")
    for what in ("打开并两路检索（本进程第一次）", "打开并两路检索（再次）"):
        begin = time.perf_counter()
        with Library.open(settings) as library:
            old = sorted(legs(library, "产业工人技能培训").vectors)
            yield Step(what, time.perf_counter() - begin, bool(old))
    begin = time.perf_counter()
    add(settings, [one])
    added = time.perf_counter() - begin
    with Library.open(settings) as library:
        new = max((hit.chunk_id for hit in library.keyword_hits(search_form(QUESTION), 1)), default="").partition("#")[
            0
        ]
        is_found = legs(library, QUESTION).both(new) and library.document(new).file == one.name
        yield Step("加入一份小文件到两路检索都找到", time.perf_counter() - begin, is_found)
        yield Step("　其中写入索引", added)
        yield _answer(library, new, "回答引用了它（首次提问）", is_wanted=True)
        yield _matrix(library, new, "矩阵里有它（现算全部资料）", is_wanted=True)
    yield _gone(settings, "删除这份小文件", new, QUESTION)
    with Library.open(settings) as library:
        yield _answer(library, new, "回答不再引用它", is_wanted=False)
        yield _matrix(library, new, "矩阵里不再有它（现算全部资料）", is_wanted=False)
        title = library.document(old[0]).title
    yield _gone(settings, "删除一份旧资料", old[0], title)
    yield Step("命令行 add（新进程）", run(["add", str(other)]))
    yield Step("命令行 search（新进程）", run(["search", "--json", OTHER_QUESTION]))
    yield Step("命令行 remove（新进程）", run(["remove", str(other)]))


def _answer(library: Library, document_id: str, what: str, is_wanted: bool) -> Step:
    from rag.chain import make_chain

    begin = time.perf_counter()
    answer = make_chain(library).invoke({"question": QUESTION})
    is_cited = any(citation.document_id == document_id for citation in answer.citations)
    return Step(what, time.perf_counter() - begin, is_cited == is_wanted)


def _matrix(library: Library, document_id: str, what: str, is_wanted: bool) -> Step:
    begin = time.perf_counter()
    evidence = [each.document_id for cell in matrix(library, PLACE) for each in cell.evidence]
    return Step(what, time.perf_counter() - begin, (document_id in evidence) == is_wanted)


def _gone(settings: Settings, what: str, document_id: str, question: str) -> Step:
    """Removes a document; done when store and both legs of a library opened anew hold nothing of it."""
    begin = time.perf_counter()
    remove(settings, [document_id])
    with Library.open(settings) as library:
        found = legs(library, question)
        seconds = time.perf_counter() - begin
        try:
            library.document(document_id)
        except UnknownDocumentError:
            is_gone = document_id not in found.keywords | found.vectors and not library.chunks_of(document_id)
        else:
            is_gone = False
        return Step(f"{what}到资料、关键词、向量里都没有", seconds, is_gone)


def main(words: Sequence[str] | None = None) -> int:
    """Opens an index in this process and prints the seconds of opening and of each leg."""
    given = sys.argv[1:] if words is None else words
    if len(given) != 2:
        sys.stderr.write("用法：python -m eval.documents.answering_again 索引目录 问题\n")
        return 2
    form = search_form(given[1])
    at = [time.perf_counter()]
    try:
        with Library.open(Settings(folder=Path(given[0]))) as library:
            at.append(time.perf_counter())
            library.keyword_hits(form, DEPTH)
            at.append(time.perf_counter())
            library.vector_hits(form, DEPTH)
            at.append(time.perf_counter())
    except ChangaiError as error:
        sys.stderr.write(f"错误：{error}\n")
        return 1
    names = ("open", "keywords", "vectors")
    sys.stdout.write(json.dumps({name: round(b - a, 4) for name, a, b in zip(names, at, at[1:], strict=False)}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
