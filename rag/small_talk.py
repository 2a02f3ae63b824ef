"""Small talk with the program itself: a greeting, thanks, a goodbye, or the question what it is for."""

from __future__ import annotations

import re

from rag.types import Question

GREETING = "您好！我可以回答产业工人队伍建设改革（产改）方面的问题，回答都附有资料原文。"
THANKS = "不客气！还想了解产改方面的事，接着问就行。"
GOODBYE = "再见！以后有产改方面的问题，随时来问。"
HEARD = "好的。还想了解产改方面的事，接着问就行。"
ABOUT = (
    "我是自动问答程序，不是真人。您用平常话就能问产业工人队伍建设改革（产改）方面的事：学技术、考等级、评职称、奖励补贴、"
    "工匠和劳模、技能比赛、职工创新、入会和工会服务等。问的时候最好说上地名。"
    "回答都出自资料原文，点开出处可以核对；资料里没有的，我会直说没有。"
)
REACH = "我是自动问答程序，没有人工电话。工会方面的事可以拨打12351（工会职工服务热线）。（非资料原文）"

_SIGNS = r"[\s,.!?~。！？，、…]*+"
_TAIL = rf"(?:你们?|您们?|大家|各位|了|啦|啊|呀|哈|呢|嘞|哟|咯|的|吧){{0,4}}+{_SIGNS}"
_HELLO = (
    r"(?:工会|师傅|老师|同志)?[你您]们?好|大家好"
    r"|hi|hello|hey|嗨|哈喽|哈罗|喂|早|(?:早上|上午|中午|下午|晚上)好|在[吗么]|在不在?|有人(?:在?吗|不|没)"
)
_THANKED = r"(?:好的?|行|嗯++|非常|十分|太|真是)?(?:谢谢|多谢|感谢|谢了|谢啦|thanks?|thank you|thx|辛苦|麻烦)"
_BYE = r"再见|拜拜|88|bye|回头见|下次见|我(?:先)?(?:走|撤|下)了|不问了|没(?:有)?(?:别的|其他)?(?:问题|事)了"
_OK = r"嗯++|好的?|好吧|行|行吧|ok|okay|知道|明白|懂|晓得|收到|原来如此|原来是这样|哦++|噢++|可以"
_WHAT = r"(?:点|些)?(?:什么|啥子?|哪些|哪样)(?:问题|东西|事情?|内容|方面|用|功能)?"
_YOU = r"(?:请问|那|这个?|你们?|您|机器人|小助手|助手|程序|系统|软件|网站|平台|东西|里|这儿|这里)"
_ASKED = (
    rf"{_YOU}{{0,3}}(?:都|到底|究竟)?(?:能够?|可以|会|可|会不会|能不能)(?:帮我|帮忙|给我|为我)?"
    rf"(?:干|做|办|答|回答|解答|帮|帮忙|问|问你|问您|查|说)?{_WHAT}(?:可以问|能问)?的?"
    rf"|{_YOU}{{0,3}}(?:有|都有)(?:什么|啥|哪些)(?:可以|能|好)(?:问|帮|查)?的?"
    rf"|{_YOU}{{0,3}}(?:我)?(?:可以|能)?问{_WHAT}(?:问题)?"
    rf"|{_YOU}{{1,3}}(?:是)(?:谁|什么|啥|哪个|哪位|干什么|干啥|做什么|做啥|干嘛|机器人|真人|人工|人|ai|智能|不是(?:机器人|真人|人)){{1,3}}(?:的|客服)?"
    rf"|{_YOU}{{1,3}}(?:是|叫|有)?(?:什么|啥)(?:名字?|用|用处|功能|本事)?|{_YOU}{{1,3}}是不是(?:机器人|真人|人|ai)"
    rf"|{_YOU}{{0,3}}(?:怎么|咋|如何|咋个|怎样)(?:使?用|问|提问|操作)(?:你|它|这个)?|使用(?:说明|方法)|帮助|help"
)
_REACHED = (
    r"(?:你们?|您|贵单位|这里|这儿)的?(?:客服|联系|咨询|热线|投诉)?(?:电话|热线|联系方式|地址|微信|客服)(?:是|号码?)?(?:多少|什么|啥|在哪里?|有吗|几号)?"
    r"|(?:怎么|咋|如何|想|要|我要|上哪)(?:联系|投诉|举报|找)(?:到)?(?:你们?|您|人工|真人|客服)(?:客服)?|(?:转|找|有没有|有)?(?:人工|真人)(?:客服|服务)?"
)
_KINDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"^{_SIGNS}(?:(?:{said}){_TAIL}){{1,4}}(?:吗|么|嘛|呢|不)?{_SIGNS}$", re.I), told)
    for said, told in (
        (rf"(?:(?:{_HELLO}){_SIGNS})?(?:{_ASKED})(?:吗|么|嘛|呢|不)?", ABOUT),
        (_REACHED, REACH),
        (_HELLO, GREETING),
        (_OK, HEARD),
        (rf"{_THANKED}|{_HELLO}|{_OK}", THANKS),
        (rf"{_BYE}|{_THANKED}|{_HELLO}|{_OK}", GOODBYE),
    )
)
# A long message is more than talk, and the patterns need not be tried on it.
_LONGEST = 40
_CLOSING = frozenset({THANKS, GOODBYE, HEARD})


_TO_THE_PROGRAM = re.compile(r"[你您问]|人工|帮助|机器人|help", re.I)


def small_talk(question: Question) -> str:
    """What is said to a message that only greets, thanks, takes leave or asks about the program; "" for any other.

    In the middle of a talk 「这是干什么的」 asks about what was spoken of, unless the program is addressed.
    """
    said = question.text.strip()
    if len(said) > _LONGEST:
        return ""
    told = next((told for pattern, told in _KINDS if pattern.match(said)), "")
    return "" if told == ABOUT and question.carried and not _TO_THE_PROGRAM.search(said) else told


def wants_no_more(question: Question) -> bool:
    """Whether the message thanks, takes leave or says that it was heard, so that nothing need be offered."""
    return small_talk(question) in _CLOSING
