"""A grade or a level that is asked about is not met by another rung of its ladder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from index.chunking import chunk_document
from index.library import Library
from index.settings import Settings
from rag.chain import AnswerChain, make_chain
from rag.extract import Extract
from rag.lines import lines
from rag.question import understand
from rag.rungs import of_another_rung, rung_cost, unsaid_rungs
from rag.types import Passage

GRANTS = "宜宾市总工会对考上新等级的会员发奖金：考上技师的发700元，考上高级技师的发1200元，考上首席技师的发2600元，分两年发放。"
SCHOOLS = "芜湖市认定县级工匠学校9所，认定市级工匠学校3所。"


def run_of(text: str, first: str, last: str = "") -> Extract:
    """The run of a sentence from the clause with one word to that with another, which covers its whole question."""
    document = made_document(text, "宜宾市")
    (line,) = [line for chunk in chunk_document(document, Settings()) for line in lines(Passage(chunk, document, 1.0))]
    at = [each for each, clause in enumerate(line.clauses) if first in clause.text or (last and last in clause.text)]
    run = line.clauses[at[0] : at[-1] + 1]
    return Extract(line, run[0].start, run[-1].end, 1.0, 1.0, 1.0, "".join(each.search for each in run), ("宜宾市",))


def cost(question: str, extract: Extract) -> float:
    run = [each for each in extract.line.clauses if extract.start <= each.start < extract.end]
    return rung_cost(understand(question), extract.line, run)


def test_the_run_of_the_asked_rung_costs_nothing_and_that_of_a_longer_name_does() -> None:
    asked = "宜宾技师发多少奖金？"
    assert cost(asked, run_of(GRANTS, "考上技师")) == 0
    assert cost(asked, run_of(GRANTS, "高级技师")) > cost(asked, run_of(GRANTS, "考上技师", "高级技师")) > 0
    assert cost("宜宾高级技师发多少奖金？", run_of(GRANTS, "考上技师")) > 0
    assert cost("宜宾发多少奖金？", run_of(GRANTS, "首席技师")) == 0


def test_a_clause_without_a_rung_is_of_the_rung_before_it() -> None:
    text = "考上高级技师的发1200元；考上首席技师的，市里另外补2600元。"
    assert cost("高级技师补多少？", run_of(text, "市里另外")) > 0
    assert cost("首席技师补多少？", run_of(text, "市里另外")) == 0


def test_what_leads_from_the_subject_to_the_rung_stays() -> None:
    text = "长江铸造厂每月给初级工加100元，给高级工加400元，给技师加600元。"
    assert cost("铸造厂给高级工加多少？", run_of(text, "铸造厂", "高级工")) == 0


@pytest.mark.parametrize(
    ("question", "told", "is_another"),
    [
        ("考上技师给多少钱？", "考上高级技师的发1200元。", True),
        ("考上技师给多少钱？", "考上技师的发700元，高级技师的发1200元。", False),
        ("考上技师给多少钱？", "高级工以上的每人发500元。", False),
        ("考上技师给多少钱？", "中级工至高级技师每人发500元。", False),
        ("考上高级工给多少钱？", "初级、中级、高级分别发100元、200元、300元。", False),
        ("技师学院有几所？", "全市评出首席技师40名。", False),
        ("有几个市级工作室？", "建成区级工作室12个。", True),
        ("有几个区级工作室？", "建成县级工作室12个。", False),
        ("有几个市级工作室？", "建成省、市级工作室12个。", False),
        ("有几个省级工作室？", "全省命名工作室12个，其中市级3个。", False),
        ("考上技师给多少钱？", "每名工程师发1200元。", False),
    ],
)
def test_what_is_told_may_be_of_another_rung(question: str, told: str, is_another: bool) -> None:
    assert of_another_rung(understand(question), [run_of(told, told[:4], told[-4:])]) == is_another


def test_the_rungs_that_are_told_instead_are_named() -> None:
    told = [run_of("宜宾市给高级工发500元，给高级技师发1200元。", "高级工", "高级技师")]
    assert unsaid_rungs(understand("宜宾市技师发多少？"), told) == "找到的原文写的是高级工、高级技师，没有写技师。"
    assert not unsaid_rungs(understand("宜宾市高级技师发多少？"), told)
    assert not unsaid_rungs(understand("宜宾市技师发多少？"), [])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [made_document(GRANTS, "宜宾市"), made_document(SCHOOLS, "芜湖市")]
    folder: Path = tmp_path_factory.mktemp("rungs") / "index"
    with made_library(folder, documents) as held:
        yield held


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


def test_each_rung_gets_its_own_sum(chain: AnswerChain) -> None:
    lowest = chain.invoke({"question": "宜宾市考上技师发多少奖金？"}).text
    assert "700元" in lowest and "2600元" not in lowest
    highest = chain.invoke({"question": "宜宾市考上首席技师发多少奖金？"}).text
    assert "2600元，分两年发放" in highest and "700元" not in highest


def test_a_rung_that_is_not_told_is_refused_with_those_that_are(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "宜宾市考上特级技师发多少奖金？"})
    assert answer.refused
    assert "特级技师" in answer.notice


def test_a_level_is_not_met_by_another(chain: AnswerChain) -> None:
    assert "3所" in chain.invoke({"question": "芜湖市认定了多少所市级工匠学校？"}).text
    assert chain.invoke({"question": "芜湖市认定了多少所省级工匠学校？"}).refused
