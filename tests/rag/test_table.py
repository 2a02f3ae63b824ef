"""Which-places and compare answers: complete, with plans apart and a citation in every row."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from index.measures import matrix
from index.measures.corrections import Correction, add_correction, quote_digest
from rag.chain import AnswerChain, make_chain
from rag.question import understand
from rag.table import STATES, WHICH_COLUMNS, which_places
from rag.types import Answer
from rag.which import asks_for_absence, demand

NAMES = (
    "常州市 徐州市 南通市 苏州市 无锡市 扬州市 泰州市 台州市 杭州市 温州市 金华市 芜湖市 "
    "蚌埠市 宿州市 福州市 厦门市 青岛市 烟台市 洛阳市 株洲市"
)
DONE = NAMES.split()
PLANNED = ["盐城市", "淮安市"]
COPIED = (
    "镇江市推行揭榜挂帅，面向全市职工公布生产难题，由班组自愿揭榜"
    "并组队攻关，成果经专家评审以后在企业之间推广，参与攻关的职工获得奖励和荣誉。"
)
DOCUMENTS = [
    *[made_document(f"2022年，建成工匠学院{n + 3}家。", city) for n, city in enumerate(DONE)],
    *[made_document(f"计划到203{n}年建成工匠学院6家，惠及{city}职工。", city) for n, city in enumerate(PLANNED)],
    made_document("2019年，建成职工学堂4家。", "白银市"),
    made_document("2022年，建成职工学堂9家。", "兰州市"),
    made_document(COPIED, "镇江市"),
    made_document(COPIED, "镇江市", name="镇江副本"),
    made_document("## 工匠学院\n\n全省重视。", "宿迁市"),
    made_document("宿迁市推行师带徒18对；连云港市推行师带徒29对。", name="综述"),
]  # fmt: skip
MARK = re.compile(r"【(\d+)】")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("table") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


def rows(answer: Answer) -> dict[str, tuple[str, ...]]:
    assert answer.table is not None
    found = {row[0]: row for row in answer.table.rows}
    assert len(found) == len(answer.table.rows)
    return found


def test_every_place_is_there_and_no_other_however_many_there_are(chain: AnswerChain) -> None:
    assert set(rows(chain.invoke({"question": "哪些城市建成了工匠学院？"}))) == {*DONE, *PLANNED}


def test_the_count_that_is_told_is_the_count_of_rows_and_plans_are_apart(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "哪些城市建成了工匠学院？"})
    held = [place for place, row in rows(answer).items() if row[1] == STATES["done"]]
    assert set(held) == set(DONE)
    assert f"有依据的共{len(DONE)}个：{'、'.join(held)}。" in answer.text
    assert f"另有{len(PLANNED)}个是计划或不确定" in answer.text
    assert [row[1] for row in rows(answer).values()][-2:] == [STATES["planned"]] * 2
    assert f"{len(DOCUMENTS)}份资料" in answer.text


def test_every_row_carries_a_citation_of_its_own_place(chain: AnswerChain, library: Library) -> None:
    answer = chain.invoke({"question": "哪些城市建成了工匠学院？"})
    cited = {citation.number: citation for citation in answer.citations}
    for place, row in rows(answer).items():
        (number,) = MARK.findall(row[2])
        citation = cited[int(number)]
        assert citation.places == (place,)
        assert MARK.sub("", row[2]) in citation.quote
        assert library.document(citation.document_id).text[citation.start : citation.end] == citation.quote
        assert row[3:] == (citation.title, citation.published)
    assert answer.table is not None
    assert answer.table.columns == WHICH_COLUMNS


def test_the_same_question_gives_the_same_table(chain: AnswerChain) -> None:
    first, second = (chain.invoke({"question": "哪些城市建成了工匠学院？"}) for _ in range(2))
    assert (first.text, first.table) == (second.text, second.table)


def test_a_copy_counts_once(chain: AnswerChain, library: Library) -> None:
    assert [document.quality for document in library.documents()].count(("duplicate",)) == 1
    answer = chain.invoke({"question": "哪些城市推行揭榜挂帅？"})
    assert set(rows(answer)) == {"镇江市"}
    assert len(answer.citations) == 1


def test_an_asked_year_leaves_the_others_out(chain: AnswerChain) -> None:
    assert set(rows(chain.invoke({"question": "哪些城市2022年建成了职工学堂？"}))) == {"兰州市"}
    assert set(rows(chain.invoke({"question": "哪些城市建成了职工学堂？"}))) == {"白银市", "兰州市"}


def test_an_asked_province_leaves_the_others_out(chain: AnswerChain) -> None:
    found = rows(chain.invoke({"question": "浙江省哪些城市建成了工匠学院？"}))
    assert set(found) == {"台州市", "杭州市", "温州市", "金华市"}


def test_provinces_are_rows_where_provinces_are_asked(chain: AnswerChain) -> None:
    found = rows(chain.invoke({"question": "哪些省推行揭榜挂帅？"}))
    assert set(found) == {"江苏省（镇江市）"}


def test_a_heading_alone_is_no_evidence(chain: AnswerChain) -> None:
    assert "宿迁市" not in rows(chain.invoke({"question": "哪些城市建成了工匠学院？"}))


def test_a_measure_that_nobody_has_gives_no_table(library: Library, chain: AnswerChain) -> None:
    assert which_places(library, understand("哪些城市建成了航天发射场？")) is None
    answer = chain.invoke({"question": "哪些城市建成了航天发射场？"})
    assert answer.refused
    assert answer.table is None


def test_a_question_speaks_of_the_longest_measure_it_names() -> None:
    term = demand(understand("哪些城市推行企业新型学徒制？")).measure
    assert term is not None
    assert term.text == "企业新型学徒制"
    assert "新型学徒制" in term.alternatives
    assert demand(understand("哪些城市建成了夜校？")).measure is None


def test_a_bound_and_an_order_are_read_from_the_question() -> None:
    over = demand(understand("哪些城市的工匠学院超过10家？"))
    assert (over.over, over.under, over.by_figure) == (10.0, None, False)
    under = demand(understand("哪些城市的工匠学院不到5家？"))
    assert (under.over, under.under) == (None, 5.0)
    assert demand(understand("哪个城市的工匠学院最多？")).by_figure


def test_rows_keep_to_the_bound(chain: AnswerChain) -> None:
    every = rows(chain.invoke({"question": "哪些城市建了工匠学院？"}))
    some = rows(chain.invoke({"question": "哪些城市的工匠学院超过10家？"}))
    assert some
    assert set(some) < set(every)


def test_who_lacks_something_is_not_told_from_silence(chain: AnswerChain) -> None:
    assert asks_for_absence(understand("哪些城市还没有工匠学院？"))
    assert not asks_for_absence(understand("哪些城市有工匠学院？"))
    assert chain.invoke({"question": "哪些城市还没有工匠学院？"}).refused


def test_two_places_stand_side_by_side_each_with_its_own_figure(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "泰州和台州分别建成多少家工匠学院？"})
    found = rows(answer)
    assert list(found) == ["泰州市", "台州市"]
    assert "9家" in found["泰州市"][1]
    assert "10家" in found["台州市"][1]
    assert [citation.places for citation in answer.citations] == [("泰州市",), ("台州市",)]


def test_a_place_that_is_silent_has_a_row_and_is_told_as_open(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "常州和白银分别建成多少家工匠学院？"})
    assert rows(answer)["白银市"][1:] == ("没有找到能确切回答的原文", "", "")
    assert any("白银市" in part for part in answer.unanswered)
    assert {citation.places for citation in answer.citations} == {("常州市",)}


def test_two_places_that_are_both_silent_are_refused(chain: AnswerChain) -> None:
    assert chain.invoke({"question": "兰州和白银的飞机场各有多少条跑道？"}).refused


def test_a_province_is_a_row_though_the_sentence_names_no_place(library: Library) -> None:
    draft = which_places(library, understand("哪些省2022年建成了职工学堂？"))
    assert draft is not None
    assert draft.table is not None
    assert [row[0] for row in draft.table.rows] == ["甘肃省（兰州市）"]


def test_a_place_that_has_it_and_plans_more_has_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    documents = [
        made_document("白银市拟建产业学院3家。", "白银市", name="计划"),
        made_document(
            "白银市经过多年的努力，目前已经在园区里面与多家企业共同办有面向全体职工的产业学院2家。",
            "白银市",
            name="现状",
        ),
    ]
    with made_library(tmp_path_factory.mktemp("both") / "index", documents) as library:
        answer = make_chain(library).invoke({"question": "哪些城市建成了产业学院？"})
        assert rows(answer)["白银市"][1] == STATES["done"]


def test_two_cities_that_share_every_word_are_both_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    documents = [made_document("2022年，建成工匠学院9家。", city, title="简报") for city in ("常州市", "白银市")]
    with made_library(tmp_path_factory.mktemp("shared") / "index", documents) as library:
        answer = make_chain(library).invoke({"question": "哪些城市建成了工匠学院？"})
        assert set(rows(answer)) == {"常州市", "白银市"}


def test_each_has_how_many_is_only_a_way_of_asking(chain: AnswerChain) -> None:
    assert not {"各有", "各"} & {term.text for term in understand("泰州和台州的工匠学院各有多少家？").terms}
    assert not chain.invoke({"question": "泰州和台州的工匠学院各有多少家？"}).refused


def test_of_two_cities_in_one_sentence_each_row_has_its_own_clause(chain: AnswerChain) -> None:
    found = rows(chain.invoke({"question": "哪些城市推行师带徒？"}))
    assert "29对" not in found["宿迁市"][2]
    assert "18对" not in found["连云港市"][2]


MIXED = [
    made_document("盐城市大丰区建成工匠学院2家。", "盐城市"),
    made_document("江苏省建成工匠学院71家。", "江苏省"),
    made_document("2019年，常州市建成工匠学院3家。", "常州市"),
    made_document("南京市的某某机械公司建立工匠学院1所。", "南京市"),
    made_document("徐州市计划建工匠学院9家。", "徐州市", published="2024-01-01"),
]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    with made_library(tmp_path_factory.mktemp("mixed") / "index", MIXED) as opened:
        yield make_chain(opened)


def test_a_county_answers_for_its_city_and_says_so(mixed: AnswerChain) -> None:
    answer = mixed.invoke({"question": "哪些城市建了工匠学院？"})
    assert set(rows(answer)) == {"盐城市（大丰区）", "常州市", "徐州市"}
    assert "有依据的共2个：" in answer.text
    assert "江苏省" not in answer.text


def test_an_enterprises_deed_is_told_apart_and_not_counted(mixed: AnswerChain) -> None:
    answer = mixed.invoke({"question": "哪些城市建了工匠学院？"})
    assert "另有1个城市只见企业自己的做法，不计入：南京市。" in answer.text
    assert any("某某机械公司" in citation.quote for citation in answer.citations)


def test_where_only_an_enterprise_has_it_no_place_is_counted(tmp_path: Path) -> None:
    told = "南京某某机械公司推行揭榜挂帅。"
    with made_library(
        tmp_path / "index", [made_document(told, "南京市"), made_document("建成工匠学院2家。", "常州市")]
    ) as library:
        for question in ("哪些城市搞了揭榜挂帅？", "哪些省搞了揭榜挂帅？"):
            answer = make_chain(library).invoke({"question": question})
            assert "有依据的" not in answer.text
            assert "另有1个城市只见企业自己的做法，不计入：南京市。" in answer.text
            assert [citation.quote for citation in answer.citations] == [told]


def test_the_count_says_how_much_was_read(mixed: AnswerChain) -> None:
    answer = mixed.invoke({"question": "有几个城市建了工匠学院？"})
    assert answer.text.startswith("据资料库5份资料、4个城市，有依据的共2个")


def test_only_what_is_done_where_that_is_asked(mixed: AnswerChain) -> None:
    assert "徐州市" not in rows(mixed.invoke({"question": "哪些城市建了工匠学院？只算已经落实的"}))


def test_a_year_that_no_document_tells_hides_nothing(mixed: AnswerChain) -> None:
    answer = mixed.invoke({"question": "哪些城市2035年建成了工匠学院？"})
    assert "常州市" in rows(answer)
    assert "没有写明所问年份" in answer.text


def test_the_earliest_comes_first(mixed: AnswerChain) -> None:
    answer = mixed.invoke({"question": "哪个城市最早建工匠学院？"})
    assert next(iter(rows(answer))) == "常州市"
    assert "最早的是常州市（2019年）" in answer.text


def test_the_fewest_come_first_and_the_conclusion_says_who(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "哪个城市的工匠学院最少？"})
    assert next(iter(rows(answer))) == DONE[0]
    assert f"最少的是{DONE[0]}（3家）" in answer.text
    most = chain.invoke({"question": "哪个城市的工匠学院最多？"})
    assert next(iter(rows(most))) == DONE[-1]
    assert f"最多的是{DONE[-1]}（{len(DONE) + 2}家）" in most.text


def test_an_amended_figure_is_the_one_that_is_ranked(tmp_path: Path) -> None:
    documents = [made_document(f"2022年，建成工匠学院{n}家。", city) for n, city in [(3, "常州市"), (9, "徐州市")]]
    with made_library(tmp_path / "index", documents) as library:
        [cell] = matrix(library, "常州市", "工匠学院")
        told = Correction("常州市", "工匠学院", "amend", "核对", quote_digest(cell.best.quote), figure="1.2万")
        add_correction(library.settings.folder, told)
        answer = make_chain(library).invoke({"question": "哪个城市的工匠学院最多？"})
        assert list(rows(answer)) == ["常州市", "徐州市"]
        assert "最多的是常州市（1.2万家）" in answer.text
        assert "人工更正为1.2万家" in rows(answer)["常州市"][1]


def test_the_earliest_is_not_told_by_the_date_of_a_document(tmp_path: Path) -> None:
    documents = [made_document("建成工匠学院3家。", "常州市", published="2019-01-01")]
    with made_library(tmp_path / "index", documents) as library:
        answer = make_chain(library).invoke({"question": "哪个城市最早建工匠学院？"})
        assert "资料写明最早" not in answer.text
        assert "没有写明年份，谁最早不能断定" in answer.text


def test_what_the_taxonomy_lacks_is_searched_for_and_said_so(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "哪些城市组织师带徒结业考评？"})
    assert answer.refused or "逐段查找" in answer.text


def test_words_cut_out_of_the_asking_demand_nothing() -> None:
    assert demand(understand("江苏哪些市办了技能竞赛？")).others == ()
    assert [term.text for term in demand(understand("哪些城市对现代学徒制给补贴？")).others] == ["补贴"]


@pytest.mark.parametrize(
    "question", ["工匠学院最多的城市是哪个？", "工匠学院最多的市是哪个？", "哪个城市的工匠学院最多？"]
)
def test_the_order_of_words_changes_no_ranking(chain: AnswerChain, question: str) -> None:
    answer = chain.invoke({"question": question})
    assert "最多的是株洲市（22家）" in answer.text
    assert set(DONE) <= set(rows(answer))


def test_the_first_by_its_own_words_or_by_the_year_of_its_text_leads(tmp_path: Path) -> None:
    documents = [
        made_document("2021年，无锡市列为全域综合试点。", "无锡市"),
        made_document("2019年，苏州市列为全域综合试点。", "苏州市"),
        made_document("2016年，蚌埠市成立工匠学院。", "蚌埠市"),
        made_document("芜湖市成立全国第一个工匠学院。", "芜湖市"),
    ]
    with made_library(tmp_path / "index", documents) as opened:
        first = make_chain(opened)
        by_year = first.invoke({"question": "哪个城市最早列为全域综合试点？"})
        by_word = first.invoke({"question": "全国第一个工匠学院是哪个城市办的？"})
    assert "资料写明最早的是苏州市（2019年）" in by_year.text
    assert "原文写明是第一个的是芜湖市" in by_word.text


def test_a_clause_that_only_says_when_is_told_with_what_follows(tmp_path_factory: pytest.TempPathFactory) -> None:
    documents = [made_document("2024年“泰州工匠日”期间，泰州市总工会给90名工匠送了书。", "泰州市")]
    with made_library(tmp_path_factory.mktemp("half") / "index", documents) as opened:
        answer = make_chain(opened).invoke({"question": "哪些城市有工匠日？"})
    assert "期间，泰州市总工会给90名工匠送了书" in answer.text
