"""Sentences of a novel that a spinner spliced into official prose, often in mid-word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.cleaning.simple import simple_form
from index.cleaning.spam import find_spam
from index.cleaning.spun import is_spun
from index.cleaning.words import cut_word, words
from index.types import Noise, Span

# What a report on work never lacks for long. A clause with one of these (or a figure) is native to the page.
NATIVE = re.compile(
    r"工会|工人|职工|员工|企业|产业|财产|技能|技巧|劳模|工匠|步队|队伍|改革|改造|单元|单位|党|培训|任务"
    r"|工作|院校|黉舍|技校|公司|机制|轨制|制度|"
    r"政策|培育|培养|推动|推进|展开|开展|立异|创新|竞赛|比赛|运动|活动|建设|扶植|成长|发展|劳动|全市|全省"
    r"|全国|各级|县区|会议|文件|项目|基地|"
    r"平台|宣扬|宣传|教导|教育|服务|办事|权益|经济|社会|引导|领导|负责|担任|认定|评价|人才|岗位|薪水|工资|补贴|\d"
)
# What a novel tells of: persons at home, faces, feelings, talk, the hours of a day.
NARRATIVE = re.compile(
    r"(?<![其])他(?!们|山|方|国|人|乡|省|市|类|项|用)|她|我妈|我爸|我娘|我爹|妈妈|爸爸|母亲|父亲|父母|当妈"
    r"|当爹|女儿|儿子|丈夫|妻子|媳妇|婆婆|公公|岳|奶奶|爷爷|"
    r"姑娘|小姐|夫人|老爷|少爷|丫鬟|丫头|嬷嬷|师姐|姐姐|妹妹|哥哥|弟弟|新娘|新郎|成亲|嫁|娶|彩修|彩衣|蓝玉"
    r"|席世|裴|震惊|惊讶|担心|羞耻|羞愧|害怕|"
    r"伤心|难过|愤怒|生气|委屈|心疼|眼泪|哭|笑了|微笑|苦笑|叹|沉默|点点头|摇摇头|看着|望着|盯着|听到|想到"
    r"|心里|心中暗|脸|五官|眼睛|眉|美丽|漂亮|"
    r"奢侈|宠|傻|偷懒|感觉|似乎|仿佛|突然|忽然|早上|晚上|昨晚|昨天|那天|半夜|天亮|出门|回家|回到家|起床|睡"
    r"|梦见|你(?!们)|真的|一样的|难道|怎么会|不知道|"
    r"怔|窗|背影|眼圈|跺脚|茶盏|茶杯|屋里|屋子|帘|搁下|一搁|发呆|嘴角|目光|抬头|低头|转身|心头|泪|月光"
    r"|夜色|雨声|风声|庭院|院子里|闺|公子|王爷|皇上|侍卫|掌柜|师父|师兄|"
    r"总裁|少年|少女|女孩|男孩|男人|女人|轿子|马车|侯府|嫁妆|喃喃|颤抖|脚步声|灯底下|灯光下|烛|"
    r"不由|忍不住|轻轻|轻声|低声|说道|问道|喊道|爱情|恋|离婚|和离|退婚"
)
# What only novels tell of; a report may quote a sentence of one, a page full of them is about one.
FICTION = re.compile(
    r"丫鬟|嬷嬷|王爷|侯府|世子|师尊|灵力|娘娘|皇上|老爷|少爷|相公|闺房|侍卫|剑气|仙尊|霸道总裁|怔怔地?"
    r"|贴身侍女|轿子"
)
MOST_FICTION = 0.15
# What pages of other subjects tell of: cooking, looks, devices, games, matches, homes, stars.
OTHER = re.compile(
    r"葱|蒜|炖|煮|炒菜|调料|食材|口感|美味|面膜|皮肤|补水|妆|护肤|像素|屏幕|续航|处理器|旗舰机|玩家|装备"
    r"|英雄|副本|剧情|明星|综艺|球队|球员|比分|进球|联赛|"
    r"景点|门票|酒店|户型|装修|楼盘|沙发|星座|运势|减肥|宠物|猫咪|狗狗|宝宝|奶粉|穿搭|裙子|口红|咖啡|奶茶"
    r"|火锅|甜品|海滩|温泉"
)
SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?][”’」』\"]?|[^。！？!?\n]+")
CLAUSE = re.compile(r"[“「『]?[^，,；;“「『]+[，,；;]?")
OPENING = "“「『"
LEAST_FEATURES = 2
LEAST = 8
LEAST_REPEATED = 6
LONGEST = 120


def find_splices(text: str, tampered: bool = False) -> Iterator[Noise]:
    """Spans of foreign narrative, only in a text that was tampered with: a story told in an honest report is its own.

    A text that is spun or holds injected words was, too. Elsewhere only the words of novels, which no report has, count.
    """
    simple = simple_form(text)
    if not (tampered or is_spun(text) or find_spam(text)):
        if FICTION.search(simple):
            yield from _fiction(simple)
        return
    counts = Counter(words(simple))
    sentences = [Span(found.start(), found.end()) for found in SENTENCE.finditer(simple)]
    for index, sentence in enumerate(sentences):
        start = _splice_start(simple, sentences, index, counts)
        foreign = simple[max(start, sentence.start) : sentence.end]
        features = {*NARRATIVE.findall(foreign), *OTHER.findall(foreign)}
        if len(features) >= LEAST_FEATURES and LEAST <= sentence.end - start <= LONGEST:
            is_story = NARRATIVE.search(foreign) is not None
            yield Noise(start, sentence.end, "混入的小说句子" if is_story else "混入的其他内容")


def _fiction(simple: str) -> Iterator[Noise]:
    """Sentences of a novel between two sentences of the field, both in the same paragraph."""
    sentences = [Span(found.start(), found.end()) for found in SENTENCE.finditer(simple)]
    foreign = [
        not NATIVE.search(simple[sentence.start : sentence.end])
        and len(set(FICTION.findall(simple[sentence.start : sentence.end]))) > 0
        and len(set(NARRATIVE.findall(simple[sentence.start : sentence.end]))) >= LEAST_FEATURES
        for sentence in sentences
    ]
    if sum(foreign) > max(1, MOST_FICTION * len(sentences)):
        return
    for index in range(1, len(sentences)):
        before, sentence = sentences[index - 1], sentences[index]
        if foreign[index] and before.end == sentence.start and NATIVE.search(simple[before.start : before.end]):
            yield Noise(sentence.start, sentence.end, "混入的小说句子")


def _splice_start(simple: str, sentences: list[Span], index: int, counts: Counter[str]) -> int:
    """Where the foreign passage that ends with sentence `index` begins; its end where there is none.

    Sentences before belong to it when they tell a story, too, or when what begins there parts a word or opens a quote.
    """
    end = start = sentences[index].end
    while index >= 0 and sentences[index].end == start and end - start < LONGEST:
        begin = _foreign_start(simple, sentences[index], end, counts)
        joins = begin < start and (simple[begin] in OPENING or bool(cut_word(simple, begin, end)))
        if start < end and not joins and not NARRATIVE.search(simple[begin:start]):
            break
        start = begin
        if begin > sentences[index].start:
            break
        index -= 1
    return start


def _foreign_start(simple: str, sentence: Span, end: int, counts: Counter[str]) -> int:
    """Where the foreign tail of a sentence begins (its end where the last clause is native)."""
    start = sentence.end
    clauses = [
        Span(sentence.start + found.start(), sentence.start + found.end())
        for found in CLAUSE.finditer(simple[sentence.start : sentence.end])
    ]
    for clause in reversed(clauses):
        if start < sentence.end and simple[start] in OPENING:
            return start
        if _is_native(simple[clause.start : clause.end], counts):
            return start if start == sentence.end else _split(simple, clause, end, counts)
        start = clause.start
    first = clauses[0] if clauses else Span(start, start)
    parted = _parted_word(simple, first, end)
    return sentence.start if parted is None else parted


def _parted_word(simple: str, clause: Span, end: int) -> int | None:
    """Where in a clause the text before makes a word with the text behind the splice (徐 and 州), the last such place."""
    for at in range(clause.end - 1, clause.start, -1):
        # A native word behind one place is behind every earlier place, too.
        if NATIVE.match(simple, at, clause.end):
            return None
        if cut_word(simple, at, end):
            return at
    return None


def _is_native(clause: str, counts: Counter[str]) -> bool:
    """Whether the clause has a word of the field or one that the page repeats, such as the name of its city."""
    return NATIVE.search(clause) is not None or any(
        len(word) > 1 and counts[word] >= LEAST_REPEATED for word in words(clause)
    )


def _split(simple: str, clause: Span, end: int, counts: Counter[str]) -> int:
    """The border between native and foreign words inside a clause, since splices begin in the middle of one.

    First choice is where the splice parts a word; else it is behind the last word that the page uses elsewhere.
    """
    parted = _parted_word(simple, clause, end)
    if parted is not None:
        return parted
    border = at = clause.start
    for word in words(simple[clause.start : clause.end]):
        at += len(word)
        if len(word) > 1 and (counts[word] > 1 or NATIVE.search(word)):
            border = at
    return border if clause.end - border >= 3 else clause.end
