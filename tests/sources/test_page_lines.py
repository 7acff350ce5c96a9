"""Bylines, breadcrumbs, headings of side blocks and names, one line at a time."""

from __future__ import annotations

import pytest

from newstui.sources import dump_lines
from newstui.sources.byline import read_byline
from newstui.sources.chrome import is_footer, is_tool, read_heading
from newstui.sources.crumbs import read_crumbs, read_tabs
from newstui.sources.dump_lines import read_lines
from newstui.sources.people import credited, is_credit, names_in


@pytest.mark.parametrize(
    ("line", "source", "author", "editor", "date"),
    [
        ("来源:成都日报 2016-03-01 20:39", "成都日报", "", "", "2016-03-01T20:39"),
        ("2021-08-18 14:43:36来源:川观新闻编辑:王诗", "川观新闻", "", "王诗", "2021-08-18T14:43"),
        ("发布时间:2013-07-10 08:40:01    作者:    来源:某某报·某某网", "某某报·某某网", "", "", "2013-07-10T08:40"),
        ("来源:读某 | 撰稿:见习记者:俞中 | 责编:陆姗", "读某", "俞中", "陆姗", ""),
        ("SOME.EXAMPLE.COM　2005年3月11日12:12 来源：[ 某民网 ]", "某民网", "", "", "2005-03-11T12:12"),
        ("2004年7月16日08:19 [ 黄宇 ] 来源：[ 某某金融报 ]", "某某金融报", "黄宇", "", "2004-07-16T08:19"),
        ("编辑： 金金 \t\t来源： 某世纪经济报道 \t\t作者：宋怡 杨志华", "某世纪经济报道", "宋怡 杨志华", "金金", ""),
        ("作者:somebody 阅读(1660) 评论(5)  编辑 发表于:2005-07-31 12:30", "", "somebody", "", "2005-07-31T12:30"),
        ("（责任编辑：魏喆）", "", "", "魏喆", ""),
        ("发布日期：2016-11-22 浏览次数： 信息来源：省发改委", "省发改委", "", "", "2016-11-22T00:00"),
    ],
)
def test_bylines(line: str, source: str, author: str, editor: str, date: str) -> None:
    found = read_byline(line)
    assert found is not None
    assert (found.source, found.author, found.editor) == (source, author, editor)
    assert (found.published.strftime("%Y-%m-%dT%H:%M") if found.published else "") == date


@pytest.mark.parametrize(
    "line",
    [
        "2016年3月1日,市委召开党的群团工作会议,要求基层组织积极参与社会治理。",
        "据介绍,这项工作的资金来源主要是财政拨款和社会捐助,时间跨度为三年。",
        "成都今年第三批老旧小区改造启动 2016-03-11",
        "强化职能协同保障",
        "记者了解到,作者对此并不知情。",
        "记者:您怎么看这次活动的效果?",
        "编辑:我们收到了很多来信。",
        "时间:2016年3月19日9:00 地点:寿安镇文化站",
    ],
)
def test_running_text_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("line", "crumbs"),
    [
        ("地方网 > 四川 > 成都市 > 新都新闻 > 正文", ("地方网", "四川", "成都市", "新都新闻")),
        ("您的当前位置：新闻中心 > 武汉", ("新闻中心", "武汉")),
        ("首页&nbsp;&gt;&nbsp;四川 &gt; 雅安", ("首页", "四川", "雅安")),
        ("汽车 >> 车坛动态 >> 业界新闻", ("汽车", "车坛动态", "业界新闻")),
        ("首页 / 图片 / 正文", ("首页", "图片")),
        ("位置：首页 >  新闻动态", ("首页", "新闻动态")),
    ],
)
def test_breadcrumbs(line: str, crumbs: tuple[str, ...]) -> None:
    assert read_crumbs(line) == crumbs


@pytest.mark.parametrize(
    "line", ["更多 >", "5 > 3", "< 第一页 上一页 下一页 最后一页 >", "气温上升。> 未来三天", "强化职能协同保障"]
)
def test_other_lines_are_no_breadcrumbs(line: str) -> None:
    assert read_crumbs(line) is None


def test_rows_of_tabs() -> None:
    assert read_tabs("成都新闻 新都新闻 温江新闻") == ("成都新闻", "新都新闻", "温江新闻")
    assert read_tabs("首页|新闻|国际|财经|体育|娱乐") == ("首页", "新闻", "国际", "财经", "体育", "娱乐")
    assert read_tabs("下涧槽社区 大手牵小手 爱心家园老少同守护") == ()


