"""Extracts: verbatim clauses of the asked city, without noise, headings or more than was asked."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.library import made_document, made_library
from hypothesis import given, settings
from hypothesis import strategies as st

from index.library import Library
from index.types import Document
from rag.cite import evidence_of
from rag.compose import sentence, tidy
from rag.extract import Extract, attributed, extract, first_ranked, likeliest, rank, rank_covering, widened
from rag.question import understand
from rag.retriever import passages
from rag.telling import tell
from rag.terms import weigh

SPAM = "点击进入开户。送彩金！"
DOCUMENTS = [
    made_document(
        "## 工匠学院99家\n\n2022年，建成工匠学院31家，培训职工4200人次，出台配套文件12个。"
        "\n\n## 考察\n\n徐州市建成技能大师工作室77个。徐州市举办技能竞赛15场。",
        "常州市",
    ),
    made_document(
        f"## 培训\n\n白银市培训职工3300人次，{SPAM}发放补贴4400万元。\n\n## 平台\n\n“白银市建成劳模创新工作室45个；"
        "支持企业自主评价，认定工人865人。计划到2030年，建成产业学院3家。",
        "白银市",
        noise=[SPAM],
    ),
    made_document(
        "## 做法\n\n南通市办起夜校，每年招收学员260人。苏州市办起夜校，每年招收学员710人。\n\n"
        "## 补贴\n\n无锡市发放技能补贴310万元，扬州市发放技能补贴140万元。",
        name="综述",
    ),
    made_document("# 盐城市的产改情况\n\n徐州市建成网上工会平台66个。", "盐城市"),
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("extract") / "index", DOCUMENTS) as opened:
        yield opened


def extracts(library: Library, text: str) -> list[Extract]:
    question = understand(text)
    return extract(question, weigh(question, library), passages(library, question, 16))


def ranked(library: Library, text: str) -> list[Extract]:
    question = understand(text)
    return rank(question, weigh(question, library), passages(library, question, 16))


def spelled(found: Extract) -> str:
    document = found.line.passage.document
    return "".join(document.text[mark.start : mark.end] for mark in found.marks)


def test_a_figure_is_the_one_clause_that_says_it_dated_by_its_sentence(library: Library) -> None:
    (best,) = extracts(library, "常州市有多少家工匠学院？")
    assert best.text == "2022年，建成工匠学院31家，"
    assert tell(best, understand("常州市有多少家工匠学院？"))[0] == "常州市：2022年，建成工匠学院31家。"


def test_a_later_clause_keeps_the_year_that_leads_its_sentence(library: Library) -> None:
    best = extracts(library, "常州市出台了多少个配套文件？")[0]
    assert best.text == "2022年，出台配套文件12个。"
    assert len(best.marks) == 2


def test_a_sentence_of_another_city_is_never_ranked(library: Library) -> None:
    for text in ("常州市有多少个技能大师工作室？", "常州市举办了多少场技能竞赛？"):
        assert all("徐州" not in found.text for found in ranked(library, text))
    assert extracts(library, "徐州市有多少个技能大师工作室？")[0].text == "徐州市建成技能大师工作室77个。"


def test_of_two_cities_in_one_paragraph_each_has_its_own_sentence(library: Library) -> None:
    assert [found.text for found in extracts(library, "南通市每年招收多少学员？")] == ["每年招收学员260人。"]
    assert [found.text for found in extracts(library, "苏州市每年招收多少学员？")] == ["每年招收学员710人。"]


CITIES = st.sampled_from(["常州市", "白银市", "南通市", "苏州市", "徐州市", "宿迁市"])
ASKED = st.sampled_from(["工匠学院", "技能大师工作室", "培训职工", "劳模创新工作室", "夜校学员", "技能竞赛"])


@given(CITIES, ASKED)
@settings(deadline=None, max_examples=36)
def test_whatever_is_asked_of_a_city_only_its_own_lines_are_ranked(library: Library, city: str, thing: str) -> None:
    for found in ranked(library, f"{city}有多少{thing}？"):
        assert attributed(found.line.places, (city,))
        named = {"常州市", "白银市", "南通市", "苏州市", "徐州市"} - {city}
        assert not any(other in found.text for other in named)


@given(ASKED)
@settings(deadline=None, max_examples=6)
def test_marks_spell_the_answer_and_lie_in_what_counts(library: Library, thing: str) -> None:
    for found in ranked(library, f"{thing}有多少？"):
        document, chunk = found.line.passage.document, found.line.passage.chunk
        assert spelled(found) == found.text
        assert list(found.marks) == sorted(found.marks)
        assert all(any(part.start <= m.start and m.end <= part.end for part in chunk.marks) for m in found.marks)
        assert not any(m.start < n.end and n.start < m.end for m in found.marks for n in document.noise)


def test_noise_inside_a_quote_is_outside_its_marks(library: Library) -> None:
    best = extracts(library, "白银市的培训职工和发放补贴各有多少？")[0]
    evidence = evidence_of(best)
    assert SPAM in evidence.quote
    assert evidence.counted == "白银市培训职工3300人次，发放补贴4400万元。"
    assert SPAM not in tell(best, understand("白银市的培训职工和发放补贴各有多少？"))[0]


def test_the_answer_is_what_the_marks_say_but_for_its_ending_and_lonely_quotes(library: Library) -> None:
    question = understand("白银市建成多少个创新工作室？")
    best = extracts(library, question.text)[0]
    evidence = evidence_of(best)
    assert evidence.counted == spelled(best) == "“白银市建成劳模创新工作室45个；"
    assert sentence(best, evidence, question) == tidy(evidence.counted) == "白银市建成劳模创新工作室45个。"


def test_a_heading_is_never_an_answer(library: Library) -> None:
    assert all("99" not in found.text for found in ranked(library, "常州市有多少家工匠学院？"))


def test_a_plan_is_told_with_the_words_that_make_it_one(library: Library) -> None:
    question = understand("白银市有多少家产业学院？")
    found = next(each for each in ranked(library, question.text) if "产业学院" in each.text)
    said, evidence = tell(found, question)
    assert "计划到2030年" in said
    assert "计划到2030年" in evidence.counted
    assert widened(found).text == "计划到2030年，建成产业学院3家。"


def test_a_clause_that_lost_its_plan_is_told_as_the_whole_sentence(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "白银市力争三年内完成改革任务，全面提高培训质量，建成职工夜校3所。"
    with made_library(tmp_path_factory.mktemp("plan") / "index", [made_document(text, "白银市")]) as library:
        question = understand("白银市有多少所职工夜校？")
        best = extracts(library, question.text)[0]
        assert best.text == "建成职工夜校3所。"
        assert tell(best, question)[0] == text


def test_more_sentences_join_only_from_the_same_document(library: Library) -> None:
    found = extracts(library, "白银市培训了多少人次、认定了多少人、建成多少个工作室？")
    assert {each.line.passage.document.id for each in found} == {"doc-白银市"}
    assert len({each.text for each in found}) == len(found)


def test_nothing_is_extracted_from_nothing_or_for_foreign_words(library: Library) -> None:
    question = understand("红烧肉放几勺糖？")
    assert extract(question, weigh(question, library), []) == []
    assert rank(question, weigh(question, library), []) == []
    assert extracts(library, "宿迁市有多少家工匠学院？") == []


def test_the_best_comes_first_and_each_sentence_once(library: Library) -> None:
    found = ranked(library, "培训了多少职工？")
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    lines = [(each.line.passage.chunk.id, each.line.start) for each in found]
    assert len(lines) == len(set(lines))


def test_attribution_goes_downward_only() -> None:
    assert attributed(("常州市",), ("江苏省",))
    assert attributed(("盐城市大丰区",), ("盐城市",))
    assert not attributed(("江苏省",), ("常州市",))
    assert not attributed((), ("常州市",))
    assert not attributed(("泰州市",), ("台州市",))


def test_of_two_cities_in_one_sentence_each_has_its_own_clause(library: Library) -> None:
    assert "140万元" in extracts(library, "扬州市发放技能补贴多少万元？")[0].text
    assert "310万元" not in extracts(library, "扬州市发放技能补贴多少万元？")[0].text


def test_a_heading_with_the_own_city_does_not_adopt_a_sentence_of_another(library: Library) -> None:
    assert all("徐州" not in found.text for found in ranked(library, "盐城市有多少个网上工会平台？"))


def test_another_city_with_a_word_of_its_own_place_stays_another_city(tmp_path_factory: pytest.TempPathFactory) -> None:
    document = made_document("建成夜校3所。徐州市全市建成劳模创新工作室222家。", "常州市")
    with made_library(tmp_path_factory.mktemp("own") / "index", [document]) as library:
        assert all("徐州" not in found.text for found in ranked(library, "常州市有多少家创新工作室？"))


def test_the_documents_are_as_their_tests_believe(library: Library) -> None:
    def places(document: Document) -> set[tuple[str, ...]]:
        return {chunk.places for chunk in library.chunks_of(document.id)}

    assert places(library.document("doc-综述")) == {("南通市", "苏州市"), ("无锡市", "扬州市")}


def test_a_sentence_of_the_asked_level_comes_before_a_nearer_one_of_another(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    documents = [
        made_document("蚌埠水泥公司在册员工中，取得高级职称4人、初级职称16人。", "蚌埠市", name="一"),
        made_document("蚌埠水泥公司员工取得中级职称的为27人。", "蚌埠市", name="二"),
    ]
    with made_library(tmp_path_factory.mktemp("level") / "index", documents) as library:
        assert "27人" in extracts(library, "蚌埠水泥公司在册员工中取得中级职称的多少人？")[0].text


def test_a_passage_whose_odds_are_far_behind_is_looked_through_only_among_the_first_ones(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    documents = [
        made_document(f"工会夜校第{number}期招收学员{number}20人。", name=f"文{number}") for number in range(1, 9)
    ]
    with made_library(tmp_path_factory.mktemp("far") / "index", documents) as library:
        question = understand("工会夜校第8期招收学员多少人？")
        terms = weigh(question, library)
        found = passages(library, question, 16)
        eighth = next(each for each in found if "820人" in each.document.text)
        others = [replace(each, score=0.9) for each in found if each is not eighth]
        # The odds of 0.9 are 9; five logarithms behind are 0.06, of which 0.1 has more and 0.001 less.
        for score, given, is_read in ((0.1, others, True), (0.001, others, False), (0.001, others[:3], True)):
            told = likeliest(question, terms, [*given, replace(eighth, score=score)])
            assert any("820人" in each.text for each in told) is is_read


@pytest.mark.parametrize(
    "text", ["常州市建成工匠学院多少家？", "各地发放技能补贴多少元？", "2022年培训职工多少人次？", "夜校怎么办的？"]
)
def test_the_first_of_all_runs_are_found_without_taking_every_sentence_apart(library: Library, text: str) -> None:
    question = understand(text)
    terms, near = weigh(question, library), passages(library, replace(question, places=()), 12)
    question = replace(question, places=())
    for most in (1, 2, 5, 50):
        assert first_ranked(question, terms, near, most) == rank(question, terms, near)[:most]


@pytest.mark.parametrize("most", [2, 40])
def test_no_run_that_covers_enough_is_left_out_with_those_that_do_not(library: Library, most: int) -> None:
    question = replace(understand("常州市建成工匠学院多少家？"), places=())
    terms, near = weigh(question, library), passages(library, question, 12)
    every = rank(question, terms, near, lambda line: "家" in line.search)[:most]
    least = max(each.covered for each in every) * 0.6
    told = rank_covering(question, terms, near, lambda line: "家" in line.search, least, most)
    assert [each for each in told if each.covered >= least] == [each for each in every if each.covered >= least]
    assert 0 < len(told) <= len(every)
