"""What other hands put into a page: advertisements, captions, headlines, English, pinyin, sentences of novels."""

import json
import time
from pathlib import Path

import pytest

from index.cleaning import find_noise
from index.cleaning.splices import find_splices
from tests.index.pages import REPORT

PARAGRAPHS = REPORT.strip().split("\n")
ADVERT = "其他行业的广告"


def marked(text: str) -> list[tuple[str, str]]:
    return [(text[vote.start : vote.end], vote.reason) for vote in find_noise(text)]


@pytest.mark.parametrize(
    "line",
    [
        "股票配资平台 实盘配资开户 十倍杠杆",
        "银月体育官网入口_银月体育app下载",
        "金色娱乐城真人百家乐注册送彩金",
        "轻松贷款，十分钟到账，点击查看您的额度",
        "本店新到一批按摩椅，限时八折，欢迎抢购",
        "成人视频在线观看免费",
    ],
)
def test_a_line_of_another_trade_goes_whole(line: str) -> None:
    assert marked(f"甲市产改见成效\n{PARAGRAPHS[0]}\n{line}\n{PARAGRAPHS[1]}") == [(line, ADVERT)]


def test_a_caption_before_the_title_leaves_the_title() -> None:
    assert marked(f"线上配资炒股门户：甲市产改见成效\n{REPORT}") == [("线上配资炒股门户：", ADVERT)]


def test_a_caption_in_a_sentence_leaves_the_sentence() -> None:
    text = f"甲市产改见成效\n全市统一标准，银月体育app下载换厂不清零。{PARAGRAPHS[0]}"
    assert marked(text) == [("银月体育app下载", ADVERT)]


@pytest.mark.parametrize(
    "line",
    [
        "工会提醒职工警惕网络赌博平台和股票配资开户骗局，不要点击陌生链接下载软件。",
        "警方打掉一个用棋牌平台开设赌场的团伙，查处配资网站三个。",
        "人社部门为创业者办理小额贷款，免费提供培训，点击官网就能申请。",
        "大赛设有按摩、美容和家政三个工种，欢迎职工报名。",
    ],
)
def test_a_report_about_such_trades_is_text(line: str) -> None:
    assert marked(f"甲市产改见成效\n{PARAGRAPHS[0]}\n{line}\n{PARAGRAPHS[1]}") == []


@pytest.mark.parametrize(
    "line",
    [
        "A01要闻全市召开动员大会老城改造过半本周气温下降A02版",
        "甲市召开产改推进大会 乙县首家工匠学院揭牌 丙区劳模走进校园课堂 丁市技能大赛今日开赛 戊县工会送清凉到工地",
        "下转三版图片新闻丰收时节本版编辑王一",
        "全市召开动员大会老城改造工程过半本周气温明显下降志愿者走进敬老院地铁二号线开通试运行菜价回落",
    ],
)
def test_a_string_of_headlines_goes(line: str) -> None:
    assert marked(f"甲市产改见成效\n{line}\n{REPORT}") == [(line, "版面标题串")]


def test_english_run_together_goes_and_addresses_stay() -> None:
    english = "ThecityplanstotrainfiftythousandworkersbeforetheendofnextyearandtobuildfivenewAcademies"
    address = "网址为https://www.example.gov.cn/gonghui/chanyegongrenduiwujianshegaige/index.html。"
    text = f"{PARAGRAPHS[0]}\n{english}\n{PARAGRAPHS[1]}{address}"
    assert marked(text) == [(english, "外文残段")]


def test_an_english_page_keeps_its_english() -> None:
    assert marked("The city plans to train fifty thousand workers before the end of next year.\n产业工人") == []


def test_pinyin_in_brackets_goes_and_abbreviations_stay() -> None:
    text = "全市的技能(jìnéng)人才学习了人工智能（AI）和企业资源计划（ERP），京东方（BOE）也来了。"
    assert marked(text) == [("(jìnéng)", "夹注拼音")]


def test_a_novel_between_two_sentences_of_a_page_with_injected_words_goes() -> None:
    story = "她把窗帘放下，回头看见母亲的眼圈红红的。"
    text = f"甲市的產業工人時租會議室都報了名。{PARAGRAPHS[0]}{story}{PARAGRAPHS[1]}"
    assert (story, "混入的小说句子") in marked(text)


def test_a_novel_of_old_times_goes_from_an_honest_page() -> None:
    story = "丫鬟急得直跺脚，老爷的脸色却越来越难看。"
    assert marked(f"{PARAGRAPHS[0]}{story}{PARAGRAPHS[1]}") == [(story, "混入的小说句子")]


@pytest.mark.parametrize("unit", ["abc", "企业", "她哭", "徐州甲"])
def test_a_clause_without_end_is_searched_in_linear_time(unit: str) -> None:
    start = time.process_time()
    assert list(find_splices(f"她说。{unit * 10_000}。" * 2, tampered=True)) == []
    assert time.process_time() - start < 5


HOSTILE = [
    "配资。",
    "配资官网。",
    "她哭了。丫鬟",
    "企小树屋业",
    *"（([【<&{=-·%《余名？\n 　a1",
    *(
        "位置：a>",
        "编辑：",
        "责任编辑：王",
        "<p ",
        "a{b:c;",
        "更多",
        "关注",
        "版权归",
        "未经",
        "扫描二维码",
        "下载",
        "配资 平台 ",
    ),
    *(
        "阅读：1",
        "分享到：微信 ",
        "她哭了，",
        "丫鬟哭",
        "(ā",
        "A01版",
        "abc ",
        "甲县 ",
        "相关阅读\n甲\n",
        "登录\n",
        "\ud800",
        "\ue000",
    ),
    *("時租會議室", "cookie使用", "var a", "$(", "声明：a", "[1] ", "（张 ", "小樹屋企業", "首页|", "**"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_time_about_linear(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begin = time.process_time()
    find_noise(text)
    assert time.process_time() - begin < 3


def test_honest_articles_hold_no_foreign_hand(shared: Path) -> None:
    reasons = {ADVERT, "版面标题串", "外文残段", "夹注拼音", "混入的小说句子", "插入的广告词"}
    found = [
        (text[vote.start : vote.end], vote.reason)
        for line in (shared / "corpus" / "domain_news.jsonl").read_text(encoding="utf-8").splitlines()[::3]
        for text in [json.loads(line)["text"]]
        for vote in find_noise(text)
        if vote.reason in reasons
    ]
    assert found == []
