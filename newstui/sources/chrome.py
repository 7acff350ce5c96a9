"""What stands round an article on a portal page: names of side blocks, tools, and the site's footer.

A side block is known by its heading (新闻推荐, 猜你喜欢 …). Headings are made of few parts, so they are recognised by
those parts and not by a list of every one seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Final, Literal, NamedTuple

from newstui.sources.traditional import simplified

HeadingKind = Literal["teaser", "list", "comments", "neighbour"]


class Heading(NamedTuple):
    """The heading of a side block; `rest` is what stands after it on the same line."""

    group: str
    kind: HeadingKind
    rest: str = ""


_TEASER: Final = frozenset({"新闻推荐", "推荐新闻", "今日推荐"})
_COMMENTS: Final = re.compile(
    r"(?:(?:网友|最新|热门|精彩|全部|文章|所有|用户|热点|查看|发表|我要|参与|新闻|读者)?(?:评论|跟帖|留言"
    r"|热评)(?:列表|区|专区)?"
    r"|我来说两句|我要说说|说两句|我有话说|发表看法|网友互动|查看更多评论|\d+条评论|网友评分|回复)"
)
_BEFORE: Final = (
    "相关 类似 同类 关联 其他 其它 更多 最新 最近 热门 热点 热图 推荐 精彩 精选 延伸 拓展 扩展 编辑 站长 "
    "频道 栏目 本栏 本栏目 本类 本周 一周 本月 今日 当日 图片 图文 高清 视频 新闻 资讯 文章 热文 阅读 "
    "点击 人气 浏览 评论 排行 即时 滚动 实时 头条 要闻 焦点 关注 独家 往期 原创 24小时 48小时 72小时 "
    "小时 为你 为您 猜你 猜您 作者 近期 下载 专题 聚焦 本站 本网 网站 全站 随机 固顶 国内 国际 社会 娱乐 "
    "体育 财经 本地"
).split()
"""Up to two of these stand before what a list is of."""
_LISTED: Final = frozenset(
    (
        "新闻 阅读 报道 报导 链接 链结 连接 连结 文章 内容 推荐 资讯 专题 搜索 消息 稿件 信息 看点 热点 排行 "
        "排行榜 热榜 榜 导读 图片 图文 热图 视频 热文 热词 热搜 精选 速递 速览 焦点 关注 回顾 策划 帖子 话题 "
        "攻略 院校 下载 博文 日志 随笔 最新文章 更多文章"
    ).split()
)
"""What a list is of."""
_WHOLE: Final = re.compile(
    r"猜[你您](?:会|可能)?(?:还)?喜欢|猜[你您]想看|[你您](?:也|还)?可能(?:也|还)?(?:会)?(?:还)?(?:喜欢"
    r"|感兴趣|想看|关注)(?:的)?(?:新闻|文章|内容)?"
    r"|为[你您]推荐|乡里乡亲|大家都在[看搜读]|大家还在看|正在阅读|看过[此本该]文的(?:人|网友)?还(?:看过"
    r"|喜欢看?)|更多精彩|热门排行|点击排行榜?|排行榜|微矩阵|友情链接|合作媒体|责编推荐"
    r"|上周回顾|随机推荐|广告|推广|赞助商?链接|特别推荐|精彩导读|更多相关|相关|评论排行榜?|推荐"
)
"""Headings that are not made of such parts."""
# Parts that are sentences of their own when they stand alone in a body.
_NEVER_ALONE: Final = frozenset(
    "新闻 阅读 报道 链接 文章 内容 资讯 消息 信息 视频 图片 焦点 关注 话题 下载 回复 排行".split()
)
_COUNTED: Final = re.compile(r"[(（].*[)）]|\d+\s*条?|[>»]+")
"""What stands after 评论 when it heads a block: a number, or the article's title in brackets."""
_NEIGHBOUR: Final = re.compile(
    r"(上一篇|下一篇|上篇|下篇|前一篇|后一篇|上一条|下一条|上一则|下一则|上一组|下一组)[文章]*\s*[:：>»]?\s*(.*)"
)
_TRIMMED: Final = " \u3000【】[]［］〖〗「」<>《》()（）|｜丨■◆●▶►▪·•…—-=*#:：>»›+＋更多"
_LED: Final = " \t\xa0\u3000【[［〖<|｜丨■□◆◇●○▶►▪·•*#=-—"
_MORE: Final = ("更多", "more", "MORE", "换一换", "换一批")
HEADED: Final = 120
"""Characters of a line that opens a side block, at most."""
_INLINE: Final = re.compile(r"^([^:：(（\]】]{2,10})(?:[:：\]】]\s*|(?=[(（]))(.*)$")

