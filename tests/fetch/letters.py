"""MHTML pages and mails as browsers and mailers write them."""

from __future__ import annotations

import base64
import quopri

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>新都花市周末延长营业_成都日报</title></head><body>
<div>首页 &gt; 四川 &gt; 成都市 &gt; 新都新闻 &gt; 正文</div><h1>新都花市周末延长营业</h1>
<div>2016-03-01 20:39 来源：成都日报 作者：王小明</div>
<p>　　近日，新都区花市宣布周末延长营业时间，市民可以在晚上九点以前到花市选购鲜花。延长营业后客流明显增加。</p>
<p>　　据了解，花市共有商户一百二十余家，经营盆栽、鲜切花和园艺资材，周末还有插花体验课，深受市民欢迎。</p>
</body></html>
"""
TITLE = "新都花市周末延长营业"
TEXT = """近日，新都区花市宣布周末延长营业时间，市民可以在晚上九点以前到花市选购鲜花，周边的道路也比较通畅。

据了解，花市共有商户一百二十余家，经营盆栽、鲜切花和园艺资材，周末还有插花体验课，深受市民欢迎。
"""
GIF = base64.b64decode("R0lGODdhAQABAIAAAAAAAAAAACwAAAAAAQABAAACAkQBADs=")
URL = "http://news.example.cn/xindu/2016/0301/1.html"
BLINK = "----MultipartBoundary--a8Tt2wUSz5JxV0Kq1hYcPMzZl0d7bRrX9nQm4sFgEe----"
OUTLOOK = "----=_NextPart_000_0000_01D173E1.5C9D6B40"


def page(charset: str = "utf-8") -> bytes:
    """An article's page in `charset`, which it declares."""
    return PAGE.format(charset=charset).encode(charset)


def encoded(text: str, charset: str = "gb2312") -> str:
    """`text` as one encoded word."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def quoted(data: bytes) -> bytes:
    """`data` as quoted-printable with the line ends of mail."""
    return quopri.encodestring(data).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def based(data: bytes) -> bytes:
    """`data` as base64 in lines."""
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def header(**fields: str) -> bytes:
    """Header fields, "_" in a name for "-", without the blank line that ends them."""
    return "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items()).encode()


def part(body: bytes, **fields: str) -> bytes:
    """One part of a multipart."""
    return header(**fields) + b"\r\n" + body


def multipart(boundary: str, *parts: bytes, closed: bool = True) -> bytes:
    """Parts between the lines of `boundary`."""
    mark = b"--" + boundary.encode()
    body = b"".join(mark + b"\r\n" + one + b"\r\n" for one in parts)
    return body + mark + b"--\r\n" if closed else body


def blink(html: bytes, *further: bytes, boundary: str = BLINK) -> bytes:
    """A page as Chrome and the browsers made of it save it."""
    head = header(
        From="<Saved by Blink>",
        Snapshot_Content_Location=URL,
        Subject="=?utf-8?Q?=E6=96=B0=E9=83=BD?=",
        Date="Sun, 6 Mar 2016 12:12:05 -0000",
        MIME_Version="1.0",
        Content_Type=f'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{boundary}"',
    )
    first = part(
        quoted(html),
        Content_Type="text/html",
        Content_ID="<frame-4F0C@mhtml.blink>",
        Content_Transfer_Encoding="quoted-printable",
        Content_Location=URL,
    )
    picture = part(
        based(GIF),
        Content_Type="image/gif",
        Content_Transfer_Encoding="base64",
        Content_Location="http://news.example.cn/x.gif",
    )
    style = part(
        b"p { color: red }",
        Content_Type="text/css",
        Content_Transfer_Encoding="quoted-printable",
        Content_Location="cid:css-1@mhtml.blink",
    )
    return head + b"\r\n\r\n" + multipart(boundary, first, picture, *further, style)


def explorer(html: bytes, *, transfer: str = "quoted-printable", boundary: str = OUTLOOK, closed: bool = True) -> bytes:
    """A page in GBK as Internet Explorer and the Chinese browsers round it save it."""
    head = header(
        From=encoded("<由 Microsoft Internet Explorer 5 保存>"),
        Subject=encoded("新都花市周末延长营业_成都日报"),
        Date="Sun, 6 Mar 2016 20:12:05 +0800",
        MIME_Version="1.0",
        Content_Type=f'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{boundary}"',
        X_MimeOLE="Produced By Microsoft MimeOLE V6.00.2900.5512",
    )
    body = {"quoted-printable": quoted, "base64": based}.get(transfer, bytes)(html)
    first = part(
        body,
        Content_Type='text/html;\r\n\tcharset="gb2312"',
        Content_Transfer_Encoding=transfer,
        Content_Location=URL,
    )
    picture = part(
        based(GIF),
        Content_Type="image/gif",
        Content_Transfer_Encoding="base64",
        Content_Location="http://news.example.cn/x.gif",
    )
    note = b"\r\nThis is a multi-part message in MIME format.\r\n\r\n"
    return head + note + multipart(boundary, first, picture, closed=closed)


def letter(body: bytes, *, subject: str = "", **fields: str) -> bytes:
    """A mail of a paper to its readers."""
    said = {
        "Return_Path": "<news@example.cn>",
        "Received": "from mx.example.cn (mx.example.cn [192.0.2.1])\r\n\tby mail.example.org; Tue, 1 Mar 2016 20:40:00",
        "From": f"{encoded('成都日报')} <news@example.cn>",
        "To": "reader@example.org",
        "Subject": subject or encoded(TITLE),
        "Date": "Tue, 1 Mar 2016 20:39:00 +0800",
        "MIME_Version": "1.0",
    }
    return header(**(said | fields)) + b"\r\n" + body