@pytest.mark.parametrize(
    ("line", "group", "rest"),
    [
        ("新闻推荐", "新闻推荐", ""),
        ("相关新闻:", "相关新闻", ""),
        ("  • 热点阅读", "热点阅读", ""),
        ("【延伸阅读】", "延伸阅读", ""),
        ("■相关链接", "相关链接", ""),
        ("猜你喜欢：", "猜你喜欢", ""),
        ("乡里乡亲", "乡里乡亲", ""),
        ("图文看点 更多>>", "图文看点", ""),
        ("24小时热文", "24小时热文", ""),
        ("评论:(清淤疏渠备春耕)", "评论", "(清淤疏渠备春耕)"),
        ("下一篇：春风十里花海如潮", "下一篇", "春风十里花海如潮"),
        ("阅读排行榜", "阅读排行榜", ""),
    ],
)
def test_headings_of_side_blocks(line: str, group: str, rest: str) -> None:
    found = read_heading(line)
    assert found is not None
    assert (found.group, found.rest) == (group, rest)


@pytest.mark.parametrize(
    "line",
    [
        "强化职能协同保障",
        "“群团组织+社会组织”",
        "新闻",
        "评论：这场胜利来得太晚了",
        "推荐他担任组长的是村民。",
        "相关部门已介入调查",
    ],
)
def test_body_lines_are_no_headings(line: str) -> None:
    assert read_heading(line) is None


def test_tools_and_footers() -> None:
    assert is_tool("【打印】 【关闭】 分享到: 0")
    assert is_tool("收藏本页 打印 放大 缩小")
    assert not is_tool("打印机市场今年回暖")
    assert is_footer("Copyright © 2020 某某网 版权所有 蜀ICP备12345678号")
    assert not is_footer("这家公司今年新增专利授权120件。")
    assert not is_footer("读者可查看专栏的关于我们一页。有意者请拨打服务热线:028-12345678报名。")


def test_names() -> None:
    assert names_in("本报记者 卢海燕 文/图") == ["卢海燕"]
    assert names_in("宋怡、杨志华") == ["宋怡", "杨志华"]
    assert names_in("王 明") == ["王明"]
    assert names_in("本站原创") == []
    assert is_credit("川观新闻记者 薛维睿 雅安观察 黄刚 张超")
    assert not is_credit("记者在现场看到,公园里人来人往。")


@pytest.mark.parametrize(
    ("paragraphs", "names"),
    [
        (["本报讯 (记者 刘玺)6日,活动在社区举行。", "他说好。"], "刘玺"),
        (["某观新闻记者 薛维睿 雅安观察 黄刚 张超", "8月18日上午,道路塌方。"], "薛维睿 黄刚 张超"),
        (["近日,会议召开。", "书记告诉记者。本报记者 卢海燕 文/图"], "卢海燕"),
        (["近日,会议召开。", "作出突出贡献。（总台记者 张倩）"], "张倩"),
        (["本报讯 （实习记者 樊亮 张明超 记者惠禾）13岁。"], "樊亮 张明超 惠禾"),
        (["记者了解到,会议召开。", "记者从现场获悉,一切顺利。"], ""),
    ],
)
def test_credits_in_the_text(paragraphs: list[str], names: str) -> None:
    assert credited(paragraphs) == names


def test_a_slogan_is_one_on_its_own_portal_only() -> None:
    praise = "江油新闻，弘扬社会正气，传播家乡的正能量。"
    assert [line.kind for line in read_lines(f"首页 > 江油新闻 > 正文\n{praise}")] == ["crumbs", "slogan"]
    other = "绵阳观察，每天都在这里，每天都不一样，从早到晚。"
    assert [line.kind for line in read_lines(f"首页 > 绵阳观察 > 正文\n{other}")] == ["crumbs", "slogan"]
    assert [line.kind for line in read_lines(f"首页 > 社会 > 正文\n{other}")] == ["crumbs", "short"]


def test_rows_that_are_one_line_only_together_are_joined() -> None:
    trail, title = read_lines("留学攻略>\n英国>\n某大学今年的录取线公布了")
    assert (trail.kind, trail.crumbs) == ("crumbs", ("留学攻略", "英国"))
    assert title.text == "某大学今年的录取线公布了"
    (byline,) = read_lines("来源：\n\n新华网")
    assert byline.byline is not None and byline.byline.source == "新华网"


def test_lines_kept_between_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump_lines, "KEPT", 50)
    dump_lines.forget()
    for page in range(20):
        read_lines("\n".join(f"第{page}页的第{row}个标题" for row in range(20)))
    assert 0 < len(dump_lines._rows) <= 50


def test_running_text_is_not_kept_between_pages() -> None:
    dump_lines.forget()
    prose = "会议强调，要坚持问题导向，抓好工作落实，确保各项任务如期完成。" * 3
    read_lines(f"首页\n{prose}")
    assert list(dump_lines._rows) == ["首页"]
