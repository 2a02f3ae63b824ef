"""Names with a gap or a number in them, evidence under a heading, and the learned weights behind both."""

import time
from pathlib import Path

import pytest
from fakes.library import made_document
from hypothesis import given
from hypothesis import strategies as st

from index.chunking import chunk_document
from index.measures import choose_taxonomy, measures
from index.measures.evidence import Evidence, evidence_of
from index.measures.features import BIAS
from index.measures.figures import figure_near
from index.measures.modality import governed, is_speech
from index.measures.naming import names_any, namings, without_names
from index.measures.taxonomy import problems
from index.measures.weighing import logistic, weights
from index.normalise import normalise, search_form
from index.settings import Settings


def evidence(text: str, place: str) -> list[Evidence]:
    document = made_document(text, place)
    return evidence_of(document, chunk_document(document, Settings()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("给环卫工人送去一份清凉", ["高温慰问"]),
        ("注意防暑降温", []),
        ("送走客人，清凉宜人", []),
        ("全市高技能人才631万人", ["高技能人才培养"]),
        ("为职工建立劳模创新工作室", ["劳模工匠创新工作室"]),
    ],
)
def test_a_gap_stays_in_its_clause_and_names_once(text: str, expected: list[str]) -> None:
    assert [one.measure.name for one in namings(search_form(text)) if not one.is_hint] == expected


@given(st.text(alphabet="送去清凉职工体检,0123，", max_size=60))
def test_names_never_overlap_within_one_measure(text: str) -> None:
    found = namings(search_form(text))
    for one in found:
        assert not any(one.measure is two.measure and one.start < two.start < one.end for two in found)


def test_patterns_are_read_in_linear_time() -> None:
    begun = time.perf_counter()
    namings("送职工免费技能" * 20_000)
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("建成工会驿站8个", "8"),
        ("出台18个配套文件", "18"),
        ("每县建成1个工会驿站", ""),
        ("工会驿站开放两个月", ""),
    ],
)
def test_a_rate_or_another_unit_is_no_figure(text: str, figure: str) -> None:
    form = normalise(text)
    found = namings(form.text)
    assert figure_near(form, text, found[0], found).figure == figure


def test_what_was_said_shall_be_done_goes_on_in_the_next_sentence() -> None:
    assert is_speech("市领导强调,要深化改革")
    assert governed("实施工匠培育工程", "", False, is_spoken=True) == "required"
    assert governed("已建成工匠学院3家", "", False, is_spoken=True) == "done"


def test_a_heading_that_names_the_measure_holds_for_what_stands_under_it() -> None:
    text = "常州市总工会年度工作\n\n# 工匠学院\n\n常州市总工会联合高校建成3家，培训职工200人。"
    found = [one for one in evidence(text, "常州市") if one.measure == "工匠学院"]
    assert [one.quote for one in found] == ["常州市总工会联合高校建成3家，"]


def test_weights_are_there_for_both_scores_and_a_chance_is_a_chance() -> None:
    assert all(BIAS in weighed for weighed in weights().values())
    assert logistic({}, {BIAS: 1.0}) == 0.5
    assert 0.0 < logistic({BIAS: 1e9}, {BIAS: 1.0}) < 1.0


def test_a_name_marked_for_reading_is_found_in_documents_and_not_in_questions(tmp_path: Path) -> None:
    line = "技能形成\t技能夜校\t~灯下课堂 夜间*课堂\t期\t\t\t\n"
    path = tmp_path / "measures.tsv"
    path.write_text(line, encoding="utf-8")
    assert not list(problems(path))
    choose_taxonomy(path)
    [known] = measures()
    assert not known.said_in("哪里有灯下课堂")
    assert [one.measure.name for one in namings("区里开了灯下课堂")] == ["技能夜校"]
    choose_taxonomy(None)


def test_a_name_that_begins_with_a_number_is_found(tmp_path: Path) -> None:
    path = tmp_path / "measures.tsv"
    path.write_text("技能形成\t技能夜校\t#场*夜课 灯下课\t期\t\t\t\n", encoding="utf-8")
    choose_taxonomy(path)
    try:
        for form, names in (
            ("全年办了120余场免费夜课", ["#场*夜课"]),
            ("免费夜课办了几场", []),
            ("灯下课开了", ["灯下课"]),
        ):
            assert [one.name for one in namings(form)] == names
            assert names_any(form) == bool(names)
    finally:
        choose_taxonomy(None)


def test_a_hint_gives_way_to_a_clearer_name_in_its_clause() -> None:
    (found,) = namings(search_form("骑手们走进骑手驿站歇脚"))[-1:]
    assert [one.measure.name for one in namings(search_form("工地分到西瓜"))] == ["高温慰问"]
    assert namings(search_form("工地分到西瓜"))[0].is_hint
    assert not found.is_hint
    assert without_names("工地分到西瓜") == "工地分到西瓜"
