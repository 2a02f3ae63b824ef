"""The search form: one form for one expression, a map that always leads back, nothing left to do on a second look."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.normalise import normalise, normalise_marks, part_of_form, search_form
from index.normalise.characters import fold, simplify
from index.normalise.spun import TERMS, spun_terms
from index.types import Span

MESS = st.text(
    alphabet=st.one_of(
        st.sampled_from("〇零一二三四五六七八九十百千万亿两余多几第个家名年月日号条类线体大点分之半"),
        st.sampled_from("0123456789.,，。；、！:：％% \n　()（）[]“”「」-"),
        st.sampled_from("产業產隊伍乾隆後臺著麼職⻚⾸⼯①²㎡ａＢＣéǎgongchǎn🛵\u200b\ufeff"),
        st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=("Cs",)),
    ),
    max_size=60,
)
# Half of a surrogate pair is no character, but damaged files hold it.
DAMAGED = st.text(
    st.one_of(st.sampled_from("\ud800\udfff産業,，十万 "), st.characters(categories=("Cs", "Lo", "So"))), max_size=30
)


@given(MESS, st.booleans())
@settings(max_examples=400, deadline=None)
def test_every_character_of_the_form_leads_back_to_the_text(text: str, spun: bool) -> None:
    form = normalise(text, spun)
    assert len(form.text) == len(form.starts) == len(form.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(form.starts, form.ends, strict=True))
    assert list(form.starts) == sorted(form.starts)
    assert list(form.ends) == sorted(form.ends)


@given(MESS)
@settings(max_examples=600, deadline=None)
def test_a_search_form_is_its_own_search_form(text: str) -> None:
    once = search_form(text)
    assert search_form(once) == once


@given(DAMAGED, st.booleans())
@settings(max_examples=200, deadline=None)
def test_damaged_text_has_a_form_and_a_map_as_well(text: str, spun: bool) -> None:
    form = normalise(text, spun)
    assert len(form.text) == len(form.starts) == len(form.ends)
    assert search_form(form.text) == form.text or spun


@given(MESS)
@settings(max_examples=300, deadline=None)
def test_folding_and_simplifying_are_one_to_one(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(simplify(folded)) == len(text)
    assert fold(folded) == folded
    assert all(new == old or fold(old) == new for old, new in zip(text, folded, strict=True))


@given(MESS, st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_a_part_of_the_form_is_what_begins_in_that_part_of_the_text(text: str, start: int, end: int) -> None:
    form = normalise(text)
    expected = "".join(sign for sign, at in zip(form.text, form.starts, strict=True) if start <= at < end)
    assert part_of_form(form, start, end) == expected


@given(MESS, st.lists(st.integers(0, 60), max_size=8))
@settings(max_examples=300, deadline=None)
def test_marks_lead_back_to_the_whole_text(text: str, cuts: list[int]) -> None:
    at = sorted({min(cut, len(text)) for cut in cuts})
    marks = [Span(start, end) for start, end in zip(at[::2], at[1::2], strict=False) if start < end]
    form = normalise_marks(text, marks)
    allowed = {i for mark in marks for i in range(mark.start, mark.end)} | {
        i for i, sign in enumerate(text) if sign == "\n"
    }
    assert all(start in allowed and end - 1 in allowed for start, end in zip(form.starts, form.ends, strict=True))
    if marks == [Span(0, len(text))]:
        assert form == normalise(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("十五家", "15家"),
        ("一千零二十家", "1020家"),
        ("二〇二五年", "2025年"),
        ("二○二五年十二月", "2025年12月"),
        ("一九四九年", "1949年"),
        ("百分之十五", "15%"),
        ("百分之十五点五", "15.5%"),
        ("百分之百", "100%"),
        ("５４.２％", "54.2%"),
        ("1.5万人", "15000人"),
        ("15.19万名", "151900名"),
        ("13亿元", "1300000000元"),
        ("近1.3亿元", "近130000000元"),
        ("1,020家", "1020家"),
        ("1,234,567人", "1234567人"),
        ("在100，200两处", "在100，200两处"),
        ("两家", "2家"),
        ("两万五千人", "25000人"),
        ("两万五千名职工", "25000名职工"),
        ("2万5千人", "25000人"),
        ("三百二十名", "320名"),
        ("10余万人", "100000余人"),
        ("十余万人", "100000余人"),
        ("百余家", "100余家"),
        ("近百家", "近100家"),
        ("千名以上", "1000名以上"),
        ("三点五万元", "35000元"),
        ("第十二条", "第12条"),
        ("第一条", "第1条"),
        ("五大任务", "5大任务"),
        ("八级工", "8级工"),
        ("十万千瓦", "100000千瓦"),
        ("二十一线职工", "20一线职工"),
        ("二十大精神", "20大精神"),
        ("七部门", "7部门"),
    ],
)
def test_numerals_become_digits(text: str, form: str) -> None:
    assert search_form(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "一线职工", "统一部署", "一些企业", "三农", "万一", "一体推进", "第一", "第一线", "五一劳动奖章", "三八红旗手", "一次性补贴",
        "十分重要", "一部分", "一批企业", "数十家", "几百人", "七八个", "二三十家", "十四五规划", "十三五", "万亿之城", "亿万职工",
        "千家万户", "万家灯火", "一带一路", "统一个人所得税", "三门峡市", "五台县", "万年县", "010-84151598", "10:30", "2021.10",
        "5千瓦", "2020千人", "百年大计", "三分之一", "成千上万", "千万不要", "一项项改革", "部分三线",
    ],
)  # fmt: skip
def test_words_and_dates_keep_their_numerals(text: str) -> None:
    assert search_form(text) == text


def test_question_and_document_meet() -> None:
    pairs = [
        ("試點企業一千零二十家", "试点企业1020家"),
        ("產(chǎn)業(yè)工(gong)(gong)人隊(duì)伍", "产业工人队伍"),
        ("技能(jìnéng)人才", "技能人才"),
        ("面(🛵)对", "面对"),
        ("改 革", "改革"),
        ("建成 18 个", "建成18个"),
        ("⾸⻚⼯⼈", "首页工人"),
        ("ＡＰＰ「南网ｅ家」", 'app"南网e家"'),
        ("慰\n\n问帮扶", "慰问帮扶"),
        ("2021年10月22日", "二〇二一年十月二十二日"),
        ("乾燥、乾隆", "干燥、乾隆"),
        ("隨著顯著", "随着显著"),
        ("傢俱、打坏的坏", "家具、打坯的坏"),
        ("工会，，服务", "工会，服务"),
        ("看一看 ,， 再说", "看一看，再说"),
        ("办实事 , 。会后", "办实事。会后"),
        ("帮扶、，培训", "帮扶，培训"),
        ("面(★)对(▲)", "面对"),
    ]
    for left, right in pairs:
        assert search_form(left) == search_form(right)


def test_abbreviations_in_brackets_are_no_pinyin() -> None:
    assert search_form("人工智能(AI)和应用(app)") == "人工智能(ai)和应用(app)"
    assert (
        search_form("京东方（BOE）和航天局（NASA）")
        == search_form("京东方(boe)和航天局(nasa)")
        == "京东方(boe)和航天局(nasa)"
    )
    assert search_form("技能(jìnéng)和蚌埠(bengbu)和工(gong)") == "技能和蚌埠(bengbu)和工"


def test_a_line_break_between_numerals_keeps_them_apart() -> None:
    assert search_form("第十\n二十家") == "第十 20家"


def test_the_form_of_a_figure_spans_all_of_it() -> None:
    text = "建成一千零二十家企业"
    form = normalise(text)
    at = form.text.index("1020")
    span = form.span(at, at + 4)
    assert text[span.start : span.end] == "一千零二十"


def test_marks_join_what_noise_had_cut() -> None:
    text = "蚌埠小樹屋市聚焦\n分享到微信\n隊伍"
    form = normalise_marks(text, [Span(0, 2), Span(5, 8), Span(15, 17)])
    assert form.text == "蚌埠市聚焦队伍"
    at = form.text.index("市")
    assert form.span(at, at + 1) == Span(5, 6)


def test_spun_words_are_read_as_the_plain_ones() -> None:
    assert search_form("財產工人步隊扶植改造", spun=True) == "产业工人队伍建设改革"
    assert search_form("個人工作技巧品級認定", spun=True) == "职业技能等级认定"
    assert search_form("安徽水利開闢無限公司", spun=True).endswith("有限公司")
    assert search_form("古代學徒制、二十年夜、民國平易近", spun=True) == "现代学徒制、20大、民国民"
    assert search_form("休息比賽") == "休息比赛"


def test_the_list_of_spun_terms_is_long_unique_and_settled() -> None:
    terms = spun_terms()
    rows = [line for line in TERMS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert len(rows) == len(terms) >= 80
    for spun, plain in terms.items():
        assert simplify(fold(spun)) == spun, f"{spun} is not in simplified characters"
        assert spun != plain
        assert search_form(plain, spun=True) == search_form(plain), f"{plain} holds a spun term itself"


def test_the_spun_seed_reads_like_the_field(shared: Path) -> None:
    text = (shared / "corpus" / "seeds" / "002_f7ade3950d8381b8.txt").read_text(encoding="utf-8")
    form = search_form(text, spun=True)
    assert len(re.findall("产业工人队伍建设改革", form)) >= 10
    for word in ("财产工人", "步队", "教导", "黉舍", "平易近", "个人工作", "无限公司"):
        assert word not in form


def test_only_a_bracket_with_nothing_but_pinyin_or_a_symbol_is_taken_out() -> None:
    for text in ("增长(≥5%)", "第1组(①)", "(★)开头", "项目(a)", "是否(○)"):
        assert search_form(text) == text


def test_every_character_that_the_dictionary_changes_is_known_to_the_table() -> None:
    import opencc

    convert = opencc.OpenCC("t2s").convert
    blocks = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20))
    signs = [chr(code) for first, last in blocks for code in range(first, last)]
    changed = [sign for sign, form in zip(signs, convert("\n".join(signs)).split("\n"), strict=True) if sign != form]
    assert len(changed) > 3000
    assert all(simplify(sign) == convert(sign) for sign in changed if len(convert(sign)) == 1)


def test_a_form_is_made_in_time_linear_in_the_text() -> None:
    def seconds(text: str) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            normalise(text)
            times.append(time.process_time() - start)
        return min(times)

    for unit in ("一", "1,", "1.", "(", "工(", "(a", " 甲", "，", "1万", "百分之", "２", "\u200b", "産 "):
        seconds(unit * 100)
        assert seconds(unit * 40_000) < 30 * max(seconds(unit * 4_000), 0.001), unit
