"""Articles without running text, and pages that only look like articles: saved pages and dumps."""

from __future__ import annotations

import pytest

from newstui.model import Article
from newstui.sources.pages import Skipped, read_page
from tests.sources.test_html_pages import SIDE

TITLE = "第一中学教学楼工程中标公示"
ROWS = (
    ("项目名称", "第一中学教学楼工程"),
    ("招标人", "寿安镇第一中学"),
    ("开标时间", "2022年10月10日9时"),
    ("中标人", "某某建设集团有限公司"),
    ("投标报价", "12345678.90元"),
)
TABLE = "<table>" + "".join(f"<tr><td>{name}</td><td>{said}</td></tr>" for name, said in ROWS) + "</table>"
POEM = ("秋风起", "落叶一片片", "归雁声声远", "山那边", "是谁在守望炊烟", "又是一年")
GONE = "近日，有网友反映，多个网站打开后显示“页面不存在”。部分链接已经失效。"


def saved(title: str, byline: str, inner: str) -> bytes:
    page = (
        f"<html><head><meta charset='utf-8'><title>{title}_某某网</title></head><body>"
        f"<div>当前位置：<a>首页</a> &gt; <a>新闻</a> &gt; 正文</div><h1>{title}</h1><div>{byline}</div>"
        f"<div>{inner}</div><h3>热点新闻</h3>{SIDE}<div>版权所有 某某网</div></body></html>"
    )
    return page.encode()


def dumped(title: str, byline: str, *lines: str) -> bytes:
    side = "\n".join(f"  • 成都第{n}批老旧小区改造启动" for n in range(8))
    head = ("当前位置：首页 > 新闻 > 正文", title, byline)
    return "\n".join((*head, *lines, "", "热点新闻", side, "", "版权所有 某某网", "")).encode()


@pytest.mark.parametrize(
    "page",
    [
        saved(TITLE, "发布时间：2022-10-12", TABLE),
        dumped(TITLE, "发布时间：2022-10-12", *("\t\t".join(row) for row in ROWS)),
    ],
    ids=["saved", "dumped"],
)
def test_a_notice_that_is_a_table_is_an_article(page: bytes) -> None:
    article = read_page(page)
    assert isinstance(article, Article), article
    assert article.title == TITLE
    assert article.published is not None
    assert "寿安镇第一中学" in article.text
    assert "12345678.90元" in article.text
    assert "老旧小区" not in article.text


@pytest.mark.parametrize("form", ["saved", "dumped"])
def test_verses_are_an_article(form: str) -> None:
    byline = "2022-10-12 09:30 来源：成都日报 作者：李文强"
    page = (
        saved("秋思（组诗）", byline, "".join(f"<p>{line}</p>" for line in POEM))
        if form == "saved"
        else dumped("秋思（组诗）", byline, *POEM)
    )
    article = read_page(page)
    assert isinstance(article, Article), article
    assert article.text.split("\n") == list(POEM)


@pytest.mark.parametrize("form", ["saved", "dumped"])
def test_news_of_pages_that_are_gone_is_no_error_page(form: str) -> None:
    title, byline = "网站页面不存在？多地网站“404”引关注", "2022-10-12 09:30 来源：成都日报"
    page = saved(title, byline, f"<p>{GONE}</p>") if form == "saved" else dumped(title, byline, GONE)
    article = read_page(page)
    assert isinstance(article, Article), article
    assert article.title == title


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (
            "您的访问请求被拒绝！由于您的访问行为异常，系统已自动拦截。如有疑问请联系管理员，并提供以下编号：1234567890。",
            "error",
        ),
        (
            "共找到约 1,234 条关于“森林防火”的结果\n我市启动森林防火专项行动\n"
            "近日，市相关部门召开会议，研究部署下一阶段重点工作，强调要压实工作责任……\n成都日报 2022年10月1日\n"
            "市领导走访慰问困难职工家庭\n近日，市领导走访慰问困难职工家庭，向他们送去慰问金，并致以节日祝福……\n"
            "成都日报 2022年10月2日\n热点新闻\n  • 高铁新站预计年内开通运营\n  • 市民广场改造工程月底完工\n"
            "  • 新一轮寒潮将至注意保暖\n",
            "search",
        ),
        (
            "2016年03月01日 星期二 上一期 下一期 往期回顾\n第01版：要闻 上一版 下一版\n  • 我市启动森林防火专项行动\n"
            "  • 市领导走访慰问困难职工家庭\n版面导航 第01版：要闻 第02版：综合 第03版：时政 第04版：广告\n"
            "热点新闻\n  • 高铁新站预计年内开通运营\n  • 市民广场改造工程月底完工\n  • 新一轮寒潮将至注意保暖\n",
            "list",
        ),
    ],
)
def test_dumps_that_are_no_articles(text: str, word: str) -> None:
    page = read_page(text.encode())
    assert isinstance(page, Skipped), page
    assert word in page.reason


def test_of_a_threads_posts_of_one_day_the_first_gives_the_time() -> None:
    post = (
        "寿安镇的党员群众来到吴家场社区沟渠旁，挥锹铲泥，清理淤积，为春耕灌溉做好准备。今年社区早早动手，大家心里踏实。"
    )
    page = read_page(
        f"春耕前的清淤\n楼层： 第 1 楼 时间：2005-08-28 20:56:20\n作者： 放牛\n{post}\n{post}\n"
        "楼层： 第 2 楼 时间：2005-08-28 23:38:58\n作者： 过客\n顶一下\n".encode()
    )
    assert isinstance(page, Article)
    assert page.published is not None
    assert page.published.isoformat() == "2005-08-28T20:56:20+08:00"


def test_answers_under_a_list_do_not_make_it_an_article() -> None:
    answers = "".join(
        f"<div><p>{said}</p><span>2019-10-0{day} 12:01</span></div>"
        for day, said in enumerate(
            ("说得好，支持。", "这个事情我觉得还是要看后续的发展，现在下结论太早了，再等等看吧。", "点赞！"), 1
        )
    )
    page = read_page(
        f"<html><head><meta charset='utf-8'><title>某某新闻网</title></head><body>{SIDE}"
        f"<h3>网友评论</h3>{answers}</body></html>".encode()
    )
    assert isinstance(page, Skipped), page
