"""What a text must hold to say enough of a question: nothing that says enough is passed over."""

from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyse
from index.lexical import Clause
from rag.demanded_tokens import demanded_tokens
from rag.ranking.grams import grams_of
from rag.ranking.query import Query
from rag.terms import Asked, term_coverage
from rag.types import Term

WORDS = ["工匠", "学院", "奖", "补贴", "首席技师", "创新工作室", "5g培训", "入会"]
OTHERS = {"补贴": ("补助", "奖补"), "首席技师": ("首席工人",)}


def asked_of(*weights: tuple[str, float]) -> Asked:
    terms = tuple((Term(word, OTHERS.get(word, ())), weight) for word, weight in weights)
    return Asked(terms, (), 1.0, grams_of(Query("", ""), lambda token: 1.0))


def meets(clauses: tuple[Clause, ...], text: str) -> bool:
    tokens = set(analyse(text))
    return all(any(option <= tokens for option in clause) for clause in clauses)


def test_a_heavy_term_is_demanded_in_one_of_its_wordings() -> None:
    clauses = demanded_tokens(asked_of(("补贴", 3.0), ("工匠", 1.0)), 0.7)
    assert meets(clauses, "给工匠补助两千元")
    assert not meets(clauses, "工匠人数两千")


def test_what_may_be_left_out_is_not_demanded() -> None:
    clauses = demanded_tokens(asked_of(("补贴", 3.0), ("工匠", 1.0)), 0.7)
    assert meets(clauses, "补贴已经发放")


def test_of_many_light_terms_one_must_be_there() -> None:
    clauses = demanded_tokens(asked_of(*((word, 1.0) for word in ("工匠", "学院", "补贴", "入会"))), 0.7)
    assert not meets(clauses, "天气晴好")
    assert not meets(clauses, "工匠天天晒太阳")
    assert meets(clauses, "工匠学院发补贴")


@given(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.floats(0.1, 5.0)), min_size=1, max_size=6, unique_by=lambda each: each[0]
    ),
    st.lists(st.sampled_from([*WORDS, "补助", "奖补", "工作室", "创新", "首席工人", "，", "和", "奖金"]), max_size=8),
    st.sampled_from([0.45, 0.7]),
)
def test_no_text_that_says_enough_is_passed_over(
    weights: list[tuple[str, float]], parts: list[str], least: float
) -> None:
    asked, text = asked_of(*weights), "".join(parts)
    if term_coverage(asked, text) >= least:
        assert meets(demanded_tokens(asked, least), text)
