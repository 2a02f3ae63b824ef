"""One wording for what reports write in several ways (头一例, 第一例, 首例), so that two texts can be compared letter by letter."""

from __future__ import annotations

import re
from functools import lru_cache

_HAN_DIGITS = "零一二三四五六七八九十"
_RANGE_START = re.compile(rf"(?<![{_HAN_DIGITS}百千万])[{_HAN_DIGITS}](?=[至到~-]\d)")
_YEARS = re.compile(rf"(?<![{_HAN_DIGITS}百千万第])[{_HAN_DIGITS}](?=年(?:之?[内间来里]|时间))")
_TENTHS = re.compile(
    rf"(?<![{_HAN_DIGITS}百千万\d.])([1-9一二两三四五六七八九])成(?![为立功员果长本绩都人家就效熟分型不色品])"
)
_SECOND = re.compile(rf"第[{_HAN_DIGITS}](?=、\d[名批届])")
# What counts things up to a bound, or from one on, before a figure or a share.
_BEFORE_FIGURE = r"(?=(?:为|是|达到?)?[\d.]|约)"
# Each pattern reads the text that those above it leave. All of them read the search form.
_REWRITINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        # Longer ways to write a word: 不给予 is 不予.
        (r"给予|予以", "予"),
        (r"不能够", "不能"),
        (r"免(?=[收交缴])", "不"),
        (r"得不到|拿不到|领不到|不能(?:获得|得到|享受)(?=给付|补[助贴]|奖励|赔)", "不予"),
        (r"(?<=[加高升大展长达减降少涨])[到至]了", "到"),
        (r"(?<=考[核试])(?:没有?|未能?)(?:通过|合格)", "不合格"),
        (r"连(?=[办开评获建](?!续)[\u3400-\u9fff]{0,2}\d+[年届])", "连续"),
        (r"通过了?(考[核试])", r"\1合格"),
        (r"(?<=[\d十百千万亿])多(?=[万亿]?[人名位家个元户项件次场所条吨米公平亩辆台册])", "余"),
        (r"(?<![\d第近每这上前比])1年(?=节[省约]|省|创|增|产|就|要)", "每年"),
        (r"(?<![\d第])1(?=[份周笔单][^,，。;；\d]{0,8}\d|[名人户家][^,，。;；\d]{0,6}(?:[最至]多|不超过))", "每"),
        (r"(?<![\d每上本当次个])月(?=工资|薪|收入|最低工资|租金|津贴|补贴|补助|生活费)", "每月"),
        (r"1连(?=\d|干|工作|加班)|一连(?=\d|干|工作|加班)", "连续"),
        # Ranks.
        (r"头一?(?=[例家个批期届])|首(?=[例家个批期届场次座条所台支间])|头1(?=[例家个批期届])", "第1"),
        (r"冠军", "第1名"),
        (r"亚军", "第2名"),
        (r"季军", "第3名"),
        (r"第([1-9])、([1-9])(?=[名批届])", r"第\1名、第\2"),
        (r"(?<=[列居排])第([1-9])(?=[，,。；;、]|$)", r"第\1名"),
        (r"(?<=[列居排])第二(?=[，,。；;、]|$)", "第2名"),
        (r"(?<=[列居排])第三(?=[，,。；;、]|$)", "第3名"),
        # Parts of a whole and of a year.
        (r"过半数?(?![年个天])", "超50%"),
        (r"(?<![大另])一半(?!天)|(?<![\u3400-\u9fff]大)半数", "50%"),
        (r"前(?:6|六)个月", "上半年"),
        (r"(?<!\d)1[-—~～到](?=1?\d月(?![\d]))", "1至"),
        (r"前([2-9]|1[01])个月", r"1至\1月"),
        (r"(?<![月\d])(\d{1,3})个?(?:自然)?日(?=内)", r"\1天"),
        (r"(?<![不未年])满(\d+)(个月|年|周岁|岁|天|学时|个学时)(?!以上)", r"\1\2以上"),
        (r"平均每(?=[月年天人])", "每"),
        (r"(?<![\d第近每今去])1年的(?=[\u3400-\u9fff])", "每年的"),
        (
            r"(?<![\d近今去当每多半全成几同本学上前往历两后中青少幼老])年(?=培训|产值|产量|节约|创效|接待|服务|输送|发放)",
            "每年",
        ),
        (r"(?<![\d第近每今去])1年(?=[\u3400-\u9fff]{1,3}了\d)", "全年"),
        (r"(?<=每[人个家户所名])1年", "每年"),
        (r"后(?:6|六)个月", "下半年"),
        (r"(?<![第\d.])([1-4])季度", r"第\1季度"),
        (r"(?<!\d)1年[里中](?!期)", "全年"),
        (r"(?<=[去今]年)(?:1年|全年)", ""),
        (r"(?<=[年月天日时])[之以]内", "内"),
        (r"每[1一](?=[\u3400-\u9fff])", "每"),
        (r"每日(?!电)", "每天"),
        (r"(?:相?比|较)?(?:上1?年|前1年)(?:同期)?(?=[多增提上扩高减下降少])|同比", "比上年"),
        (r"[相]?[比较](?:上1年|上年|前1年)(?:同期)?", "比上年"),
        (r"较(?=(?:\d{4}年|第\d季度|去年|前年|同期|\d))", "比"),
        (r"(?<![\d第近每])1年(?=[可能就要])", "每年"),
        (r"单(?=[户家个人][\u3400-\u9fff]{0,6}\d)", "每"),
        # Bounds.
        (r"(\d[\d.]*)(元|人|名|年|岁|天|个月|%|小时)以上至?(\d[\d.]*)\2以下", r"\1\2至\3\2"),
        (r"最多(?=[可能]?(?![的是为])[\u3400-\u9fff]{1,4}\d)", "最高"),
        (r"(?:最低|至少)?不[得能可应]?(?:低于|少于|小于)", "不低于"),
        (r"(?:至少|起码|最[少低])" + _BEFORE_FIGURE, "不低于"),
        (r"(?:没有?|未)超过", "不超过"),
        (r"多收入(?=\d)", "增收"),
        (r"(?:最[高长多大])?不[得能可应]?(?:超过|高于|大于|多于|超出)", "不超过"),
        (r"(?:至多|最[多长])" + _BEFORE_FIGURE, "不超过"),
        (r"(?<!\d)1次性?(?=[补奖给予拿领发支])", "一次性"),
        (r"所有(?![制权者])|全体", "全部"),
        # Bodies that are called by a shorter name too.
        (r"人力资源[和与]?社会保障", "人社"),
        (r"发展[和与]?改革委(?:员会)?", "发改委"),
        (r"(?:县|市|省|区)(?:人民)?政府", lambda match: match[0].replace("人民", "")),
    )
)


@lru_cache(maxsize=1024)
def one_wording(form: str) -> str:
    """A text in its search form, with each of these wordings put in one way; writing it so twice changes nothing."""
    # 五至10家 is one range: its first end must not stay a word while its last becomes a figure.
    for pattern in (_RANGE_START, _YEARS):
        form = pattern.sub(lambda match: str(_HAN_DIGITS.index(match[0])), form)
    form = _SECOND.sub(lambda match: f"第{_HAN_DIGITS.index(match[0][1])}", form)
    form = _TENTHS.sub(_share, form)
    for wording, instead in _REWRITINGS:
        form = wording.sub(instead, form)
    return form


def _share(match: re.Match[str]) -> str:
    """三成 as 30%."""
    tenth = match[1].replace("两", "二")
    return f"{tenth if tenth.isdigit() else _HAN_DIGITS.index(tenth)}0%"
