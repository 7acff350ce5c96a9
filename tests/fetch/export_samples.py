"""Exports of other readers, written after what the programs write: fields, order and spellings are theirs."""

from __future__ import annotations

from typing import Any

TITLE = "新都开学"
URL = "https://news.example/1.html"
FEED = "https://news.example/feed.xml"
BODY = "<p>近日，新都区举行开学典礼。</p><p>全校师生参加。</p>"

WALLABAG: list[dict[str, Any]] = [
    {
        "is_archived": 1, "is_starred": 1, "user_name": "wallabag", "user_email": "reader@news.example", "user_id": 1,
        "tags": ["教育"], "is_public": False, "id": 22, "uid": None, "title": TITLE, "url": URL,
        "hashed_url": "9f1a", "origin_url": None, "given_url": URL, "hashed_given_url": "9f1a",
        "archived_at": "2016-09-08T11:55:58+00:00", "content": BODY, "created_at": "2016-09-08T11:55:58+00:00",
        "updated_at": "2016-09-08T11:57:16+00:00", "published_at": "2016-03-01T20:39:00+08:00",
        "published_by": ["张三"], "starred_at": None,
        "annotations": [{"text": "记下", "created_at": "2016-09-08T12:00:00+00:00",
                         "updated_at": "2016-09-08T12:00:00+00:00", "quote": "典礼",
                         "ranges": [{"start": "/p[1]", "startOffset": 1, "end": "/p[1]", "endOffset": 9}]}],
        "mimetype": "text/html", "language": "zh_CN", "reading_time": 1, "domain_name": "news.example",
        "preview_picture": "https://news.example/1.jpg", "http_status": "200", "headers": {"server": "nginx"},
    }
]  # fmt: skip

WALLABAG_1: list[dict[str, Any]] = [
    {"0": "1", "1": TITLE, "id": "1", "title": TITLE, "url": URL, "is_read": "1", "is_fav": "1", "content": BODY,
     "user_id": "1", "tags": "教育"}
]  # fmt: skip

WALLABAG_XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<response><item key="0"><is_archived>1</is_archived><is_starred>1</is_starred><user_name>wallabag</user_name>
<tags><item key="0">教育</item></tags><is_public>0</is_public><id>22</id><title>{TITLE}</title><url>{URL}</url>
<content><![CDATA[{BODY}]]></content><created_at>2016-09-08T11:55:58+00:00</created_at>
<updated_at>2016-09-08T11:57:16+00:00</updated_at><published_at>2016-03-01T20:39:00+08:00</published_at>
<annotations/><mimetype>text/html</mimetype><domain_name>news.example</domain_name></item>
<item key="1"><is_archived>0</is_archived><is_starred>0</is_starred><title>新都的河</title>
<url>https://news.example/2.html</url><content><![CDATA[<p>河水清了。</p>]]></content></item></response>
"""

READABILITY: dict[str, Any] = {
    "bookmarks": [
        {"article__excerpt": "近日，新都区举行开学典礼。", "favorite": True,
         "date_archived": "2016-09-08T11:55:58+0200", "article__url": URL,
         "date_added": "2016-03-01T20:39:00+0800", "date_favorited": None,
         "article__title": TITLE, "archive": True, "tags": ["教育"]}
    ],
    "recommendations": [],
}  # fmt: skip

MINIFLUX: dict[str, Any] = {
    "total": 1,
    "entries": [
        {"id": 888, "user_id": 1, "feed_id": 42, "status": "read", "hash": "29f99e4", "title": TITLE, "url": URL,
         "comments_url": "", "published_at": "2016-03-01T20:39:00+08:00", "created_at": "2016-03-02T00:00:00Z",
         "changed_at": "2016-03-02T00:00:00Z", "content": BODY, "author": "张三", "share_code": "", "starred": True,
         "reading_time": 1,
         "enclosures": [{"id": 7, "user_id": 1, "entry_id": 888, "url": "https://news.example/1.mp3",
                         "mime_type": "audio/mpeg", "size": 0, "media_progression": 0}],
         "feed": {"id": 42, "user_id": 1, "feed_url": FEED, "site_url": "https://news.example/", "title": "新都新闻",
                  "checked_at": "2016-03-02T00:00:00Z", "etag_header": "", "last_modified_header": "",
                  "parsing_error_message": "", "parsing_error_count": 0, "scraper_rules": "", "crawler": False,
                  "category": {"id": 22, "title": "All", "user_id": 1}, "icon": {"feed_id": 42, "icon_id": 84}},
         "tags": ["教育"]}
    ],
}  # fmt: skip

TTRSS_API: dict[str, Any] = {
    "seq": 0,
    "status": 0,
    "content": [
        {"id": 602, "guid": "SHA1:0a9b", "unread": False, "marked": True, "published": False, "updated": 1456835940,
         "is_updated": False, "title": TITLE, "link": URL, "feed_id": "13", "tags": ["教育"], "content": BODY,
         "labels": [[-1025, "学校", "", ""]], "feed_title": "新都新闻", "comments_count": 0, "comments_link": "",
         "always_display_attachments": False, "author": "张三", "score": 0, "note": "记下", "lang": "zh"}
    ],
}  # fmt: skip

TTRSS_XML = f"""<articles schema-version="139"><article>
  <guid><![CDATA[SHA1:0a9b]]></guid>
  <title><![CDATA[{TITLE}]]></title>
  <content><![CDATA[{BODY}<p>箭头]]]]><![CDATA[>在此。</p>]]></content>
  <marked>1</marked>
  <published></published>
  <score>0</score>
  <note><![CDATA[记下]]></note>
  <link><![CDATA[{URL}]]></link>
  <tag_cache><![CDATA[教育]]></tag_cache>
  <label_cache><![CDATA[[[-1025,"学校","",""]]]]></label_cache>
  <feed_title><![CDATA[新都新闻]]></feed_title>
  <feed_url><![CDATA[{FEED}]]></feed_url>
  <updated><![CDATA[2016-03-01 12:39:00]]></updated>
