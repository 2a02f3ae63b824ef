"""Slips of typing: each kind by hand over a library that can be seen, then the written sets and every honest question."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyse
from index.library import Library
from index.normalise import search_form
from rag.slips import LONGEST_MENDED, mend
from rag.terms import Rarity, pairs_of
from rag.types import Slip
from rag.watched import watched

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "eval" / "data"
# Questions of these types are asked with slips in them; no other is to be touched.
SLIPPED = {"typo", "pinyin"}
LIBRARY = (
    "白银市总工会评选劳模",
    "职业技能等级认定",
    "产业工人队伍建设改革",
    "求学圆梦行动资助农民工",
    "劳模创新工作室",
    "职工代表大会",
    "大国工匠和技师",
    "大师工作室有会计师",
    "常州市和盐城市",
    "基层工会经费",
)


class Counted:
    """The rarity of texts that are at hand: in how many of them a token stands."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = Counter(token for text in texts for token in set(analyse(search_form(text))))

    def idf(self, token: str) -> float:
        return 1.0 / (1 + self._counts[token])

    def document_frequency(self, token: str) -> int:
        return self._counts[token]


def rows(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(wrong, right) for wrong, _, right in (line.partition("\t") for line in lines if not line.startswith("#"))]


def stands(library: Rarity, wrong: str, right: str) -> bool:
    """Whether the library holds every pair of the right question that the wrong one lacks: else nothing bears it out."""
    return all(library.document_frequency(pair) for pair in {*pairs_of(right)} - {*pairs_of(wrong)})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("产业工人队五建设改革", "产业工人队伍"),
        ("技能登记认定有几家", "技能等级认定"),
        ("工汇有什么用", "工会"),
        ("劳摸有多少", "劳模"),
        ("职工代表大慧多久开", "职工代表大会"),
        ("技能等级忍定", "技能等级认定"),
        ("求学园梦怎么报", "求学圆梦"),
        ("技能等认级定", "技能等级认定"),
        ("技能等级级认定", "技能等级认定"),
        ("职业技能级认定", "职业技能等级认定"),
        ("盐成有几家", "盐城"),
        ("常洲有几家", "常州"),
        ("gonghui有什么用", "工会"),
        ("daguo gongjiang是谁", "大国工匠"),
        ("評勞摸", "劳模"),
    ],
)
def test_a_slip_is_mended_and_told(typed: str, meant: str) -> None:
    mended, slips = mend(typed, Counted(LIBRARY))
    assert meant in mended
    assert [slip.meant for slip in slips if meant in slip.meant or slip.meant in meant]
    assert all(slip.typed in typed for slip in slips)


def test_the_rest_of_the_question_stays_as_it_was_typed() -> None:
    mended, slips = mend("請問  白银 ２０２１年 的劳摸，有几位？", Counted(LIBRARY))
    assert mended == "請問  白银 ２０２１年 的劳模，有几位？"
    assert slips == (Slip("劳摸", "劳模"),)


@pytest.mark.parametrize(
    "question",
    [
        "袁工是谁",
        "公会和工会是一回事吗",
        "员工惠及多少人",
        "当学徒值不值",
        "劳模新工作室有几个",
        "创新工作是怎么做的",
        "用单位的钱",
        "工会会不会管",
        "工会会费交多少",
        "职工代表会怎么处罚",
        "讲工会的人",
        "台州有几家",
        "工商认定要几天",
        "离学校太远",
        "*ST盐成多少钱",
        "盐城视障人士",
    ],
)
def test_what_may_be_meant_is_left_alone(question: str) -> None:
    assert mend(question, Counted(LIBRARY)) == (question, ())


def test_nothing_is_mended_to_a_term_that_the_library_does_not_hold() -> None:
    assert mend("劳摸有多少", Counted(["工会"])) == ("劳摸有多少", ())


def test_a_wording_that_stands_in_the_library_is_right() -> None:
    assert mend("工惠驿站有几家", Counted([*LIBRARY, "工惠驿站", "工会驿站"])) == ("工惠驿站有几家", ())


@pytest.mark.parametrize("text", ["常洲村的文艺队叫什么？", "王常洲是哪个厂的班长？"])
def test_a_village_or_a_person_that_sounds_like_a_city_is_no_slip(text: str) -> None:
    assert mend(text, Counted([*LIBRARY, "常州"])) == (text, ())


@pytest.mark.parametrize(("name", "share"), [("slips_dev.tsv", 0.9), ("slips_test.tsv", 0.75)])
def test_most_written_slips_are_mended(name: str, share: float, sample_library: Library) -> None:
    borne_out = [row for row in rows(name) if stands(sample_library, *map(search_form, row))]
    mended = [search_form(mend(wrong, sample_library)[0]) == search_form(right) for wrong, right in borne_out]
    assert len(borne_out) >= 30
    assert sum(mended) >= share * len(mended)


def test_no_honest_question_is_touched(sample_library: Library) -> None:
    files = sorted(GOLD.glob("*.jsonl"))
    asked = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    # Pairs of sentences and cells of the matrix ask nothing.
    honest = [row["question"] for row in asked if "question" in row and row["type"] not in SLIPPED]
    assert len(honest) > 1000
    assert [question for question in honest if mend(question, sample_library)[1]] == []


def test_a_long_text_is_not_searched_for_slips() -> None:
    text = "劳摸" * LONGEST_MENDED
    assert mend(text, Counted(LIBRARY)) == (text, ())


@given(st.text(alphabet=st.sampled_from("工汇会劳摸模技能登级认定 gonghui州洲盐成１２，\n的"), max_size=60))
def test_what_is_mended_is_told(text: str) -> None:
    mended, slips = mend(text, Counted(LIBRARY))
    assert (mended == text) == (not slips) or all(slip.typed == slip.meant for slip in slips)
    assert all(slip.meant in mended and slip.meant in {*watched().terms, *flat(watched().by_letters)} for slip in slips)


def flat(lists: dict[str, tuple[str, ...]]) -> set[str]:
    return {each for found in lists.values() for each in found}


@given(st.text(max_size=LONGEST_MENDED))
def test_any_text_may_hold_slips(text: str) -> None:
    mended, slips = mend(text, Counted(LIBRARY))
    assert isinstance(mended, str)
    assert len(slips) <= 4


HELD = Counted(["柯桥区的工匠", "常熟市的学院", "青岛市的工匠", "株洲市的工匠"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("柯乔区有多少工匠", "柯桥区"),
        ("昌熟工匠学院几所", "常熟"),
        ("青到工匠多少名", "青岛"),
        ("株州工匠多少名", "株洲"),
    ],
)
def test_a_district_and_a_place_right_before_a_word_of_the_field_are_mended(typed: str, meant: str) -> None:
    text, slips = mend(typed, HELD)
    assert [each.meant for each in slips] == [meant]
    assert text.startswith(meant)


@pytest.mark.parametrize("text", ["青年工匠多少名", "长乐区有多少工匠", "学到技能多少项", "来到工匠学院"])
def test_other_words_and_real_places_before_a_word_of_the_field_stay(text: str) -> None:
    assert mend(text, HELD) == (text, ())
