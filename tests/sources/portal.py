"""A made-up page in the portal form, whose parts tests put together in every order."""

from __future__ import annotations

TITLE = "寿安镇党员群众齐上阵 清淤疏渠备春耕"
TABS = "成都新闻 新都新闻 温江新闻 双流新闻 郫都新闻 简阳新闻 导览"
CRUMBS = "地方网 > 四川 > 成都市 > 温江新闻 > 正文"
BYLINE = "来源:成都日报 2016-03-11 09:05   https://www.example.net/"
BODY = (
    "3月9日,温江区寿安镇的党员群众来到吴家场社区沟渠旁,挥锹铲泥,清理淤积,为春耕灌溉做好准备。",
    "“往年一到用水的时候,下游总是等不来水。”村民陈大爷说,今年社区早早动手,大家心里踏实多了。",
    "党建引领 干群同心",
    "据介绍,寿安镇今年计划清淤沟渠42公里,目前已完成近三成,预计4月初全部完工,可保障灌溉面积1.2万亩。",
    "下一步,该镇还将组织农技人员下田指导,确保春播顺利进行。本报记者 李文强 摄影报道",
)
TEASER = (
    "新闻推荐",
    "高新区又添三座口袋公园",
    "近日,成都高新区三座口袋公园建成开放,市民推窗见绿、出门入园。记者看到,公园里设置了步道和座椅,不少居民带着孩子前来...",
    "温江新闻,每天更新家乡的大事小事。看家乡新闻,品故乡人情,不管走到哪里,心里装着的还是温江区这个家。",
)
SIDES = (
    "相关新闻:",
    "猜你喜欢:",
    f"评论:({TITLE})",
    "频道推荐",
    "  • 蒲江柑橘俏销海外",
    "  • 都江堰放水节下月举行",
    "  • 热点阅读",
    "    春风十里 花海如潮... 一碗豆花的四十年... 川剧进校园",
    "图文看点",
    "乡里乡亲",
    "张师傅修钟表三十年 街坊都说他... 彭州游子捐资助学... 从菜农到主播...",
    "热点排行",
)


def page(
    *order: str,
    gap: str = "\n\n",
    crumbs: str = CRUMBS,
    byline: str = BYLINE,
    title: str = TITLE,
    body: tuple[str, ...] = BODY,
) -> str:
    """A page of the named parts in the given order, paragraphs parted by `gap`."""
    parts = {
        "tabs": TABS,
        "crumbs": crumbs,
        "title": title,
        "byline": byline,
        "body": gap.join(body),
        "teaser": gap.join(TEASER),
        "sides": "\n".join(SIDES),
    }
    return gap.join(parts[name] for name in order)


STANDARD = ("tabs", "crumbs", "title", "byline", "body", "teaser", "sides")