</article>
<article>
  <guid><![CDATA[SHA1:0a9c]]></guid>
  <title><![CDATA[新都的河]]></title>
  <content><![CDATA[<p>河水清了。</p>]]></content>
  <marked></marked>
  <published>1</published>
  <score>0</score>
  <note></note>
  <link><![CDATA[https://news.example/2.html]]></link>
  <tag_cache></tag_cache>
  <label_cache><![CDATA[{{"no-labels":1}}]]></label_cache>
  <feed_title></feed_title>
  <feed_url></feed_url>
  <updated><![CDATA[2016-03-02 01:00:00]]></updated>
</article>
"""
"""Its last tag is only written when the last portion of 250 is not full."""

POCKET_HTML = f"""<!DOCTYPE html>
<html>
\t<!--So long and thanks for all the fish-->
\t<head>
\t\t<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
\t\t<title>Pocket Export</title>
\t</head>
\t<body>
\t\t<h1>Unread</h1>
\t\t<ul>
\t\t\t<li><a href="https://news.example/2.html" time_added="1456880400" tags="">https://news.example/2.html</a></li>
\t\t</ul>
\t\t
\t\t<h1>Read Archive</h1>
\t\t<ul>
\t\t\t<li><a href="{URL}" time_added="1456835940" tags="教育,学校">{TITLE}</a></li>
\t\t</ul>
\t</body>
</html>
"""
POCKET_CSV = f"title,url,time_added,tags,status\n{TITLE},{URL},1456835940,教育|学校,archive\n"
INSTAPAPER_CSV = f'URL,Title,Selection,Folder,Timestamp,Tags\n{URL},{TITLE},记下,Archive,1456835940,"[""教育""]"\n'
WALLABAG_CSV = (
    "Title;URL;Content;Tags;MIME Type;Language;Creation date\n"
    f'{TITLE};{URL};"{BODY}";教育;text/html;zh;"01/03/2016 20:39:00"\n'
)

OMNIVORE: list[dict[str, Any]] = [
    {"id": "f4c1", "slug": "https-news-example-1-html-1927f", "title": TITLE, "description": "近日，新都区…",
     "author": "张三", "url": URL, "state": "Archived", "readingProgress": 30,
     "thumbnail": "https://news.example/1.jpg", "labels": ["教育"], "savedAt": "2024-10-30T12:39:28.023Z",
     "updatedAt": "2024-10-30T12:39:28.000Z", "publishedAt": "2016-03-01T12:39:00.000Z"},
    {"id": "f4c2", "slug": "bare-1928", "title": "新都的河", "description": None, "author": None,
     "url": "https://news.example/2.html", "state": "Active", "readingProgress": 0, "thumbnail": None, "labels": [],
     "savedAt": "2024-10-31T00:00:00.000Z", "updatedAt": "2024-10-31T00:00:00.000Z", "publishedAt": None},
]  # fmt: skip
OMNIVORE_PAGE = f'<DIV class="page" id="readability-page-1">{BODY}</DIV>'
OMNIVORE_NOTES = "> 典礼\n\n记下"
