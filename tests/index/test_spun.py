"""Copies whose words were put in by a program are found by what honest texts rarely say, and honest texts are left alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cleaning.spun import LEAST_WEIGHT, find_spinning, is_spun, spun_score
from index.cleaning.synonyms import FREQUENCIES, find_odd_words, shares_of, synonyms, synonyms_in
from index.normalise.spun import spun_terms
from index.quality import quality_findings
from tests.index.pages import REPORT

PLAIN = (
    "县总工会今年把提高职工的技能作为重点工作，组织企业开展培训，鼓励工人参加职业技能等级认定。企业建立了奖励制度，对取得证书的职工提高工资待遇。"
    "各级工会积极推进改革，帮助困难职工解决生活问题，加强对农民工的服务，维护他们的合法权益。劳动模范和工匠到车间讲课，把经验传给青年工人。"
    "有关部门制定了实施方案，明确目标任务，落实工作责任，加大资金投入，完善保障措施，建设一支有理想、守信念、懂技术、会创新的产业工人队伍。"
    "通过开展劳动竞赛，职工提出合理化建议三百多条，解决了许多技术问题，提高了生产效率，降低了成本，取得了良好的经济效益和社会效益。"
)
# Put in by hand as rewriting tools do; none of them is a term of `spun_terms.tsv`.
SWAPS = {
    "技能": "身手", "企业": "商企", "培训": "操练", "鼓励": "驱策", "工资": "薪金", "奖励": "犒赏", "生活": "糊口",
    "维护": "回护", "权益": "权柄", "工匠": "巧匠", "经验": "体味", "方案": "预案", "理想": "幻想", "创新": "翻新",
}  # fmt: skip


def swapped(text: str) -> str:
    for plain, other in SWAPS.items():
        text = text.replace(plain, other)
    return text


def test_swaps_that_the_terms_do_not_hold_are_found_and_named() -> None:
    assert not set(SWAPS.values()) & set(spun_terms())
    text = swapped(PLAIN)
    assert is_spun(text) and not is_spun(PLAIN)
    assert find_odd_words(text).examples and set(find_odd_words(text).examples) <= set(synonyms())
    assert "处平常文章少用的近义词（如" in find_spinning(text)
    assert quality_findings(text, ()) == (("spun", find_spinning(text)),)
    assert quality_findings(PLAIN, ()) == ()


def test_the_same_swaps_in_traditional_characters_are_found() -> None:
    import opencc

    assert is_spun(opencc.OpenCC("s2t").convert(swapped(PLAIN)))
    assert not is_spun(opencc.OpenCC("s2t").convert(PLAIN))


@pytest.mark.parametrize("text", ["", "好", "。" * 500, "１２３" * 300, "abc " * 400, REPORT, PLAIN])
def test_short_empty_and_plain_texts_are_not_judged_spun(text: str) -> None:
    assert find_spinning(text) == ""


def test_one_odd_word_condemns_no_text_however_short_or_often_said() -> None:
    rarest = find_odd_words(swapped(PLAIN)).examples[0]
    assert 0 < find_odd_words(f"{rarest}来了").weight < LEAST_WEIGHT
    assert not is_spun(f"{rarest}来了，" * 60)


def test_the_weight_is_a_matter_of_density() -> None:
    text = swapped(PLAIN)
    assert find_odd_words(text + PLAIN * 20).weight < find_odd_words(text).weight / 4
    assert not is_spun(text + PLAIN * 20)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_judged(text: str) -> None:
    score, reasons = spun_score(text)
    assert 0 <= score < 1 and all(reasons)


@given(st.text(alphabet="".join(synonyms()[:60]) + "，\U00024e0b𠮷", max_size=60))
def test_synonyms_are_found_wherever_they_stand(text: str) -> None:
    found = [synonyms()[number] for number in synonyms_in(text)]
    known = set(synonyms())
    assert found == [text[at : at + 2] for at in range(len(text)) if text[at : at + 2] in known]


def test_halves_of_signs_weigh_nothing() -> None:
    assert find_odd_words("\ud800" * 300).weight == 0


def test_every_synonym_has_two_signs_and_a_frequency() -> None:
    rows = [line.split("\t") for line in FREQUENCIES.read_text(encoding="utf-8").splitlines()[1:]]
    assert tuple(word for word, _ in rows) == synonyms()
    assert all(len(word) == 2 and int(often) > 0 for word, often in rows)


def test_shares_count_a_text_once_and_take_no_word_for_impossible() -> None:
    shares = shares_of(["巧匠巧匠" + "。" * 696, "。" * 700])
    assert shares["巧匠"] == pytest.approx(1.0)
    assert shares["商企"] == pytest.approx(0.5)


def test_judging_takes_time_linear_in_the_text() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        find_odd_words(text)
        return time.process_time() - start

    text = swapped(PLAIN)
    seconds(text)
    assert seconds(text * 500) < 0.5
