"""The authors that a page names: a label, a byline above the text or in brackets, the reporter at its end."""

from __future__ import annotations

import re

HEAD = 500
TAIL = 300
LINE_MOST = 80
NAMES_MOST = 6
# The family names of well over nine tenths of all Chinese, without those that also begin everyday phrases behind 记者
# (从, 于, 在, 和, 时, 向, 都, 应, 通).
FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞"
    "左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明池查麻苑迟邝封谈匡鞠惠荆乐冀郁胥南班储原"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蔣蘇呂盧薑鐘譚陸範賈韋鄒龍賀顧龔萬錢嚴湯龐顏莊聶魯歐關蘭紀單塗駱藍農車項連麥婁竇黨宮費衛"
)
ROLE = r"(?:记者|記者|通讯员|通訊員|特约撰稿人?|撰稿人?|作者)"
# The names in a byline end where its line or bracket ends; 「记者从市总工会了解到」 has neither and is no byline.
BRACKETED = re.compile(r"[（(【]([^（()）【】\n。]{0,24}?" + ROLE + r"[^（()）【】\n。，]{1,60})[）)】]")
BYLINE = re.compile(r"^[^\n。，]{0,24}?" + ROLE + r"[^\n。，]{1,60}$", re.MULTILINE)
LABELLED = re.compile(
    r"(?:作\s{0,2}者|撰\s{0,2}[文稿])(?<![^\s　（(|｜]作者)(?<![^\s　（(|｜]撰[文稿])"
    r"[ \t　]*[:：][ \t　]*([^\n:：|｜;；。]{2,40})"
)
SLASHED = re.compile(r"文(?<![^\s　（(]文)\s?[/／|｜]\s?([^\n:：。，|｜/／）)]{2,30})", re.MULTILINE)
SIGNED = re.compile(r"^[\s　]*[□■◎]\s?([^\n:：。，]{2,30})$", re.MULTILINE)
ROLE_WORD = re.compile(
    r"(?:全媒体|融媒体|首席|见习|实习|特约|本报|本網|本网)*"
    + ROLE
    + r"|[\w\-—－《》]*(?:报|報|网|網|社|台|客户端)(?=\s|$)"
)
STOP = re.compile(
    r"\d|责任编辑|编辑|来源|來源|时间|发布|浏览|阅读|点击|字体|字号|摄影|图[/／]|(?<=\S)[摄文图]?\s?报道|整理"
)
SEPARATOR = re.compile(r"[\s　、，,/／;；&和]+")
BODY = re.compile(r"[\u4e00-\u9fff]{2,20}(?:会|局|厅|室|部|院|社|委|办|网|报|中心|公司|學會|會)$")


def find_author(text: str) -> str:
    """The names that the page gives as its authors, joined by 「、」, or an empty string; at most `NAMES_MOST`.

    A body such as 「甲市总工会」 counts only behind a label, for everywhere else it is the source.
    """
    head, tail = text[:HEAD], text[-TAIL:] if len(text) > HEAD else ""
    for window in (head, tail):
        if "者" not in window and "撰" not in window and "讯员" not in window and "訊員" not in window:
            continue
        for pattern in (LABELLED, BRACKETED, BYLINE):
            for found in pattern.finditer(window):
                named = found.group(found.lastindex or 0)
                names = author_names(named)
                if names:
                    return names
                body = STOP.split(named, maxsplit=1)[0].strip() if pattern is LABELLED else ""
                if BODY.match(body):
                    return body
    for window in (head, tail):
        for pattern in (SLASHED, SIGNED):
            signed = pattern.search(window)
            if signed and (names := author_names(signed.group(1))):
                return names
    return ""


def author_names(byline: str) -> str:
    """The names in a byline such as 「本报记者 王 一 通讯员李二」: 「王一、李二」; empty where a word of it is no name."""
    role = re.search(ROLE, byline)
    if role:
        byline = byline[role.start() :]
    byline = STOP.split(ROLE_WORD.sub("、", byline), maxsplit=1)[0]
    byline = re.sub(
        r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,3}([\u4e00-\u9fff])(?![\u4e00-\u9fff])", r"\1\2", byline
    )
    names: list[str] = []
    for word in SEPARATOR.split(byline.strip(" \t\u3000、，,:：")):
        if not word:
            continue
        parts = _split_names(word)
        if not parts:
            break
        names += [name for name in parts if name not in names]
    return "、".join(names[:NAMES_MOST])


def _split_names(word: str) -> list[str]:
    """The names written together in one word; [] where it is none. Latin and transcribed names stay whole."""
    if "·" in word or "•" in word:
        return [word] if re.fullmatch(r"[\u4e00-\u9fff]{1,8}[·•][\u4e00-\u9fff·•]{1,12}", word) else []
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,12}", word) or word[0] not in FAMILY_NAMES:
        return []
    if len(word) <= 3:
        return [word]
    for length in (2, 3):
        rest = _split_names(word[length:]) if len(word) - length >= 2 else []
        if rest:
            return [word[:length], *rest]
    return []
