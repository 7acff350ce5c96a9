"""What crawlers, databases and other readers call the parts of an article: English, pinyin initials, Chinese.

Names are compared without case, blanks, "_" and "-"; of several that fit the earlier in a row is the better.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

FieldName = Literal[
    "title", "url", "body", "published", "updated", "saved", "byline", "author", "editor", "column", "district", "tags",
    "summary", "guid",
]  # fmt: skip
"""saved: when somebody kept or crawled it, which dates it only where nothing else does. byline: 来源, the paper."""
FIELDS: Final[tuple[FieldName, ...]] = get_args(FieldName)

NAMES: Final[dict[FieldName, tuple[str, ...]]] = {
    "title": tuple(
        """title 标题 新闻标题 文章标题 主标题 题目 標題 headline newstitle articletitle arttitle doctitle
        maintitle titletext titlename posttitle wzbt xwbt bt biaoti xwbiaoti article标题 稿件标题 题名
        subject resolvedtitle giventitle contenttitle h1""".split()
    ),
    "url": tuple(
        """url link href 链接 网址 原文链接 文章链接 新闻链接 链接地址 原文地址 文章地址 網址 連結 articleurl
        newsurl pageurl articlelink newslink detailurl docurl weburl canonicalurl permalink originalurl
        originurl originallink resolvedurl givenurl requesturl targeturl ljdz lianjie wangzhi uri loc""".split()
    ),
    "body": tuple(
        """contenthtml content 正文 正文内容 内容 新闻内容 文章内容 文章正文 新闻正文 全文 內容 body bodyhtml
        html htmlcontent articlebody articlecontent newscontent doccontent artcontent postcontent fulltext
        maintext contenttext bodytext plaintext rawtext text article story newstext contents zw nr zhengwen
        neirong xwnr 详情 详细内容 detail rawcontent rawhtml texts paragraphs""".split()
    ),
    "published": tuple(
        """published publishedat publishtime publishdate publishedtime publisheddate publicationdate
        datepublished datetimepublished pubtime pubdate pubdatetime 发布时间 发布日期 发表时间 发表日期
        发稿时间 刊发日期 刊发时间 见报日期 出版日期 新闻时间 新闻日期 發布時間 發佈時間 时间 日期 date
        datetime time ptime posttime postdate postedat newstime newsdate articletime articledate docpubtime
        issuedate issuetime releasetime releasedate releasedat showtime displaytime fbsj fbrq fabushijian
        shijian riqi sj rq ctime createtime createdat createdate created addtime inputtime timestamp
        pubtimestamp publishtimestamp 创建时间""".split()
    ),
    "updated": tuple(
        """updated updatedat updatetime updatedate datemodified modified modifiedat modifiedtime lastmodified
        modifytime 更新时间 修改时间 mtime utime gxsj""".split()
    ),
    "saved": tuple(
        """timeadded saveddate savedat dateadded creationdate addedat crawltime crawledat crawldate crawltimemsec
        scrapedat scrapetime fetchtime fetchedat spidertime gathertime collecttime downloadtime 采集时间 抓取时间
        爬取时间 收录时间 采集日期 抓取日期""".split()
    ),
    "byline": tuple(
        """source.name 来源 文章来源 新闻来源 信息来源 来源媒体 媒体 媒体名称 稿件来源 來源 出处 source
        sourcename newssource articlesource docsource media medianame mediasource newspaper paper papername
        publisher publisher.name publication copyfrom origin sitename site.name websitename website site
        报纸 报纸名称 报名 网站 网站名称 站点 laiyuan ly domainname""".split()
    ),
    "author": tuple(
        """author.name author authors 作者 记者 作者姓名 文章作者 記者 authorname newsauthor docauthor creator
        writer reporter byline 撰稿 撰稿人 zuozhe zz""".split()
    ),
    "editor": tuple("editor 编辑 责任编辑 责编 編輯 editors editorname bianji zrbj bj".split()),
    "column": tuple(
        """column 栏目 栏目名称 所属栏目 频道 频道名称 版面 版名 版面名称 专栏 分类 类别 新闻分类 新闻类别 欄目
        category categories categoryname channel channelname section sectionname columnname classname
        catname cate cat topic newstype lanmu pindao lm""".split()
    ),
    "district": tuple(
        """district 区县 地区 所属地区 行政区划 区划 地域 区域 发布地区 新闻地区 归属地 城市 所在城市 county
        region area city 省份 province diqu quxian dq""".split()
    ),
    "tags": tuple(
        "tags 标签 关键词 关键字 標籤 keywords tag taglist documenttags labels keyword biaoqian gjc gjz".split()
    ),
    "summary": tuple(
        """summary 摘要 新闻摘要 内容摘要 简介 导语 概要 描述 description excerpt abstract digest intro
        introduction lead desc brief snippet previewtext zhaiyao zy jianjie""".split()
    ),
    "guid": tuple("guid uuid uniquekey".split()),
}

WRAPPERS: Final = frozenset(
    "article news item data entry node fields _source attributes doc document record post info result detail".split()
)
"""Objects that only hold an article's fields together: `_source.title` of Elasticsearch is its title."""


def plain_name(key: str) -> str:
    """A field's name as the rows above spell it; dots between nested names stay."""
    return "".join(char for char in key.casefold() if char.isalnum() or char == ".")


def unwrapped(key: str) -> str:
    """`plain_name` of a nested field without the objects that only hold fields together."""
    *outer, last = key.split(".")
    return plain_name(key if any(part.casefold() not in WRAPPERS for part in outer) else last)
