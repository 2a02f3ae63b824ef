"""The shell of a page: navigation, share bars, editors, copyright lines, the lists at its tail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.cleaning.lines import Line, text_lines
from index.types import Noise

NAVIGATION = re.compile(
    r"^(?:(?:您|你)?(?:现在|當前|当前|目前|所在)?的?(?:当前|所在)?(?:位置|栏目)\s*[:：].*"
    r"|(?:首页|首頁|网站首页)(?:\s*[>＞»/|\-—]+\s*\S.*|\s+\S{2,12}(?:\s+\S{2,12}){0,4})?"
    r"|[^\s>＞|｜。，]{2,10}(?:\s*[>＞»|｜]\s*[^\s>＞»|｜。，]{2,12}){2,}"
    r"|(?:上一篇|下一篇|上一页|下一页|上页|下页|返回首页|返回顶部|返回列表|回到顶部|TOP)(?:\s*[:：>＞»].{0,50})?|(?:查看)?更多\s*[>＞»]*"
    r"|(?:登录|注册|设为首页|加入收藏|无障碍|长者模式|简体|繁体|繁體|网站地图|English)(?:[\s|｜/·]+\S{1,8})*"
    r"|您需要登录后才可以.*|(?:新媒体|专题|视频|图片|滚动|要闻|导航|菜单|栏目)[\s|｜]*)$"
)
BUTTON = r"(?:收藏|点赞|打印|关闭|纠错|转发|评论|举报|本页|窗口|此页|分享)"
PLATFORM = r"(?:微信|微博|抖音|QQ空间|QQ|朋友圈|好友|新浪|腾讯|豆瓣|人人网)"
SHARE = re.compile(
    r"^(?:(?:请)?打开.{1,8}扫一扫.*|.{0,8}扫一扫.{0,14}|(?:微信)?扫码(?:关注|阅读|分享|查看|下载).{0,12}"
    r"|(?:微信|长按|扫描|识别).{0,6}二维码.{0,12}|手机(?:扫码|阅读|查看|看).{0,4}"
    rf"|(?:一键)?分享(?:到|至|给)?\s*[:：]?(?:[\s、|｜/]*{PLATFORM})*"
    rf"|[\[【(（]?{BUTTON}(?:[\s|｜/·【】\[\]()（）]*{BUTTON})*[\]】)）]?"
    r"|[\[【(（]?\s*(?:字体|字号|大\s*中\s*小)\s*[:：]?[\s\[\]【】（）()大中小号打印关闭窗口本页+\-]*)$"
)
EDITOR = re.compile(
    r"^[（(\[【]?\s*(?:(?:本期|值班|执行|见习|实习|责任|责|文字|新媒体)?\s*(?:编辑|編輯|编审|校对|校對|审核|審核|复审|终审|初审|监制|監製|美编|排版|审签|编)|责编|責編|責任編輯)"
    r"\s*[:：/／丨|].{0,40}$"
)
COPYRIGHT = re.compile(
    r"copyright|©|all rights? reserved|版权所有|版權所有|ICP备|ICP備|公网安备|违法和不良信息|举报电话\s*[:：]?\s*[\d(（]|网络敲诈"
    r"|技术支持\s*[:：]|(?:主办|承办|主管)(?:单位)?\s*[:：]"
    r"|网站标识码|许可证(?:编?号)?\s*[:：]|未经.{0,12}(?:授权|许可|允许).{0,12}(?:转载|复制|镜像)"
    r"|(?:版权|免责|平台|特别)声明\s*[:：|｜]|关于我们\s*[|｜]|网站声明|联系我们\s*[|｜]"
    r"|仅代表作者(?:本人)?观点|不代表本(?:网|站|平台)",
    re.IGNORECASE,
)
RELATED = re.compile(
    r"^(?:相关(?:阅读|链接|新闻|文章|报道|推荐|内容)|延伸阅读|推荐阅读|热门(?:推荐|文章|新闻)|热点(?:推荐|新闻)|猜你喜欢|更多精彩.*|媒体矩阵|友情链接.*|标签\s*[:：].*|关键词\s*[:：].*|相關閱讀)[:：]?$"
)
MEDIA = re.compile(r"^[•·●\-*\s]*\S{0,8}(?:客户端|微信号|微信|微博号|微博|抖音号|抖音|快手号|视频号|公众号|头条号)$")
PHOTO = re.compile(
    r"^[（(【]?(?:(?:本版|本组|本文|文中|以上|题图|上图|下图|图为|资料)?(?:图片|照片|图|圖片|摄影|攝影)?(?:均?由|[:：/／]|来源[:：]).{2,30}(?:摄|攝|供图|提供|图|供图)?"
    r"|\S{0,12}(?:记者|通讯员)?\s*\S{2,8}\s*[/／]?\s*(?:摄|攝|供图))[)）】]?$"
)
PHOTO_WORD = re.compile(r"照片|图片|圖片|摄影|攝影|供图|摄[)）】]?$|攝[)）】]?$|图[:：/／]")
PROSE_LEAST = 40
NAVIGATION_MOST = 10


def _is_prose(line: Line) -> bool:
    return len(line.bare) >= PROSE_LEAST and re.search(r"[。！？；]", line.bare) is not None


def _reason(line: Line) -> str | None:
    """Why the line alone is shell, or None; a long line is text whatever it begins with."""
    bare = line.bare
    if len(bare) > 200 or (
        _is_prose(line) and not re.search(r"ICP|©|copyright|举报电话\s*[:：]?\s*\d", bare, re.IGNORECASE)
    ):
        return None
    for pattern, reason in ((NAVIGATION, "导航菜单"), (SHARE, "分享栏"), (EDITOR, "责任编辑"), (RELATED, "相关链接")):
        if pattern.match(bare):
            return reason
    if COPYRIGHT.search(bare):
        return "版权与备案"
    if len(bare) <= 40 and PHOTO.match(bare) and PHOTO_WORD.search(bare):
        return "图片署名"
    return None


def find_shell(text: str) -> Iterator[Noise]:
    """Whole lines that belong to the site and not to the article, in no particular order."""
    lines = text_lines(text)
    reasons = [_reason(line) for line in lines]
    for line, reason in zip(lines, reasons, strict=True):
        if reason:
            yield Noise(line.start, line.end, reason)
    for line in _tail(lines, reasons):
        yield Noise(line.start, line.end, "页尾")
    for line in _menu_above_title(lines):
        yield Noise(line.start, line.end, "导航菜单")


def _tail(lines: Sequence[Line], reasons: Sequence[str | None]) -> Iterator[Line]:
    """What follows the editor's line or a copyright line near the end, as long as no prose comes again."""
    prose = [index for index, line in enumerate(lines) if _is_prose(line) and not reasons[index]]
    after = prose[-1] + 1 if prose else len(lines)
    anchored = False
    for line, reason in zip(lines[after:], reasons[after:], strict=True):
        anchored = (
            anchored or reason in {"责任编辑", "版权与备案", "相关链接", "分享栏"} or MEDIA.match(line.bare) is not None
        )
        if anchored and not reason:
            yield line


def _menu_above_title(lines: Sequence[Line]) -> Iterator[Line]:
    """Short lines between the window title on the first line and the title on the page."""
    if not lines:
        return
    first = lines[0].bare
    for index, line in enumerate(lines[1:12], start=1):
        if len(line.bare) >= 6 and first.startswith(line.bare):
            yield from (
                above for above in lines[1:index] if len(above.bare) <= NAVIGATION_MOST and above.bare != line.bare
            )
            return
        if _is_prose(line):
            return
