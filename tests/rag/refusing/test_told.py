"""Whether what is told is the figure, the person or the post that is asked for; asked of a library of three pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build
from index.library import Library
from index.settings import Settings
from rag.extract import extract
from rag.extracting import TOP_PASSAGES
from rag.question import understand
from rag.refusing.readings import readings
from rag.retriever import passages
from rag.terms import weigh

PAGES = {
    "night.txt": "河湾机床厂夜校\n\n8月12日，河湾机床厂夜校开课，厂工会副主席李建国致辞。夜校有学员140名，都是一线职工。",
    "race.txt": "河湾焊接赛\n\n河湾焊接赛于7月3日举行，比赛设一等奖2名，参赛焊工86人。",
    "club.txt": "河湾读书会\n\n河湾读书会每周三晚上活动，由图书管理员王秀英主持。（记者 赵大海）",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("told")
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(folder=folder / "index")
    build(settings, [folder / name for name in PAGES])
    with Library.open(settings) as opened:
        yield opened


def read(library: Library, asked: str) -> dict[str, float]:
    question = understand(asked, rarity=library)
    terms = weigh(question, library)
    found = passages(library, question, TOP_PASSAGES)
    return readings(question, terms, extract(question, terms, found), found, library)


def test_a_figure_that_counts_what_is_asked(library: Library) -> None:
    told = read(library, "河湾机床厂夜校有多少名学员？")
    assert told["figures_in_unit"] == 1.0
    assert told["thing_beside"] == 1.0
    assert told["figure_lacking"] == told["unit_lacking"] == 0.0


def test_a_figure_that_counts_something_else(library: Library) -> None:
    told, other = read(library, "河湾机床厂夜校有多少名学员？"), read(library, "河湾机床厂夜校有多少名教师？")
    assert other["thing_beside"] < told["thing_beside"]


def test_who_is_asked_and_who_is_told(library: Library) -> None:
    assert read(library, "河湾读书会由谁主持？")["person_lacking"] == 0.0
    assert read(library, "河湾焊接赛由谁主持？")["person_lacking"] == 1.0


def test_the_deputy_is_not_the_one_who_was_asked_for(library: Library) -> None:
    assert read(library, "在河湾机床厂夜校开课时致辞的厂工会主席是谁？")["only_vice"] == 1.0
    assert read(library, "在河湾机床厂夜校开课时致辞的厂工会副主席是谁？")["only_vice"] == 0.0


def test_the_prize_that_is_asked_for_must_be_told(library: Library) -> None:
    assert read(library, "河湾焊接赛一等奖有几名？")["rank_held"] == 1.0
    assert read(library, "河湾焊接赛冠军有几名？")["rank_lacking"] == 1.0


def test_the_reader_sees_an_answer_where_there_is_one(library: Library) -> None:
    told = read(library, "河湾机床厂夜校有多少名学员？")
    other = read(library, "河湾机床厂夜校收多少钱学费？")
    assert told["reader_answers"] > other["reader_answers"]
    assert told["reader_best"] == told["reader_leading"]
    assert told["reader_aside"] == 0.0


def test_a_person_of_whom_nothing_speaks(library: Library) -> None:
    assert read(library, "李建国在河湾机床厂夜校致辞了吗？")["unmet"] == 0.0
    assert read(library, "周海波在河湾机床厂夜校致辞了吗？")["unmet"] == 1.0
