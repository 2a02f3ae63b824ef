"""What a question asks for: kind, places, years, measure words, terms."""

import pytest

from rag.question import understand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("白银市一共建成了几个技能大师工作室？", "figure"),
        ("白银市十届人大代表中产业工人占比多高？", "figure"),
        ("蚌埠工匠学院什么时候揭牌？", "date"),
        ("蚌埠2023年10月的产改专题培训班在哪里举行？", "entity"),
        ("白银产改由哪个单位牵头？", "entity"),
        ("哪些城市建了产业学院？", "which"),
        ("产业学院最多的省是哪个？", "which"),
        ("有产业学院的城市有哪些？", "which"),
        ("常州和白银的工匠学院数量有什么不同？", "compare"),
        ("盐城试点企业是不是只选国有的？", "yesno"),
        ("常州怎么支持青年租房？", "how"),
        ("盐城产改的四大工程包括什么？", "list"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("甲厂上半年钢材和水泥产量各涨了多少？", 2),
        ("甲厂有多少男女报了名？", 2),
        ("各地涨了多少工资？", 1),
        ("分别人工和机器要多少钱？", 1),
    ],
)
def test_each_of_two_is_asked_for(text: str, asks: int) -> None:
    assert understand(text).asks == asks


@pytest.mark.parametrize(("text", "unit"), [("王师傅多大岁数？", "岁"), ("甲厂做了多少营业额？", "元")])
def test_ages_and_turnovers_have_their_units(text: str, unit: str) -> None:
    assert unit in understand(text).units


def test_places_years_and_units() -> None:
    question = understand("盐城市2022年有多少家试点企业？")
    assert question.places == ("盐城市",)
    assert question.years == ("2022",)
    assert question.units[0] == "家"
    assert "户" in question.units


def test_terms_leave_out_question_words_places_and_years() -> None:
    words = {term.text for term in understand("请问白银市2021年一共建成了多少个院士专家工作站？").terms}
    assert not words & {"请问", "白银", "白银市", "2021", "多少", "一共"}
    assert {"院士", "专家", "工作站"} <= words


def test_plain_speech_brings_the_words_of_the_field() -> None:
    terms = understand("想考技师，单位给报销吗？").terms
    spoken = {other for term in terms for other in term.alternatives}
    assert "补贴" in spoken
    assert "技能等级认定" in spoken


def test_traditional_and_simplified_are_understood_alike() -> None:
    simplified, traditional = (
        understand("白银市有几个劳模工匠创新工作室？"),
        understand("白銀市有幾個勞模工匠創新工作室？"),
    )
    assert (simplified.kind, simplified.places, simplified.terms) == (
        traditional.kind,
        traditional.places,
        traditional.terms,
    )


def test_a_chosen_place_joins_the_question() -> None:
    assert understand("有多少家工匠学院？", place="常州市").places == ("常州市",)


def test_a_phrase_that_holds_a_way_of_asking_is_still_heard() -> None:
    spoken = {other for term in understand("订单班一个人一年补多少钱？").terms for other in term.alternatives}
    assert {"补贴", "订单式"} <= spoken


@pytest.mark.parametrize(
    ("text", "kind"),
    [("拿了津贴要不要扣税？", "yesno"), ("他调研跑了多少个城市？", "figure"), ("有多少个城市建了工匠学院？", "which")],
)
def test_doubled_verbs_and_counted_cities_are_read_as_they_ask(text: str, kind: str) -> None:
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("和田大枣一斤多少钱？", ()),
        ("和田的工会有多少会员？", ("和田地区",)),
        ("常州卖的和田大枣多少钱？", ("常州市",)),
    ],
)
def test_a_product_is_not_guarded_to_the_place_that_it_is_called_after(text: str, places: tuple[str, ...]) -> None:
    assert understand(text).places == places


def test_what_a_speaker_tells_around_a_question_is_no_term() -> None:
    heard = understand("我妈天天念叨，听人说后来有点变化，驿站能热饭吗？")
    assert "驿站" in {term.text for term in heard.terms}
    assert not {"我妈", "天天", "念叨", "听人", "后来", "有点"} & {term.text for term in heard.terms}
    assert "加热" in {other for term in heard.terms for other in term.alternatives}
