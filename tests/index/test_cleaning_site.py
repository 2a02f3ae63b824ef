import json

from hypothesis import given
from hypothesis import strategies as st

from index.cleaning.site import REASON, SiteLines, find_site_noise, site_lines
from tests.index.pages import REPORT

PARAGRAPHS = REPORT.strip().split("\n")
TITLES = ["丑市把技师请上讲台", "寅县办起工匠学院", "卯市发放技能补贴", "辰区评出首席技师"]
PAGES = [
    f"{title}——工友之窗\n工友之窗欢迎你\n2023年5月{number}日\n{title}{paragraph}\n本窗口由辰区热心人维护\n阅者{number}人"
    for number, (title, paragraph) in enumerate(zip(TITLES, [*PARAGRAPHS, REPORT.strip()], strict=True), start=1)
]
SHELL = ["——工友之窗", "工友之窗欢迎你", "本窗口由辰区热心人维护"]


def noise(text: str, lines: frozenset[str]) -> list[str]:
    return [text[vote.start : vote.end] for vote in find_site_noise(text, lines)]


def test_what_stands_on_every_page_is_the_shell_of_the_site() -> None:
    lines = site_lines(PAGES)
    for number, page in enumerate(PAGES, start=1):
        assert sorted(noise(page, lines)) == sorted([*SHELL, f"阅者{number}人"])
        assert {vote.reason for vote in find_site_noise(page, lines)} == {REASON}


def test_a_page_seen_later_loses_the_same_lines() -> None:
    later = f"巳市开课\n工友之窗欢迎你\n{REPORT}本窗口由辰区热心人维护"
    assert noise(later, site_lines(PAGES)) == ["工友之窗欢迎你", "本窗口由辰区热心人维护"]


def test_two_pages_teach_nothing() -> None:
    assert site_lines(PAGES[:2]) == frozenset()


def test_dates_headings_and_titles_are_no_shell() -> None:
    pages = [f"同一个题目\n2023-05-06\n一、基本情况\n{paragraph}" for paragraph in [*PARAGRAPHS, REPORT]]
    assert [noise(page, site_lines(pages)) for page in pages] == [[]] * 4


def test_a_sentence_with_figures_goes_from_the_tail_of_most_pages_only() -> None:
    sentence = "本报自2001年创刊，读者超过30万。每逢周一出版，欢迎到各县区的报摊购买，也欢迎给编辑部写信提意见。"
    at_head = [f"题目{'一二三四'[at]}\n{sentence}\n{paragraph}" for at, paragraph in enumerate([*PARAGRAPHS, REPORT])]
    at_tail = [f"题目{'一二三四'[at]}\n{paragraph}\n{sentence}" for at, paragraph in enumerate([*PARAGRAPHS, REPORT])]
    assert all(noise(page, site_lines(at_head)) == [] for page in at_head)
    assert all(sentence in noise(page, site_lines(at_tail)) for page in at_tail)


def test_the_call_behind_the_last_sentence_is_learnt() -> None:
    pages = [paragraph + "回到窗口看看别的" for paragraph in PARAGRAPHS]
    assert [noise(page, site_lines(pages)) for page in pages] == [["回到窗口看看别的"]] * 3


def test_sentences_that_differ_in_their_figures_are_what_the_pages_are_about() -> None:
    sentences = [f"{n}号铣床在{n + 2}月检修，耽误{n * 3}小时。" for n in range(1, 6)]
    texts = [f"铣床检修\n{sentence}" for sentence in sentences]
    assert all(noise(text, site_lines(texts)) == [] for text in texts)
    twice = [f"铣床检修\n{sentence}车间又补了{n}个班。" for n, sentence in enumerate(sentences)]
    assert all(noise(text, site_lines(twice)) == [] for text in twice)
    bodies = [*PARAGRAPHS, "".join(PARAGRAPHS)]
    calls = [f"{title}\n{bodies[n]}\n读者热线电话{n}次未通，请改日再拨。" for n, title in enumerate(TITLES)]
    assert noise(calls[0], site_lines(calls)) == ["读者热线电话0次未通，请改日再拨。"]


def test_a_path_above_the_titles_is_learnt_and_a_title_is_not() -> None:
    path = "窗口栏目 技能天地"
    bodies = [*PARAGRAPHS, "".join(PARAGRAPHS)]
    pages = [f"{path}\n{title}\n{body}" for title, body in zip(TITLES, bodies, strict=True)]
    assert [noise(page, site_lines(pages)) for page in pages] == [[path]] * 4
    series = [f"工友通讯第{n}期\n{title}\n{bodies[n]}" for n, title in enumerate(TITLES)]
    assert [noise(page, site_lines(series)) for page in series] == [[]] * 4
    copies = [f"{TITLES[0]}\n工友之窗\n{REPORT}" for _ in TITLES]
    assert all(TITLES[0] not in noise(page, site_lines(copies)) for page in copies)


def test_counts_are_plain_data_and_go_on_where_they_were() -> None:
    seen = SiteLines()
    for page in PAGES[:2]:
        seen.add(page)
    again = SiteLines.from_json(json.loads(json.dumps(seen.as_json())))
    for page in PAGES[2:]:
        again.add(page)
    assert again.lines() == site_lines(PAGES)


def test_damaged_counts_are_counts_of_nothing() -> None:
    assert SiteLines.from_json({"pages": "4", "counts": []}) == SiteLines()


def test_the_memory_of_a_site_is_bounded() -> None:
    seen = SiteLines()
    for number in range(1500):
        seen.add(
            "\n".join(["题目", "共有的一行", *(f"{chr(0x4E00 + number)}{chr(0x5000 + at)}行" for at in range(40))])
        )
    assert len(seen.counts) <= 20_000 + 60
    assert "<共有的一行" in seen.lines()


@given(st.lists(st.text(alphabet="甲乙丙。 \n-|1２\r\u2028", max_size=60), max_size=6))
def test_votes_lie_inside_and_hold_no_blank_edge(texts: list[str]) -> None:
    lines = site_lines(texts)
    for text in texts:
        for vote in find_site_noise(text, lines):
            assert 0 <= vote.start < vote.end <= len(text)
