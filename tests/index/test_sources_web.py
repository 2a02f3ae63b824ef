"""Web pages as real sites write them: layouts, hidden text, tables, frames, entities, declarations; all sentences are our own."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources import html
from index.sources.html import read_html
from index.sources.html_attributes import without_floods
from index.sources.page import Page
from tests.index.pages import REPORT, TRADITIONAL

PARAGRAPHS = REPORT.strip().split("\n")
MENU = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(("首页", "要闻", "工会", "专题", "图片")))


def page_of(body: str, head: str = "") -> Page:
    page = read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "页.html")
    assert all(page.text[heading.start : heading.end] == heading.text for heading in page.headings)
    return page


def paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in PARAGRAPHS)


# Pages as five kinds of content management write them; each must keep all three paragraphs.
LAYOUTS = {
    "tables as layout": f"<table><tr><td><table><tr><td>{MENU}</td></tr></table></td><td><table><tr><td><b>甲市产改见成效</b></td></tr>"
    f"<tr><td>{'<br><br>'.join(PARAGRAPHS)}</td></tr></table></td></tr><tr><td colspan=2>版权所有</td></tr></table>",
    "breaks only": f"<div id=nav>{MENU}</div><div class=content>{'<br/>　　'.join(PARAGRAPHS)}</div>",
    "nested div": f"<div class='has-sidebar menu-open'><div><div>{paragraphs('div')}</div></div></div><footer>版权所有</footer>",
    "form around the page": f"<form id=aspnetForm><div class=nav><ul>{MENU}</ul></div><div>{paragraphs()}</div></form>",
    "spans with fonts": f"<div>{''.join(f'<p><span><font>{p[:20]}</font></span><span>{p[20:]}</span></p>' for p in PARAGRAPHS)}</div>",
    "a script longer than the text": f"<div class='main share-wrap'><script>{'var a = 1;' * 900}</script>{paragraphs()}</div>",
    "one paragraph far from the rest": f"<div>{PARAGRAPHS[0]}</div><div class=adv><img></div><section>{PARAGRAPHS[1]}</section>"
    f"<div><div><div><p>{PARAGRAPHS[2]}</p></div></div></div>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_paragraph_of_every_layout_is_kept(layout: str) -> None:
    text = page_of(LAYOUTS[layout]).text
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert "var a" not in text


def test_menus_and_imprints_by_tag_or_name_stay_out() -> None:
    page = page_of(
        f"<nav>{MENU}</nav><div class='crumbs'>当前位置：<a>首页</a></div><h1>甲市产改见成效</h1>{paragraphs()}"
        "<div class='footer'><p>本站内容未经书面同意，任何单位不得复制、镜像或作他用，请予配合。</p></div>"
    )
    assert page.text.split("\n") == ["甲市产改见成效", *PARAGRAPHS]


def test_scripts_templates_and_hidden_elements_never_come_out() -> None:
    unseen = (
        "<script>暗一</script><style>.a{content:'暗二'}</style><template><p>暗三</p></template><noscript>暗四</noscript>"
        "<div style='DISPLAY : none'>暗五</div><p hidden>暗六</p><div style='position:absolute;left:-9999px'>暗七</div>"
        "<textarea>暗八</textarea><select><option>暗九</option></select><!-- 暗十 --><span style='font-size:0'>暗十一</span>"
    )
    text = page_of(f"<div>{unseen}{paragraphs()}{unseen}</div>").text
    assert "暗" not in text
    assert all(paragraph in text for paragraph in PARAGRAPHS)


def test_pinyin_above_characters_is_left_out_and_pinyin_in_brackets_stays() -> None:
    text = page_of(f"<p><ruby>產<rp>(</rp><rt>chǎn</rt><rp>)</rp></ruby>業(yè)工人。</p>{paragraphs()}").text
    assert text.startswith("產業(yè)工人。")


def test_entities_are_read_once_or_twice_and_markup_shown_as_text_is_taken_out() -> None:
    text = page_of(
        "<p>&#20135;&#x4e1a;&ldquo;工人&rdquo;&nbsp;队伍</p><p>&amp;ldquo;甲市&amp;rdquo;&amp;#24037;会</p>"
        f"<p>&lt;p&gt;第一句话在这里。&lt;/p&gt;&lt;p&gt;&lt;strong&gt;第二句&lt;/strong&gt;在这里。&lt;/p&gt;</p>{paragraphs()}"
    ).text
    assert text.split("\n")[:4] == ["产业“工人” 队伍", "“甲市”工会", "第一句话在这里。", "第二句在这里。"]


def test_a_line_end_of_the_source_parts_no_chinese_word() -> None:
    text = page_of(f"<p>甲市深化产业工人队伍建设改\n      革，实施 skill\n up 计划。</p>{paragraphs()}").text
    assert text.startswith("甲市深化产业工人队伍建设改革，实施 skill up 计划。")


def test_data_tables_keep_their_header_on_every_row() -> None:
    rows = "".join(f"<tr><td>{place}</td><td>{count}家</td><td>{people}</td></tr>" for place, count, people in ROWS)
    page = page_of(
        f"{paragraphs()}<table><tr><td>城市</td><td>产业学院</td><td>培训人数</td></tr>{rows}</table>"
        "<table><thead><tr><th rowspan=2>城市</th><th colspan=2>人数</th></tr></thead>"
        "<tr><th>去年</th><th>今年</th></tr><tr><td>丙市</td><td>12</td><td>15</td></tr></table>"
    )
    assert "\n城市：甲市；产业学院：3家；培训人数：1200\n城市：乙市；产业学院：5家；培训人数：2300\n" in page.text
    assert "丙市" in page.text.split("\n")[-1]
    assert "今年：15" in page.text.split("\n")[-1]


ROWS = (("甲市", "3", "1200"), ("乙市", "5", "2300"))


def test_headings_keep_their_levels_and_numbered_lists_their_marks() -> None:
    page = page_of(
        f"<h1>甲市产改<br>见成效</h1><h2>做法</h2><p>{PARAGRAPHS[0]}</p><p><strong>一、补贴的办法</strong></p><p>{PARAGRAPHS[1]}</p>"
        "<ol start=3><li>先办班。</li><li>再评定。</li></ol><ul><li>1、上讲台，带徒弟。</li></ul>" + paragraphs()
    )
    assert [(heading.level, heading.text) for heading in page.headings] == [
        *((1, "甲市产改 见成效"), (2, "做法"), (2, "一、补贴的办法"))
    ]
    assert "\n3. 先办班。\n4. 再评定。\n1、上讲台，带徒弟。\n" in page.text


def test_a_page_inside_an_iframe_is_read_and_a_script_in_it_is_not() -> None:
    inner = paragraphs().replace('"', "&quot;")
    text = page_of(f'<h1>甲市产改见成效</h1><iframe srcdoc="<script>暗</script>{inner}"></iframe>').text
    assert text.split("\n") == ["甲市产改见成效", *PARAGRAPHS]


def test_frames_that_lie_elsewhere_are_named() -> None:
    markup = (
        "<html><frameset cols='20%,*'><frame src='menu.htm'><frame src='text/正文.htm'>"
        "<noframes>请升级浏览器</noframes></frameset></html>"
    )
    with pytest.raises(SourceError, match=r"只有框架.*menu\.htm、正文\.htm.*另存"):
        read_html(markup.encode(), "框.html")
    whole = markup.replace("请升级浏览器", f"<body><p>{REPORT}</p></body>")
    assert PARAGRAPHS[1] in read_html(whole.encode(), "框.html").text


def test_a_tag_page_of_one_headline_is_kept_as_it_is() -> None:
    assert page_of("<div class=tag><a href=1>甲市产改见成效</a></div>").text == "甲市产改见成效"


def test_half_tags_template_residue_and_bars_swallow_no_text_behind_them() -> None:
    text = page_of(
        f"<p>甲市要?兑现补贴。?/p><p>{PARAGRAPHS[0]}</p><p>[db:版面标题1]</p><p>|||||</p><p {PARAGRAPHS[1]}<p>{PARAGRAPHS[2]}</p</div>"
        "<p>a < b，乙市也办了班。</p>"
    ).text
    assert all(
        part in text for part in ("甲市要?兑现补贴。", PARAGRAPHS[0], "[db:版面标题1]", PARAGRAPHS[2], "乙市也办了班。")
    )


def test_look_alike_glyphs_and_odd_punctuation_stay_as_they_are_written() -> None:
    line = "⼯⼈队伍，，建设 改 ⾰, 。全市⼀千余⼈．"
    assert page_of(f"<p>{line}</p>{paragraphs()}").text.startswith(line)


def test_a_newspaper_page_of_headlines_and_a_bilingual_page_are_kept_whole() -> None:
    headlines = "甲市产改见成效 乙市办了工匠学院 丙市技能比武收官 丁市职工书屋上新 " * 5
    english = "Theworkersofthecitylearnnewskillsinthenewacademy.Trainingisfree. " * 4
    text = page_of(f"<div>{headlines}</div><div>{english}</div><p>{PARAGRAPHS[0]}</p>").text
    assert [line.strip() for line in text.split("\n")] == [headlines.strip(), english.strip(), PARAGRAPHS[0]]


def test_headline_and_body_on_different_subjects_keep_both() -> None:
    page = page_of(
        f"<h1>今日钢材价格走势分析一览</h1>{paragraphs()}", "<title>今日钢材价格走势分析一览_某资讯网</title>"
    )
    assert page.title == "今日钢材价格走势分析一览"
    assert page.text.split("\n") == [page.title, *PARAGRAPHS]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>甲市产改见成效-工会-甲市新闻网</title>",
            "<h1>甲市新闻网</h1><h1>甲市产改见成效</h1>",
            "甲市产改见成效",
        ),
        ("<title>甲市产改见成效_甲市新闻网</title>", "<h1>甲市新闻网</h1>", "甲市产改见成效"),
        ("<title>甲报数字报</title>", "<h2>甲市产改见成效</h2>", "甲市产改见成效"),
        ("<meta name=ArticleTitle content='甲市产改见成效'><title>详细内容</title>", "", "甲市产改见成效"),
        ("<meta property=og:title content='甲市产改见成效 - 甲市新闻网'>", "", "甲市产改见成效"),
    ],
)
def test_the_title_is_that_of_the_article_and_not_of_the_site(head: str, body: str, title: str) -> None:
    assert page_of(body + paragraphs(), head).title == title


def test_what_the_page_states_about_itself_is_read_from_meta_json_and_time() -> None:
    meta = "<meta name=PubDate content='2024-04-01 08:30'><meta name=Author content='王一'><meta name=ContentSource content='甲市日报'>"
    page = page_of(paragraphs(), meta)
    assert (page.published, page.author, page.source) == ("2024-04-01", "王一", "甲市日报")
    block = (
        '<script type="application/ld+json">{"@context": "x", "@graph": [{"@type": "WebSite", "name": "站"}, {"@type": ["NewsArticle"],'
        '"datePublished": "2023-05-06T10:00:00+08:00", "author": [{"name": "李二"}], "publisher": {"name": "乙报"}}]}</script>'
    )
    page = page_of(paragraphs(), block)
    assert (page.published, page.author, page.source) == ("2023-05-06", "李二", "乙报")
    assert page_of(paragraphs(), block.replace("]}", "")).published is None
    assert page_of(f"<time datetime='2022-11-09T01:02'>昨天</time>{paragraphs()}").published == "2022-11-09"


def test_a_government_page_gives_number_date_and_body() -> None:
    page = page_of(
        "<table><tr><td>索引号</td><td>0001</td><td>发文字号</td><td>甲工发﹝2021﹞３号</td></tr>"
        "<tr><td>发布机构</td><td>甲市总工会</td><td>成文日期</td><td>二〇二一年十月二十二日</td></tr></table>"
        f"<h1>关于印发办法的通知</h1>{paragraphs()}<p>甲市总工会</p><p>2021年10月22日</p>"
    )
    assert (page.number, page.published, page.title) == ("甲工发〔2021〕3号", "2021-10-22", "关于印发办法的通知")


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "no-such", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_a_wrong_or_missing_declaration_loses_nothing(declared: str, encoding: str) -> None:
    head = f"<meta charset='{declared}'>" if declared else ""
    markup = f"<html><head>{head}<title>甲市产改见成效</title></head><body>{paragraphs()}</body></html>"
    assert read_html(markup.encode(encoding), "页.html").text.split("\n") == PARAGRAPHS


def test_a_big5_page_is_read_whatever_it_declares() -> None:
    markup = f"<html><head><meta charset=gb2312></head><body><p>{TRADITIONAL}</p><p>{TRADITIONAL}</p></body></html>"
    assert read_html(markup.encode("big5"), "頁.html").text.split("\n") == [TRADITIONAL, TRADITIONAL]


FLOODS = [
    " ".join(f"a{at}=b" for at in range(30_000)),
    "".join(f'a{at}="<>"' for at in range(30_000)),
    "/".join(f"a{at}" for at in range(30_000)),
    "' \" " + " < ".join(f"a{at}" for at in range(30_000)),
    "x=a'b " + " ".join(f"a{at}" for at in range(30_000)),
]


@pytest.mark.parametrize("flood", FLOODS)
def test_a_tag_of_countless_attributes_costs_no_time_and_no_text(flood: str) -> None:
    start = time.process_time()
    page = page_of(
        f"<script>if (a<b) {{ {'c d ' * 500} }}</script><!-- a <b {'c ' * 500}--><p {flood}>甲市的话。</p>{paragraphs()}"
    )
    assert time.process_time() - start < 2
    assert page.text.split("\n") == ["甲市的话。", *PARAGRAPHS]


@pytest.mark.parametrize("unit", ["<a", '<a b="', "<script <", "<script>a<b", "<!--", "<a '\"", "<p = "])
def test_attributes_are_looked_at_in_linear_time(unit: str) -> None:
    start = time.process_time()
    without_floods(unit * 300_000)
    assert time.process_time() - start < 2


def test_an_ordinary_page_keeps_its_attributes() -> None:
    frame = f'<iframe srcdoc="{"<p>一 二 三</p>" * 300}"></iframe><p class="a b">甲</p>'
    assert without_floods(frame) == frame


TAGS = [
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "<h1>",
    "<ol>",
    "<li>",
    "</li>",
    "<br>",
    "</div>",
    "<div hidden>",
    "</table>",
]
DEBRIS = [
    "<iframe srcdoc='<p>甲'>",
    "&#0;",
    "&amp;lt;p",
    "甲市",
    "。",
    "<td rowspan=99999 colspan=9999>",
    "<noframes>",
    "<frameset>",
]
MARKUP = st.lists(st.sampled_from([*TAGS, *DEBRIS]), max_size=60).map(lambda parts: "".join(parts).encode())


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), MARKUP))
def test_any_markup_gives_a_page_or_a_clear_line(data: bytes) -> None:
    try:
        page = read_html(data, "任意.html")
    except SourceError as error:
        assert "任意.html" in str(error)
    else:
        assert page.text.strip()


@pytest.mark.parametrize(
    "unit", ["<div>", "<table><tr><td>", "<p>甲市", "<ol><li>", "<a><b>", "&amp;lt;p&amp;gt;", "<nav>甲<p>"]
)
def test_hostile_markup_takes_bounded_time(unit: str) -> None:
    start = time.process_time()
    assert PARAGRAPHS[1] in read_html(("<html><body>" + unit * 3_000 + REPORT).encode(), "深.html").text
    assert time.process_time() - start < 10


def test_a_dump_of_endless_tags_is_refused_and_a_long_text_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "TAGS_MOST", 20)
    with pytest.raises(SourceError, match=r"库\.html 有 41 个标签，超过上限 20"):
        read_html(b"<p>" + "<br>甲".encode() * 40, "库.html")
    long = REPORT.replace("\n", "") * 25_000
    assert read_html(f"<p>{long}".encode(), "长.html").text == long


def test_a_page_too_deep_for_the_extractor_keeps_its_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "DEPTHS_MOST", 0)
    page = page_of(f"<nav>{MENU}</nav><h1>甲市产改见成效</h1>{paragraphs()}<div class=related><a>乙市</a></div>")
    assert page.text.split("\n") == ["甲市产改见成效", *PARAGRAPHS]
