"""Signatures and near-copies: what they must find, what they must keep apart, and how fast."""

import random
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.quality import alike_pairs, are_elsewhere, clusters, duplicates, likeness, matches, signature
from index.quality.essence import letters, shingles
from index.quality.signatures import LENGTH, signature_of
from index.types import Document, Noise
from tests.index.pages import REPORT

FORM = (
    "{city}总工会今年举办技能竞赛{a}场，参加的职工有{b}人，取得等级证书的有{c}人，{d}家企业办起了职工学堂。"
    "竞赛由总工会和人社部门一起组织，理论考试和实际操作各占一半，前三名可以直接晋升高级工，学费由工会全部承担。"
    "企业给获奖的师傅加发津贴，标准由集体协商确定。工会还请劳模到车间讲课，把多年的窍门教给年轻人，课程放在网上，随时可以看。"
)


def document(name: str, text: str, **fields: object) -> Document:
    plain = Document(name, text, name, "", None, name, name, "", "")
    return replace(plain, **fields)  # type: ignore[arg-type]


def sentences(count: int, seed: int) -> str:
    """Prose of invented words, the same for the same seed; no two seeds share it."""
    chance = random.Random(seed)
    signs = [chr(chance.randrange(0x4E00, 0x9000)) for _ in range(400)]
    return "。".join("".join(chance.choices(signs, k=25)) for _ in range(count))


def edited(text: str, share: float, seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(text) if chance.random() < share else sign for sign in text)


def test_a_signature_has_one_length_and_is_zero_without_text() -> None:
    assert signature(document("a", REPORT)).shape == (LENGTH,)
    assert signature(document("a", REPORT)).dtype == np.uint32
    assert not signature(document("a", "")).any()
    assert not signature(document("a", "。 ，\n!")).any()
    assert not signature(document("a", "都是导航", noise=(Noise(0, 4, "导航菜单"),))).any()


def test_likeness_is_the_share_of_common_shingles() -> None:
    one = letters("甲市总工会今年办了三十场竞赛，请来许多师傅讲课。")
    other = letters("甲市总工会今年办了三十场竞赛，请来不少劳模上台。")
    common = np.intersect1d(shingles(one), shingles(other))
    exact = len(common) / len(np.union1d(shingles(one), shingles(other)))
    estimate = likeness(
        signature_of(one), np.array([signature_of(other), signature_of(one), np.zeros(LENGTH, np.uint32)])
    )
    assert abs(float(estimate[0]) - exact) < 0.15
    assert estimate[1] == 1 and estimate[2] == 0
    assert likeness(np.zeros(LENGTH, np.uint32), np.zeros((1, LENGTH), np.uint32))[0] == 0


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_signature_and_likeness_is_symmetric(one: str, other: str) -> None:
    first, second = signature(document("a", one)), signature(document("b", other))
    assert likeness(first, second[None])[0] == likeness(second, first[None])[0]
    assert matches(first[None], second[None]) == matches(second[None], first[None])


@pytest.mark.parametrize("share", [0.0, 0.02, 0.05])
def test_an_edited_copy_is_found_in_a_library(share: float) -> None:
    texts = [sentences(20, seed) for seed in range(30)]
    copies = [edited(text, share, 1) for text in texts]
    rows = np.array([signature(document(str(i), text)) for i, text in enumerate(texts + copies)])
    assert alike_pairs(rows) == [(i, i + 30) for i in range(30)]
    assert clusters(rows) == [[i, i + 30] for i in range(30)]
    assert matches(rows[30:33], rows[:30]) == [(0, 0), (1, 1), (2, 2)]


def test_noise_script_and_order_do_not_hide_a_copy() -> None:
    plain = "甲市的工会为职工办了一件又一件的实事，大家都说好。今年还要再办五件，请职工来选。"
    menu = "首页 新闻 登录 注册\n"
    copies = [
        "甲市的工會為職工辦了一件又一件的實事，\n大家都說好。今年還要再辦五件，請職工來選。",
        "今年还要再办五件，请职工来选。甲市的工会为职工办了一件又一件的实事，大家都说好。",
        menu + plain,
    ]
    noise = (Noise(0, len(menu), "导航菜单"),)
    documents = [document(str(i), text, noise=noise if text.startswith(menu) else ()) for i, text in enumerate(copies)]
    assert duplicates([document("plain", plain), *documents])["plain"] == ["0", "1", "2"]


def test_a_spun_copy_is_read_with_the_plain_words() -> None:
    plain = document(
        "a", "产业工人队伍建设改革要让劳动者有技能、有地位，职业技能等级认定要公平，教育培训要有质量。" * 2
    )
    spun = "财产工人步队扶植改造要让休息者有技巧、有位置，个人工作技巧品级认定要公平，教导培训要有东西的品质。" * 2
    assert duplicates([plain, document("b", spun)]) == {}
    assert duplicates([plain, document("b", spun, quality=("spun",))]) == {"a": ["b"], "b": ["a"]}


def test_one_form_filled_in_for_two_cities_is_no_copy() -> None:
    one = document("a", FORM.format(city="甲市", a=42, b=3105, c=886, d=57))
    other = document("b", FORM.format(city="乙市", a=19, b=1240, c=315, d=88))
    same = document("c", FORM.format(city="甲市", a=42, b=3105, c=886, d=57).replace("年轻人", "青年人"))
    assert duplicates([one, other, same]) == {"a": ["c"], "c": ["a"]}
    rows = np.array([signature(each) for each in (one, other, same)])
    assert alike_pairs(rows) == [(0, 2)] and matches(rows[1:2], rows[:1]) == []


def test_the_same_words_about_another_place_are_no_copy() -> None:
    one = document("a", REPORT, places=("常州市",))
    other = document("b", REPORT, places=("盐城市",))
    district = document("c", REPORT, places=("大丰区",))
    assert duplicates([one, other, district]) == {"b": ["c"], "c": ["b"]}
    assert not are_elsewhere((), ("盐城市",)) and are_elsewhere(("常州市",), ("盐城市",))


def test_the_caller_may_refuse_a_pair() -> None:
    rows = np.array([signature(document("a", REPORT))] * 3)
    assert clusters(rows) == [[0, 1, 2]]
    assert clusters(rows, keep=lambda one, other: other != 2) == [[0, 1]]
    assert clusters(rows, keep=lambda one, other: False) == clusters(rows[:1]) == clusters(rows[:0]) == []


def test_short_articles_of_one_law_are_kept_apart() -> None:
    one = "企业可以从职工教育经费中提取竞赛的奖金，办法由市总工会规定。"
    other = "企业可以从职工福利经费中提取疗养的费用，办法由市总工会规定。"
    assert duplicates([document("a", one), document("b", other)]) == {}


def test_many_copies_of_one_text_and_a_large_library_take_little_time() -> None:
    same = np.repeat(signature(document("a", REPORT))[None], 3000, axis=0)
    others = np.random.default_rng(1).integers(1, 1 << 32, size=(30_000, LENGTH), dtype=np.uint32)
    library = np.concatenate((same, others))
    start = time.process_time()
    groups = clusters(library)
    assert time.process_time() - start < 5
    assert groups == [list(range(3000))]
    start = time.process_time()
    assert len(matches(same[:1], library)) == 3000
    assert time.process_time() - start < 0.5
