"""Web pages, encodings, structure and metadata as real pages show them; all sentences are our own."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources.authors import find_author
from index.sources.dates import completed_date, iso_date
from index.sources.document_number import find_number
from index.sources.encoding import decode
from index.sources.headings import find_headings
from index.sources.html import read_html
from index.sources.metadata import find_published, find_source, find_title
from index.sources.page import Page
from index.sources.plain import read_plain
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


def test_a_file_of_two_encodings_is_read_line_by_line() -> None:
    parts = ((REPORT, "gb18030"), (REPORT, "utf-8"), ("网站首页 联通 工会\n", "gb18030"), (REPORT, "utf-8"))
    assert decode(b"".join(text.encode(encoding) for text, encoding in parts), "杂.txt") == "".join(
        text for text, _ in parts
    )
    mixed = TRADITIONAL.encode("big5") + b"<br>" + TRADITIONAL.encode()
    assert decode(mixed, "雜.txt") == f"{TRADITIONAL}<br>{TRADITIONAL}"


@given(st.integers(0, len(REPORT.encode()) - 1), st.sampled_from(["utf-8", "gb18030"]))
def test_one_damaged_byte_costs_a_few_characters_and_not_the_file(at: int, encoding: str) -> None:
    data = bytearray((REPORT * 3).encode(encoding))
    data[at] = 0xFF
    text = decode(bytes(data), "损.txt")
    assert text.endswith(REPORT[-20:])
    assert sum(paragraph in text for paragraph in PARAGRAPHS) == 3


@pytest.mark.parametrize("unit", [b"\xff<", b"\xb0\xa1<\xe4\xb8\x80<", b"\xb0\xa1\n", b"\x81"])
def test_hostile_bytes_are_told_in_time(unit: bytes) -> None:
    start = time.process_time()
    try:
        assert decode(unit * 200_000, "怪.txt")
    except SourceError as error:
        assert "怪.txt" in str(error)
    assert time.process_time() - start < 3


def test_text_that_breaks_off_in_a_character_is_kept() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert decode((REPORT + "完").encode(encoding)[:-1], "断.txt").startswith(REPORT.rstrip())


def test_a_law_has_its_divisions_and_the_numbers_of_its_articles() -> None:
    law = (
        f"第一编 总则\n第一章 一般规定\n第一节 范围\n第一条　{PARAGRAPHS[0]}\n第二条之一 {PARAGRAPHS[1]}\n"
        f"第一条生产线投产，工人{PARAGRAPHS[2]}\n"
    )
    headings = find_headings(law)
    assert [(heading.level, heading.text) for heading in headings] == [
        *((1, "第一编 总则"), (2, "第一章 一般规定"), (3, "第一节 范围"), (4, "第一条"), (4, "第二条之一"))
    ]
    assert all(law[heading.start : heading.end] == heading.text for heading in headings)
    chapters = find_headings(law.replace("第一编 总则\n", ""))
    assert [heading.level for heading in chapters] == [1, 2, 4, 4]


def test_a_numbered_point_is_a_heading_only_where_it_is_short_and_alone() -> None:
    body = PARAGRAPHS[1]
    text = f"{body}\n1.把讲台搬进车间\n{body}\n2.{body}\n3.办班，\n{body}\n"
    assert [(heading.level, heading.text) for heading in find_headings(text)] == [(4, "1.把讲台搬进车间")]


def test_the_header_row_of_a_markdown_table_is_a_heading_and_its_rule_is_noise() -> None:
    table = "## 进度\n\n| 城市 | 产业学院 |\n|:---|---:|\n| 甲市 | 3家 |\n| 乙市 | 5家 |\n"
    page = read_plain((REPORT + table).encode(), "表.md")
    assert [page.text[vote.start : vote.end] for vote in page.noise] == ["|:---|---:|"]
    assert [(heading.level, heading.text) for heading in find_headings(page.text, page.noise)] == [
        *((2, "进度"), (6, "| 城市 | 产业学院 |"))
    ]


def test_a_rule_below_prose_is_no_table() -> None:
    page = read_plain(f"甲市的事\n---\n{REPORT}".encode(), "线.md")
    assert page.noise == ()
    assert find_headings(page.text) == ()


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("二〇二一年十月二十二日", "2021-10-22"),
        ("二○二四年元月三十一日", "2024-01-31"),
        ("二零一九年十二月十日", "2019-12-10"),
        ("一九九八年四月廿五日", "1998-04-25"),
        ("２０２１年１０月２２日", "2021-10-22"),
        ("2021-10-22T10:17:00+08:00", "2021-10-22"),
        ("2021.10.22", "2021-10-22"),
        ("二〇二一年二月三十日", None),
    ],
)
def test_dates_in_every_writing_become_iso(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


def test_a_date_without_its_year_takes_the_only_one_that_the_page_names() -> None:
    assert completed_date("10月22日 10:17", "甲市2021年工作") == "2021-10-22"
    assert completed_date("10月22日", "2021年比2020年") is None
    assert completed_date("2月30日", "2021年") is None
    assert find_published(f"甲市2021年产改见成效\n发布时间：10月22日 10:17\n{REPORT}") == "2021-10-22"
    assert find_published(f"甲市产改见成效\n10月22日，会议开了。\n{REPORT}2021年\n") is None


@pytest.mark.parametrize(
    ("tail", "iso"),
    [
        ("甲市总工会\n二〇二一年十月二十二日", "2021-10-22"),
        ("（此件公开发布）\n甲市总工会办公室　　　　2021年10月22日印发", "2021-10-22"),
        ("这项办法到2021年10月22日为止。", None),
    ],
)
def test_the_day_below_a_signature_is_the_date(tail: str, iso: str | None) -> None:
    assert find_published("关于办法的通知\n" + REPORT + tail) == iso


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("甲市产改见成效\n作者：王一 来源：甲报\n" + REPORT, "王一"),
        ("甲市产改见成效\n本报记者 郑 一 通讯员 白家二\n" + REPORT, "郑一、白家二"),
        ("甲报-乙网记者康一 通讯员白家二\n" + REPORT, "康一、白家二"),
        ("本报讯（记者王一李二）昨天，" + REPORT, "王一、李二"),
        (REPORT * 4 + "（甲省工人日報記者 夏一）", "夏一"),
        ("甲市产改见成效\n文/王一 图/李二\n" + REPORT, "王一"),
        ("甲市产改见成效\n本报记者 买买提·艾力\n" + REPORT, "买买提·艾力"),
        ("甲市产改见成效\n作者：甲市总工会\n" + REPORT, "甲市总工会"),
        ("记者从甲市总工会了解到，办班的事已经定下。" + REPORT, ""),
        ("记者在车间看到，老师傅正在讲课。" + REPORT, ""),
        ("甲市产改见成效\n责任编辑：王一\n" + REPORT, ""),
    ],
)
def test_authors_are_read_from_bylines_and_never_from_prose(text: str, author: str) -> None:
    assert find_author(text) == author


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("甲市总工会文件\n总工发〔2018〕12号\n关于办法的通知\n", "总工发〔2018〕12号"),
        ("苏政办发［２０２１］３号　　签发人：王一\n", "苏政办发〔2021〕3号"),
        ("甲市产改见成效\n文　号：国发﹝2018﹞第11号 主题词：工会\n", "国发〔2018〕11号"),
        ("关于印发办法的通知（甲工发【2020】7号）\n", "甲工发〔2020〕7号"),
        ("甲工發(2020)7號\n", "甲工发〔2020〕7号"),
        ("转发上级办法的通知（甲工发【2020】7号）\n", ""),
        ("根据总工发〔2018〕12号文件，我们办了三个班。\n", ""),
        ("甲市按照《办法》（甲政发〔2019〕4号）的要求，开了班。\n", ""),
    ],
)
def test_only_the_number_that_is_the_documents_own_counts(text: str, number: str) -> None:
    assert find_number(text + REPORT) == number


SIGNS = st.sampled_from(
    [*"年月日〔〕（()）:：|-—#*记者作者文号来源发布时间 \n\t20211一二、。<>&;", "记者", "第一条", "|---|"]
)


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=200), st.lists(SIGNS, max_size=120).map("".join)))
def test_any_text_has_its_metadata_read_without_a_fall(text: str) -> None:
    headings = find_headings(text)
    assert all(text[heading.start : heading.end] == heading.text for heading in headings)
    assert [heading.start for heading in headings] == sorted(heading.start for heading in headings)
    assert find_title(text, ())
    for found in (find_source(text), find_author(text), find_number(text)):
        assert "\n" not in found
    iso = find_published(text)
    assert iso is None or len(iso) == 10


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
    "text",
    [
        "来源：" * 20_000,
        "（记者" * 20_000,
        "2021年" * 20_000,
        "|---" * 20_000,
        " \n" * 40_000 + "甲",
        "第一条 甲\n" * 20_000,
        "【〔（2021" * 9_000,
    ],
)
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    start = time.process_time()
    find_headings(text)
    find_title(text, ())
    find_published(text)
    find_source(text)
    find_author(text)
    find_number(text)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "unit", ["<div>", "<table><tr><td>", "<p>甲市", "<ol><li>", "<a><b>", "&amp;lt;p&amp;gt;", "<nav>甲<p>"]
)
def test_hostile_markup_takes_bounded_time(unit: str) -> None:
    start = time.process_time()
    assert PARAGRAPHS[1] in read_html(("<html><body>" + unit * 3_000 + REPORT).encode(), "深.html").text
    assert time.process_time() - start < 10
