"""Done, planned, required or denied; what opens a sentence governs what follows; directions are no deeds."""

import pytest

from index.measures.modality import calls_plan, directions_from, governed, is_directive, modality


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("建成产业学院3家", "done"),
        ("推行揭榜挂帅", "done"),
        ("拟建产业学院3家", "planned"),
        ("力争建成产业学院3家", "planned"),
        ("将建产业学院3家", "planned"),
        ("计划设立产业学院3家", "planned"),
        ("到2025年底产业学院达标", "planned"),
        ("尚未建成产业学院", "negated"),
        ("没有产业学院", "negated"),
        ("鼓励企业建产业学院", "required"),
        ("要建好产业学院", "required"),
        ("推动企业建产业学院", "required"),
        ("支持10家企业建产业学院", "done"),
        ("将产业学院纳入规划", "done"),
        ("模拟训练和产业学院", "done"),
        ("列入总体计划，建产业学院", "done"),
    ],
)
def test_a_clause_by_its_own_words(words: str, expected: str) -> None:
    assert modality(words) == expected


def test_a_plan_that_opens_a_sentence_governs_it_until_a_result() -> None:
    assert governed("建设产业学院", "下一步，", False) == "planned"
    assert governed("已建成产业学院3家", "下一步，", False) == "done"
    assert governed("建设产业学院", "市领导强调，", False) == "required"
    assert governed("建设产业学院", "我市，", False) == "done"


@pytest.mark.parametrize(
    ("words", "before", "expected"),
    [
        ("命名工匠学院35家", "甲市计划用3年投入750万元,", "planned"),
        ("评出工匠学院150家", "甲市计划到2027年办竞赛400场,", "planned"),
        ("新增工匠学院10家", "甲市定下目标:累计培训30万人次,", "planned"),
        ("累计建工匠学院10家", "甲市定下目标:", "planned"),
        ("用5年左右建工匠学院100家", "甲市提出,", "planned"),
        ("累计建工匠学院10家", "甲市计划建更多,", "done"),
        ("截至年底达到10家", "甲市计划建更多,", "done"),
        ("建工匠学院10家", "到2024年3月,", "done"),
        ("建工匠学院10家", "到2030年,", "planned"),
    ],
)
def test_a_counted_figure_alone_lifts_no_plan(words: str, before: str, expected: str) -> None:
    assert governed(words, before, False, written="2024") == expected


def test_a_sentence_behind_may_call_it_a_plan() -> None:
    assert governed("建工匠学院10家", "", False, is_called_plan=True) == "planned"
    assert calls_plan("这些是当时的目标")
    assert calls_plan("750万元和35家都是甲省的规划数字")
    assert not calls_plan("甲市的目标是建成工匠学院")


def test_directions_are_deeds_only_where_they_tell_of_something_done() -> None:
    assert governed("建立产业学院3家", "", True) == "required"
    assert governed("目前已建立产业学院3家", "", True) == "done"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("甲市关于推进产业工人队伍建设改革的实施意见", True),
        ("甲省职工教育条例", True),
        ("甲市建成产业学院", False),
        ("甲市产业工人队伍建设改革要点", False),
    ],
)
def test_directions_are_known_by_their_title(title: str, expected: bool) -> None:
    assert is_directive(title) is expected


def test_news_of_a_plan_gives_directions_from_where_it_quotes_it() -> None:
    text = "甲省印发方案。《行动方案》提出，建设产业学院。"
    assert directions_from(text) == text.index("《")
    assert directions_from("甲市建成产业学院。") == len("甲市建成产业学院。")
    assert directions_from("说" * 700 + "《行动方案》提出") == 700 + len("《行动方案》提出")
