"""What a line alone gives away: the forms of menus, share bars, editors, copyright lines, link lists and photo credits."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

CAPTIONS = Path(__file__).parent.parent / "data" / "captions.tsv"
REASONS = {"按钮": "网站提示", "菜单": "导航菜单", "分享": "分享栏", "论坛": "论坛提示"}
LONGEST = 300
PROSE_LEAST = 40
SENTENCE_LEAST = 20
SENTENCE_SIGN = re.compile(r"[。！？；]")
# A line as long as a paragraph that is a footer all the same.
FOOTER = re.compile(r"ICP[备備]|©|copyright|举报电话\s{0,3}[:：]?\s{0,3}\d|公网安备|网站标识码", re.IGNORECASE)

_CRUMB = r"[^\s>＞»›|｜。，]{1,16}"
NAVIGATION = re.compile(
    r"^(?:(?:您|你)?(?:现在|當前|当前|目前|所在|的){0,3}(?:位置|栏目|位于)是?\s*[:：].*"
    r"|(?:首页|首頁|网站首页|返回首页)(?:\s*[>＞»›/|\-—]+\s*\S.*|\s+\S{2,8}(?:\s+\S{2,8}){0,24})?"
    rf"|[^\s>＞»|｜。，]{{2,10}}(?:\s*[>＞»›|｜→]{{1,3}}\s*{_CRUMB}){{2,9}}"
    r"|[【\[«‹<＜]?\s*(?:[←→]?\s*(?:上一篇|下一篇|上一则|下一则|前一则|后一则)|上一条|下一条|上一页|下一页"
    r"|上页|下页|上一章|下一章|上一主题|下一主题|前一篇|后一篇|返回首页|返回顶部|返回列表|返回目录"
    r"|回到顶部|TOP)\s*[】\]»›>＞]?(?:\s*[:：>＞»›|｜].{0,80}|\s+\S{0,60}(?:\s+(?:上一篇|下一篇|上一版"
    r"|下一版)\S{0,40})?)?"
    r"|(?:查看|阅读|点击|加载)?更多(?:内容|新闻|资讯|文章|动态|信息)?\s*[>＞»›+＋.…]*|[>＞»›]{1,3}\s*更多"
    r"|展开(?:全文|更多)|阅读全文|收起"
    r"|(?:登录|登陆|注册|设为首页|加入收藏|无障碍(?:阅读|浏览)?|长者模式|适老版|简体(?:版|中文)?|繁体(?:版"
    r"|中文)?|繁體|网站地图|网站导航|English|EN)(?:[\s|｜/·]+\S{1,8})*"
    r"|第?\s*\d{1,4}\s*[/／]\s*\d{1,4}\s*页?|第\s*\d{1,4}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?"
    r"|[-—–－]\s*\d{1,4}\s*[-—–－]|共\s*\d{1,4}\s*页.{0,20}"
    r"|欢迎(?:您)?(?:访问|光临|来到|进入).{0,30}(?:网|网站|官网|门户|主页)[！!。.，,]?.{0,30}|(?:今天是"
    r"|现在是)?\s*\d{4}年\d{1,2}月\d{1,2}日[，,\s]*星期[一二三四五六日天].{0,12}"
    r"|(?:打开|关闭)(?:导航|菜单).{0,4}|搜索\s*[…:：.]*|文章导航|[←→]?\s*[上下]一篇文章\s*[←→]?"
    r"|[上下][转接]第?[一二三四五六七八九十\dA-D]{1,4}版.{0,12}"
    r"|END|End|查看全文.{0,14}|阅读\s+\d{1,9}|修改于\s?\d{4}年.{0,8}"
    r"|[【\[]?广告[】\]:：].{0,40}|【篇[一二三四五六七八九十\d]{1,3}】"
    r"|Toggle navigation|Skip to (?:main )?content|跳(?:到|转至)(?:主要)?内容.{0,6}|Menu|Search|Home|MENU"
    r"|(?:阅读|查看|展开|收起|点击查看)全文\s*[>＞»…]*|(?:APP|App|app|客户端|微信)内打开|打开(?:APP|App"
    r"|app|客户端).{0,16}"
    r"|热(?:搜|词|门搜索|门城市)\s*[:：].{0,80}|切换(?:城市|站点|地区)\s*[:：].{0,80}|手机(?:访问|版"
    r"|浏览)\s*[:：].{0,40}|(?:第?\s*[A-Z]?\d{1,3}\s*版\s*[:：].{0,20}|\S{2,10}\s+)?(?:上一版|下一版"
    r"|上一期|下一期)(?:\s+(?:上一版|下一版|上一期|下一期))*"
    r"|\S{2,8}[报刊]\s+\d{4}年\d{1,2}月\d{1,2}日\s*(?:星期.)?\s*(?:第?[A-Z]?\d{1,3}版).{0,12}"
    r"|[→←↓↑]*\s*(?:点击)?查看(?:更多|大图|原图)\s*[→←↓↑]*|百度一下.{0,12}|网站统计|本页面有效期.{0,12}"
    r"|(?:本文|原文|文章|页面|永久)(?:链接|地址|网址|来源)\s*[:：]\s*(?:https?://|www\.).{0,160}"
    r"|(?:Leave a (?:Reply|Comment)|Cancel reply|Previous Post|Next Post|Related Posts|Recent (?:Posts"
    r"|Comments)|Share this|Archives|Categories|Your (?:email address|browser)).{0,90}"
    r"|广告|推广|赞助商链接|广告位招租.{0,30}|AD|(?:\[\d{1,3}\]\s*){2,}.{0,12}"
    r"|[-—–=*\s]+(?:END|End|THE END|The End)[-—–=*\s]+"
    r"|(?:\d{1,3}\s+){3,}\d{1,3}(?:\s*[.…]+\s*\d{1,4})?(?:\s*下一页)?(?:\s*尾页)?"
    r"|(?:新媒体|专题|视频|图片|滚动|要闻|导航|菜单|栏目|搜索|站内搜索|全站搜索|请输入关键[字词].{0,8})[\s|｜]*)$"
)
FORUM = re.compile(
    r"^(?:您需要登录后才可以.*|您还未登录.*|登录后(?:可|即可|才能|方可).{0,20}|请(?:先)?登录(?:后|再).{0,20}"
    r"|马上注册.{0,40}|立即注册|没有(?:帐|账)号[?？].{0,20}|自动登录|找回密码|忘记密码[?？]?|用户名|密码"
    r"|快捷导航|电梯直达|楼主|沙发|板凳|地板"
    r"|本(?:帖|主题)(?:最后)?由.{1,40}|只看(?:该作者|楼主)|使用道具.{0,10}|倒序浏览|回复(?:\s+(?:支持|反对"
    r"|使用道具|举报))+|支持\s+反对"
    r"|发表于\s*\d{4}-\d{1,2}-\d{1,2}.{0,20}|(?:主题|帖子|积分|威望|金钱|贡献)\s*[:：]?\s*\d{0,9}(?:\s*["
    r"|｜]?\s*(?:主题|帖子|积分|威望|金钱|贡献|精华)\s*[:：]?\s*\d{0,9})*"
    r"|您所在的用户组.{0,40}|高级模式|发表(?:回复|评论|新帖)|快速回复|回帖奖励.{0,20}|\d{1,4}\s*[#＃楼]"
    r"|(?:注册会员|新手上路|中级会员|高级会员|论坛元老|版主|管理员)"
    r"|\d{1,4}\s*[#＃楼]\s*发表于.{0,40}"
    r"|\[?复制链接\]?|当前(?:离线|在线)|IP卡(?:\s*狗仔卡)?|发消息|加好友|本版积分规则|(?:顶|顶！|路过|帮顶"
    r"|mark|马克|支持楼主|学习了|赞一个|好帖).{0,12}"
    r"|Archiver.{0,40}|小黑屋|手机版|Powered by.{0,60}|Discuz!.{0,30}|GMT\+8.{0,120}|(?:我要|网友|最新"
    r"|热门|全部)?评论(?:区)?|加载更多评论|(?:快来|欢迎|赶快)?(?:发表|抢)(?:你的|您的)?(?:评论|看法"
    r"|沙发).{0,8}|登录后评论|楼主\s*发表于.{0,30}|phpwind.{0,40}|已有\s*\d+\s*(?:人参与|条评论).{0,8}"
    r"|评论(?:\s*[(（]?\d{0,6}[)）]?条?)?"
    r"|(?:说点什么|我来说两句|发表你的看法|文明上网.{0,20}|请自觉遵守.{0,40}).{0,10})$",
    re.IGNORECASE,
)
COMMENTS = re.compile(
    r"^(?:由.{1,20}发布于.{0,40}|(?:您的)?(?:邮箱|电子邮件)(?:地址)?不会被公开.{0,30}|必填项.{0,12}|(?:显示)?名称\s*\*?"
    r"|(?:电子)?(?:邮箱|邮件)(?:地址)?\s*\*?|(?:昵称|验证码|网址|站点)\s*[:：*]|在此浏览器中保存.{0,60}"
    r"|(?:您|你)的(?:昵称|评论|姓名)\s*[:：*]?|.{0,40}[/|]\s*(?:发表评论|暂无评论|\d{1,6}\s*条评论)"
    r"|此网站使用 ?Akismet.{0,40}|由 ?WordPress.{0,20})$"
)
_BUTTON = r"(?:收藏|点赞|打印|关闭|纠错|转发|评论|举报|本页|窗口|此页|分享|复制链接|返回|投诉|朗读|听新闻|放大|缩小)"
_PLATFORM = (
    r"(?:微信好友|微信|微博|抖音|快手|QQ空间|QQ好友|QQ|朋友圈|好友|新浪|腾讯|豆瓣|人人网|贴吧|今日头条"
    r"|Facebook|Twitter|LinkedIn)"
)
SHARE = re.compile(
    r"^(?:(?:请)?(?:打开|使用|用).{1,8}扫一扫.*|[^。“”]{0,8}扫一扫[^。“”]{0,24}|(?:微信|手机)?扫码(?:关注"
    r"|阅读|分享|查看|下载|访问|进入|浏览|打开).{0,16}"
    r"|(?!.*(?:报名|办理|填写|申请|申报|咨询|预约|缴费|提交|签到))(?:微信|长按|扫描|识别|扫一扫|扫"
    r"|请扫).{0,12}二维码.{0,24}|手机(?:扫码|阅读|查看|看|版|浏览|端).{0,6}"
    rf"|(?:一键)?分享(?:到|至|给)?\s*[:：]?(?:[\s、|｜/]*{_PLATFORM})*|{_PLATFORM}(?:[\s、|｜/]+{_PLATFORM})+"
    rf"|[\[【(（]?\s*{_BUTTON}(?:[\s|｜/·【】\[\]()（）]*{_BUTTON})*\s*[\]】)）]?"
    r"|[\[【(（]?\s*(?:字体|字号|字體|大\s*中\s*小|T大|T小|A\+"
    r"|A-)\s*(?:大小)?\s*[:：]?[\s\[\]【】（）()大中小号特超默认打印关闭窗口本页+\-|/AT]*"
    r"|(?:喜欢|觉得不错).{0,8}(?:赞|转发|收藏).{0,4}|分享让更多人看到|友善列印.{0,12}|转寄.{0,8}|(?:欢迎"
    r"|敬请|请|点击|长按)?关注.{0,16}(?:公众号|微信号|视频号|抖音号|官方微信|官方微博|客户端|我们).{0,8}"
    r"|点击(?:上方|下方|右上角|左下角|蓝字|标题|阅读原文|“).{0,24}|阅读原文|原文链接.{0,100}"
    r"|.{0,12}(?:下载|安装).{0,10}(?:客户端|APP|App|app)|.{0,20}官方(?:微信|微博|抖音|公众号|公众平台))$"
)
EDITOR = re.compile(
    r"^[（(\[【]?\s*(?:(?:本期|值班|执行|见习|实习|责任|责|文字|新媒体|网络|本文)?\s*(?:编辑|編輯|编审"
    r"|校对|校對|审核|審核|复审|终审|初审|一审|二审|三审|监制|監製|美编|排版|审签|签发|编)|责编|責編"
    r"|責任編輯|值班主任|值班编委|值班总编|值班领导|采编|总编辑|总编|主编|副主编|统筹)"
    r"\s*[:：/／丨|][^。]{0,40}$|^(?:(?:本版|本期|值班|责任|执行)?(?:主编|责编|编辑|美编|校对|审核"
    r"|责任编辑|监制|版式)\s+\S{2,4}\s*){2,6}$|^(?:本期|值班|责任|执行|见习|实习|文字|新媒体)(?:编辑|校对"
    r"|审核)\s+\S{2,4}(?:\s+\S{2,4}){0,4}$"
)
COPYRIGHT = re.compile(
    r"copyright|©|all rights? reserved|(?<![“「])版(?:权|權)所有|ICP备|ICP備|ICP证|公网安备|违法和不良信息"
    r"|举报电话\s*[:：]?\s*[\d(（]|网络敲诈"
    r"|技术支持\s*[:：]|(?:主办|承办|主管)(?:单位)?\s*[:：]"
    r"|网站标识码|许可证(?:编?号)?\s*[:：]|(?:经营|服务|传播|视听)许可证?[（(第\d]|网络视听许可证"
    r"|隐私权?政策|网站安全政策|举报邮箱\s*[:：]|建议使用.{0,16}(?:浏览器|Chrome|IE)|(?:浏览"
    r"|观看)本(?:网站|站)建议|未经.{0,12}(?:授权|许可|允许).{0,12}(?:转载|复制|镜像)"
    r"|(?:版权|免责|平台|特别)声明\s*[:：|｜]|关于我们\s*[|｜]|网站声明|联(?:系|络)我们\s*[|｜]"
    r"|技术支持\s+\S|\S\s+主办\s+\S+\s+承办$|[|｜]\s*(?:联系我们|关于我们|网站地图|隐私政策|版权声明)"
    r"|仅代表作者(?:本人|个人)?观点|不代表本(?:网|站|平台)|(?:转载|引用)(?:本文)?(?:请|须|需)?注明(?:出处"
    r"|来源)|请注明(?:出处|来源)"
    r"|您是第\s*\d*\s*位访|建议您?使用.{0,24}(?:分辨率|浏览器|浏览|访问)|中文域名|网站支持IPv6"
    r"|本网站?支持IPv6|Powered by|Produced By|publishdate|(?:网站|本站)(?:总)?访问量|网站管理\s*[:：]"
    r"|站长统计|百度统计|最佳(?:浏览|显示|分辨率)|(?:本站|本网站|本页面)由.{1,30}(?:制作|设计|维护|开发"
    r"|建设)",
    re.IGNORECASE,
)
CONTACT = re.compile(
    (
        r"^(?:(?:单位|办公|联系|通信|通讯)?地址|邮编|邮政编码|(?:联系|咨询|办公|值班|传真)?电话|传真|E-?mail"
        r"|(?:电子)?邮箱|网址|邮件)\s*[:：].{0,80}$"
    ),
    re.IGNORECASE,
)
COOKIE = re.compile(r"cookies?", re.IGNORECASE)
COOKIE_TALK = re.compile(r"使用|同意|接受|隐私|浏览|拒绝|设置|accept|policy|we use", re.IGNORECASE)
RELATED = re.compile(
    r"^(?:(?:您)?正在浏览的?标签\s*[:：].*|(?:共|为您)(?:找到|搜索到|有"
    r"|搜到)(?:约)?\s*\d+\s*[条个篇].{0,60}|每页(?:显示)?\s*\d+\s*条.{0,20}|(?:热门|相关|文章|本文"
    r"|所属)?(?:标签|標籤|分类|栏目|专题)\s*[:：].{0,80}|(?:按|排序[:：]).{0,4}(?:时间|相关度|热度).{0,12}"
    r"|(?:近期|随机|热评|网友还看了|大家还在看|相关阅读)(?:文章|评论)|(?:文章)?(?:归档|分类目录)|功能"
    r"|(?:作者|发布者|发布人|编辑|来源)\s*[:：]\s*(?:admin|administrator|管理员|佚名|未知)(?:\s.{0,30})?"
    r"|(?:文章|本文)关键词\s*[:：].{0,60}|关键词阅读\s*[:：].{0,60}"
    r"|[【\[■▼↓▲◆●▍|※\s]*(?:相关(?:阅读|链接|新闻|文章|报道|推荐|内容|专题|信息|资讯|稿件|附件下载)"
    r"|往期(?:精彩|推荐|回顾|文章|好文|内容){1,2}|相关(?:法条|法规|案例|规定|政策|解读)|延伸阅读"
    r"|推荐(?:阅读|文章|新闻|内容)|热门(?:推荐|文章|新闻|排行|点击|资讯|标签|搜索|专题|评论|视频)"
    r"|热点(?:推荐|新闻|专题|排行|资讯|文章)|(?:点击|阅读|新闻|热门|一周|本周|24小时|今日)?(?:排行榜?|热榜"
    r"|热搜榜?|热文)"
    r"|最新(?:文章|新闻|推荐|资讯|更新|发布)|精彩(?:推荐|图集|图片|专题|内容)|图文推荐|图片新闻|本(?:站|网"
    r"|周)(?:推荐|热门|热点)|编辑推荐|为(?:您|你)推荐|(?:您|你)(?:可能|也许)(?:还|也|会)?(?:喜欢|感兴趣)"
    r"|猜(?:你|您)喜欢.{0,6}|大家都在看|看了又看|更多精彩.*"
    r"|媒体矩阵|友情链接.*|合作媒体|常用链接|快速链接|站点链接|TAGS?\s*[:：].*|关键[词字]\s*[:：][^；;]*"
    r"|相關(?:閱讀|新聞|連結|文章)|推薦閱讀|熱門文章)[】\]▼▲◆↓\s]*[:：]?\s*(?:更多|MORE|more)?\s*[>＞»+]*)$",
    re.IGNORECASE,
)
MEDIA = re.compile(r"^[•·●\-*\s]*\S{0,8}(?:客户端|微信号|微信|微博号|微博|抖音号|抖音|快手号|视频号|公众号|头条号)$")
PHOTO = re.compile(
    r"^[（(【]?(?:(?:本版|本组|本文|文中|以上|题图|上图|下图|图为|资料)?(?:图片|照片|图|圖片|摄影"
    r"|攝影)?(?:均?由|[:：/／]|来源[:：]).{2,30}(?:摄|攝|供图|提供|图|供图)?"
    r"|\S{0,12}(?:记者|通讯员)?\s*\S{2,8}\s*[/／]?\s*(?:摄|攝|供图)|资料图片?|图片来源于?网络|(?:图片"
    r"|配图)来自?网络.{0,8})[)）】]?$"
)
PHOTO_WORD = re.compile(r"照片|图片|圖片|摄影|攝影|供图|配图|资料图|摄[)）】]?$|攝[)）】]?$|图[:：/／]")
_TOKENS = re.compile(r"[\s|｜/·•>＞»›→←\-—_、:：\[\]【】()（）]+")
_COUNTS = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:\s\d{1,2}:\d\d(?::\d\d)?)?|\d{1,6}\s?[#＃楼]|(?<![A-Za-z])\d{1,9}(?=[\s"
    r"|｜:：)）\]】]|\Z)"
)
TRAIL = re.compile(r"\S\s*[>＞»›→]\s*\S")
TOKEN_MOST = 10


WHOLE = (
    (NAVIGATION, "导航菜单"),
    (FORUM, "论坛提示"),
    (COMMENTS, "网站提示"),
    (SHARE, "分享栏"),
    (EDITOR, "责任编辑"),
    (RELATED, "相关链接"),
)


@lru_cache(maxsize=1)
def captions() -> dict[str, str]:
    """The captions that menus, share bars and forums of Chinese sites are made of, each with its kind."""
    lines = CAPTIONS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))


def row_tokens(bare: str) -> list[str]:
    """The captions of a line, counts and dates left out, if it is a row of short ones; else none."""
    tokens = [token for token in _TOKENS.split(_COUNTS.sub(" ", bare)) if token]
    return tokens if all(len(token) <= TOKEN_MOST for token in tokens) else []


def row_reason(bare: str) -> str | None:
    """The reason of a row of two or more captions, at least half of them known; None where the line is none."""
    tokens = row_tokens(bare)
    known = [captions()[token] for token in tokens if token in captions()]
    least = 1 if TRAIL.search(bare) else 2
    if len(known) < least or 2 * len(known) < len(tokens):
        return None
    return REASONS[max(REASONS, key=known.count)]


def is_prose(bare: str) -> bool:
    """Whether a line is long enough and has a sentence sign, as text has."""
    return len(bare) >= PROSE_LEAST and SENTENCE_SIGN.search(bare) is not None


def ends_sentence(bare: str) -> bool:
    """Whether a line is prose, or a shorter sentence that ends as one; such a line bounds the shell, but may be part of it."""
    return is_prose(bare) or (len(bare) >= SENTENCE_LEAST and bare.rstrip("”’」』）)")[-1:] in "。！？")


def line_reason(bare: str) -> str | None:
    """Why the line alone is shell, or None; a long line is text whatever it begins with."""
    if len(bare) > LONGEST or (is_prose(bare) and not FOOTER.search(bare)):
        return "网站提示" if len(bare) <= LONGEST and _is_cookie(bare) else None
    for pattern, reason in WHOLE:
        if pattern.match(bare):
            return reason
    if COPYRIGHT.search(bare):
        return "版权与备案"
    if _is_cookie(bare):
        return "网站提示"
    is_credit = len(bare) <= PROSE_LEAST and PHOTO.match(bare) and PHOTO_WORD.search(bare)
    return row_reason(bare) or ("图片署名" if is_credit else None)


def _is_cookie(bare: str) -> bool:
    return COOKIE.search(bare) is not None and COOKIE_TALK.search(bare) is not None