_FOOTER: Final = re.compile(
    r"版权所有|copyright|©|all rights reserved|公网安备|互联网新闻信息服务|国内统一刊号|邮发代号|违法和?不良信息"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?ICP[备证]|许可证(?:编?号)?[:：]?\s*[A-Z0-9(（京沪]"
    r"|未经.{0,20}(?:授权|许可|允许).{0,12}(?:转载|镜像|复制)|凡本网注明|本网凡注明|转载目的在于|powered by",
    re.IGNORECASE,
)
_SITE: Final = re.compile(
    r"版权声明|免责声明|关于我们|联系我们|网站地图|友情链接|投诉与?建议|广告服务|招聘信息|诚聘英才|技术支持[:：]|备案号"
    r"|如有侵权|侵权.{0,8}删除|仅代表作者(?:本人|个人)?(?:观点|意见)|不代表本(?:站|网|报)|本网站?所有内容|欢迎您来到"
    r"|(?:客服|服务)热线[:：]|客服邮箱|传真[:：]|(?:公司|单位|办公)地址[:：]"
)
"""What the foot of a site says, but an article may mention: it counts where no sentence ends in the line."""
_TOOL_WORDS: Final = (
    r"分享(?:到|至|给|按钮)?|转发(?:到)?|发送给好友|打印(?:本[页文]|文[稿章])?|收藏(?:本[页文]|此[页文])?|关闭(?:窗口|本页)?"
    r"|字体(?:大小)?|字号|调整字体"
    r"|放大|缩小|加入收藏|设为首页|返回(?:顶部|首页|列表|上级)?|回到(?:顶部|首页)|点击(?:查看|下载"
    r"|进入)?.{0,10}?(?:原图|大图|更多|高清|二维码)"
    r"|扫(?:一扫|码|描).{0,24}|即[刻可]分享|二维码|手机(?:看|访问|扫码).{0,10}|微信(?:公众号|扫一扫|好友|快速登录)?"
    r"|朋友圈|新浪微博|腾讯微博|微博"
    r"|QQ(?:空间|好友)?|人人网?|开心网|豆瓣|百度搜藏|facebook|twitter|google|复制链接|举报|点赞|踩|顶|赞"
    r"|登录|注册|搜索|查看(?:全文|更多)?"
    r"|展开(?:全文)?|收起|纠错|我要“?[揪纠]?”?错?|推荐|投稿|转寄朋友|添加收藏|订阅|关注|下载(?:APP|客户端)"
    r"|客户端下载|首页|末页|[上下]一[页篇版]"
    r"|尾页|共\d+页|页面功能|保护视力色?|背景色?|我?来说两句|我要说说|手机版|触屏版|无障碍浏览?|繁体版?"
    r"|简体版?|english|评论|新闻频道|财经要闻"
    r"|关键[词字]|标签|正文|相册|更多|回复|默认|超大|大|中|小|scan me!?|[at][+-]?|\d+"
)
_FORMER: Final = re.compile(r"[【\[（(]?\s*原(?:文)?标题\s*[:：]")
_SETTING: Final = re.compile(r"[【\[（(]?\s*(?:字号|字体|字体大小|背景色|视力保护色?)\s*[:：](?!.*[。，；])")
"""How large and on what colour the page is to be shown: 【字号: 大 中 小】【背景色 杏仁黄 …】."""
_TOOL_JOINTS: Final = r"[\s|｜丨/:：()（）\-+—·•,，.。>»<«\u3000【】\[\]“”!！⋅]"
_TOOL_LINE: Final = re.compile(rf"(?:{_TOOL_JOINTS}++|(?>{_TOOL_WORDS}))*+", re.IGNORECASE)


def read_heading(line: str) -> Heading | None:
    """The side block that `line` opens, or None; a line of body text is never one."""
    text = line.lstrip(_LED).rstrip()
    if not text or len(text) > HEADED:
        return None
    found = _NEIGHBOUR.fullmatch(text) if text[0] in "上下前后" else None
    if found:
        return Heading(found.group(1), "neighbour", found.group(2).strip(_TRIMMED))
    bare = text.strip(_TRIMMED)
    for word in _MORE:
        bare = bare.removesuffix(word)
    bare = bare.strip(_TRIMMED)
    kind = _kind(bare)
    if kind:
        return Heading(bare, kind)
    inline = _INLINE.match(text)
    if inline:
        name = inline.group(1).strip(_TRIMMED)
        kind = _kind(name)
        rest = inline.group(2).strip()
        if kind == "comments" and rest and not _COUNTED.fullmatch(rest):
            return None
        if kind:
            return Heading(name, kind, rest)
    return None


def _kind(name: str) -> HeadingKind | None:
    name = simplified(name)
    if not 2 <= len(name) <= 14 or name in _NEVER_ALONE:
        return None
    if name in _TEASER:
        return "teaser"
    if _COMMENTS.fullmatch(name):
        return "comments"
    for size in range(1, 5):
        if name[-size:] in _LISTED and name[:-size] in _befores():
            return "list"
    return "list" if _WHOLE.fullmatch(name) else None


@cache
def _befores() -> frozenset[str]:
    """What may stand before what a list is of: nothing, one word or two."""
    return frozenset(("", *_BEFORE, *(f"{one}{other}" for one in _BEFORE for other in _BEFORE)))


def is_footer(line: str) -> bool:
    """Whether `line` is part of the site's foot: rights, licences, contacts."""
    if len(line) > 400:
        return False
    return _FOOTER.search(line) is not None or ("。" not in line[:-1] and _SITE.search(line) is not None)


def former_title(line: str) -> str:
    """The title that `line` says an article had before (原标题：…), "" when it says none."""
    found = _FORMER.match(line) if "标题" in line else None
    return line[found.end() :].strip(" \u3000)）】") if found and len(line) <= 120 else ""


def is_tool(line: str) -> bool:
    """Whether `line` is nothing but buttons (share, print, font size, log in) or a note on the title."""
    if "标题" in line and len(line) <= 120 and _FORMER.match(line):
        return True
    return len(line) <= 80 and (_SETTING.match(line) is not None or _TOOL_LINE.fullmatch(line) is not None)


def may_praise(line: str) -> bool:
    """Whether `line` may be a slogan: a comma stands near its beginning."""
    return len(line) <= 200 and (line.find("，", 0, 24) >= 0 or line.find(",", 0, 24) >= 0)


def is_slogan(line: str, names: Collection[str]) -> bool:
    """Whether `line` (`may_praise`) is the portal praising itself: it begins with one of its own names and a comma.

    `names` stand in the page's breadcrumbs and rows of tabs.
    """
    if not names and "新闻" not in line:
        return False
    subject = line[:24].replace(",", "，").partition("，")[0].strip()
    if len(subject) < 2:
        return False
    if len(subject) > 2 and subject in names:
        return True
    named = subject.endswith("新闻") or f"{subject}新闻" in line
    return named and _PRAISE.search(line) is not None


_PRAISE: Final = re.compile(
    "弘扬社会正气|传播.{0,12}(?:幸福|正能量|美好)|家乡(?:的|事|人)|故乡|乡情|接地气|新鲜有料|不变的是"
    "|天涯咫尺|期待在此相遇|每天.{0,6}更新"
)


_TAIL: Final = re.compile(
    r"^(?:展开全文|阅读(?:全文|原文|更多)|查看(?:全文|原文|更多)|点击(?:进入|查看|下载|阅读)|更多(?:精彩|内容|新闻)"
    r"|扫(?:一扫|码|描)|长按|(?:识别|关注).{0,10}(?:二维码|公众号)|欢迎(?:关注|订阅|分享|转发)"
    r"|(?:来源|作者|编辑|责编|监制|审核|校对|校读|投稿|制图|剪辑)[\s\u3000]*[:：丨|｜/]"
    r"|赞赏|喜欢此内容|推荐成功|已推荐|关键词阅读|[-—\s]*(?:THE )?END[-—\s]*$|图集$|\+1$|未经授权|版权归"
    r"|本文(?:来源|转自|转载自)|(?:微信)?公众号[:：]|(?:网易|新浪|搜狐|腾讯|凤凰)(?:财经|新闻|科技|娱乐|汽车|体育)$)"
)


def is_tail(line: str) -> bool:
    """Whether `line` is what a page puts under an article: who to follow, what to scan, who edited it."""
    return len(line) <= 60 and _TAIL.search(line) is not None
