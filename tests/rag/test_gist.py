"""Long texts cut down, and questions at the edges: one word, stop words, figures alone, nothing at all."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.gist import KEPT, LONGEST, MOST_TERMS, gist
from rag.question import understand

COMPLAINT = (
    "我是白银市一家国企的老电工，2019年进厂，干了八年了。厂里天天说要搞产改，开会倒是开了不少回。"
    "我媳妇身体不好，孩子还小，家里全靠我一个人。车间里的事说起来三天三夜也说不完，反正大家心里都有数。"
    "今天早上下了点雨，路上堵得厉害，我差点迟到。食堂的饭也越来越贵，大家都在抱怨，可是谁也没办法。"
    "我今年考过了高级技师，想问问评上高级技师以后技能补贴到底给多少钱？"
    "领导说再等等，人事说名额满了，班长说这事他也管不了，找了好几个人，谁都不给句准话。"
    "天气预报说明天还有雨，我得早点出门，不然又要迟到了。工友们都劝我算了，可我就是咽不下这口气。"
    "隔壁车间的老王说他们那里去年办了一回比武，他拿了个第二名，奖金也一直没有发下来，听说还要再等几个月。"
)


class Known:
    """A library in which only the words of the field stand, each as rare as the next."""

    def idf(self, token: str) -> float:
        return 3.0 if self.document_frequency(token) else 9.0

    def document_frequency(self, token: str) -> int:
        return int(token in "白银市产改高级技师技能补贴比武奖金")


def test_a_question_of_usual_length_stays_as_it_is() -> None:
    assert gist("白银市有几家？" * 20, None) == "白银市有几家？" * 20


def test_the_clauses_that_ask_and_that_the_library_speaks_of_are_kept() -> None:
    assert len(COMPLAINT) > LONGEST
    kept = gist(COMPLAINT, Known())
    assert len(kept) <= KEPT
    assert "技能补贴到底给多少钱？" in kept
    assert "白银市" in kept
    assert "食堂的饭" not in kept


def test_a_pasted_complaint_is_understood_as_the_question_in_it() -> None:
    question = understand(COMPLAINT, rarity=Known())
    assert question.kind == "figure"
    assert question.places == ("白银市",)
    assert len(question.terms) <= MOST_TERMS
    assert {"高级", "技师", "高级技师"} & {term.text for term in question.terms}
    assert question.text == COMPLAINT
    assert len(question.standalone) <= KEPT


def test_clauses_keep_their_order_and_come_once() -> None:
    kept = gist("一共多少？" + "补贴给谁，工会怎么说，" * 60, Known())
    assert kept.index("补贴给谁") < kept.index("工会怎么说")
    assert kept.count("补贴给谁") == 1


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("补贴", {"补贴"}),
        ("補貼", {"补贴"}),
        ("的了是吗呢吧什么怎么", set()),
        ("2021 12.5% 300", set()),
        ("？？！！。。", set()),
        ("", set()),
        (" \n\t ", set()),
        ("😀😀", set()),
        ("鹽城產改", {"产改"}),
        ("盐城產改试點", {"产改", "试点"}),
    ],
)
def test_questions_at_the_edges(text: str, terms: set[str]) -> None:
    question = understand(text)
    assert {term.text for term in question.terms} == terms
    assert question.kind in {"other", "how"}


@pytest.mark.parametrize(
    "sign", ["补", "a", "1", "(", "？", "工会，", "白银市常州市", "二〇二一年", "產業工人", "\u200b", "劳摸\n"]
)
def test_two_thousand_characters_of_anything_are_understood_at_once(sign: str) -> None:
    text = (sign * 2000)[:2000]
    understand(text, rarity=Known())
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        understand(text, rarity=Known())
        took.append(time.perf_counter() - begun)
    # 5 ms on a free core; the tests' own machine may be shared with many.
    assert min(took) < 0.025


@given(st.text(max_size=600))
def test_any_text_is_understood(text: str) -> None:
    question = understand(text, rarity=Known())
    assert question.text == text.strip()
    assert len(question.terms) <= max(MOST_TERMS, len(text))
    assert len(question.search) <= max(LONGEST * 2, 4 * KEPT)


@given(
    st.lists(
        st.sampled_from(["白银市", "技能补贴", "多少钱？", "，", "。", "\n", "食堂", "怎么", "ABC", "2021年"]),
        max_size=400,
    )
)
def test_a_gist_is_made_of_the_text_and_short(parts: list[str]) -> None:
    text = "".join(parts)
    kept = gist(text, Known())
    assert kept == text or len(kept) <= KEPT + 1
    assert all(clause.strip() in text for clause in kept.split("，"))
