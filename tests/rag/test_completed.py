"""A run that breaks off before what was asked goes on to it."""

import pytest
from fakes.library import made_document

from index.chunking import chunk_document
from index.settings import Settings
from rag.completed import completed
from rag.extract import Extract
from rag.lines import lines
from rag.question import understand
from rag.types import Passage


def first_clauses(text: str, count: int) -> Extract:
    """The run of the first clauses of a text of one sentence."""
    document = made_document(text, "宜宾市")
    (line,) = [line for chunk in chunk_document(document, Settings()) for line in lines(Passage(chunk, document, 1.0))]
    run = line.clauses[:count]
    return Extract(line, run[0].start, run[-1].end, 1.0, 1.0, 1.0, "".join(each.search for each in run), ("宜宾市",))


@pytest.mark.parametrize(
    ("question", "text", "ending"),
    [
        ("宜宾评出的两位状元叫什么？", "宜宾市评出两位状元，分别为焊工王海涛、钳工李秀兰。", "李秀兰"),
        ("宜宾的夜校两年各有多少所？", "夜校从去年的6所，扩大到今年的31所。", "31所"),
        ("宜宾的产量排全国第一，是多少？", "宜宾市的产量达90万吨，居全国第三。", "居全国第"),
    ],
)
def test_what_was_asked_is_not_cut_off(question: str, text: str, ending: str) -> None:
    assert ending in completed(understand(question), first_clauses(text, 1)).text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("宜宾的产量是多少？", "宜宾市的产量达90万吨，居全国第三。"),
        ("宜宾有多少所夜校？", "宜宾市有夜校6所，今年还要开讲座。"),
    ],
)
def test_what_was_not_asked_stays_out(question: str, text: str) -> None:
    extract = first_clauses(text, 1)
    assert completed(understand(question), extract) == extract
