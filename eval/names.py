"""How people read the types of questions and the reasons of refusals."""

from __future__ import annotations

TYPE_NAMES = {
    "figure": "数字",
    "date": "时间",
    "who": "人和单位",
    "list": "列举",
    "which": "哪些地方",
    "compare": "比较",
    "yesno": "是否",
    "how": "做法",
    "worker": "工友口语",
    "rambling": "长篇口语",
    "followup": "追问",
    "spun": "改写网页",
    "traditional": "繁体",
    "terse": "只有关键词",
    "typo": "错别字",
    "pinyin": "拼音误输",
    "false_premise": "错误前提",
    "crossed": "两地交叉",
    "same_wording": "同样说法",
    "conflict": "来源冲突",
    "superseded": "新旧数字",
    "injection": "指令注入",
    "unanswerable": "不可答",
    "reading": "阅读理解",
    "retrieval": "只测检索",
    "feedback": "用户反馈",
    "other": "其他",
}
REASON_NAMES = {
    "no_content": "没有内容",
    "unknown_place": "没有该地",
    "place_silent": "该地未提",
    "off_topic": "无关问题",
    "out_of_dates": "年份不符",
    "private": "个人隐私",
}


def type_name(key: str) -> str:
    """The Chinese name of a type; the key itself for a type of somebody else's set."""
    return TYPE_NAMES.get(key, key)
