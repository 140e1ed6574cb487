"""E-mails (.eml) and saved web archives (.mht): the body as text, attachments read behind it and listed.

An attachment becomes part of the text, after a line 「附件：name」; one that cannot be read is a warning.
"""

from __future__ import annotations

import base64
import email
import email.errors
import email.policy
import re
from email.message import EmailMessage
from typing import Final

from planparse.errors import ReadError
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder
from planparse.read.encoding import decode, unix_lines
from planparse.read.html import decode_page, page_builder

_HEADERS: Final = {"subject": "title", "from": "author", "date": "created", "to": "to"}
#: parts of a web archive that hold no text of their own
_DRESS: Final = frozenset(
    {"text/css", "text/javascript", "application/javascript", "application/x-javascript"}
)
#: so many lines that begin with > are a quoted mail
_QUOTED: Final = 3
_QUOTE: Final = re.compile(r"^(?:> ?){1,20}")
_SOFT_BREAK: Final = re.compile(r"(?<=[^\n]) \n(?=[^\n])")
_NO_BASE64: Final = re.compile("[^A-Za-z0-9+/]")
#: a part has no end: the file was cut off in the midst of it
_CUT_OFF: Final = (email.errors.CloseBoundaryNotFoundDefect, email.errors.StartBoundaryNotFoundDefect)


def read_mail(data: bytes, name: str) -> Source:
    """Return the source of a mail or web archive; raises ReadError when it holds no readable part."""
    return _read(data, name, limits.MAX_ATTACHMENT_DEPTH)


def _read(data: bytes, name: str, depth: int) -> Source:
    message = email.message_from_bytes(data, policy=email.policy.default)
    build = Builder(meta=_meta(message))
    body, attachments = _sort(message)
    if body is not None:
        _body(body, build, name, saved=message.get_content_type() == "multipart/related")
    listed = []
    for number, part in enumerate(attachments, 1):
        label = _file_name(part) or f"附件{number}"
        listed.append(label)
        _attachment(part, label, build, f"{name}!{label}", depth)
    build.meta["attachments"] = "; ".join(listed)
    if any(isinstance(defect, _CUT_OFF) for defect in message.defects):
        build.warnings.append("文件不完整：邮件在中途结束，后面的内容可能缺失，请重新导出")
    return build.source(name)


def _meta(message: EmailMessage) -> dict[str, str]:
    meta: dict[str, str] = {}
    for header, key in _HEADERS.items():
        value = _header(message, header)
        if value:
            meta[key] = value
    return meta


def _header(message: EmailMessage, header: str) -> str:
    try:
        text = str(message.get(header) or "")
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""  # a malformed header is no reason to refuse the mail
    if "\ufffd" in text or any("\udc80" <= char <= "\udcff" for char in text):
        return decode(text.encode("utf-8", "surrogateescape")).text  # raw GB18030 in a header
    return " ".join(text.split())


def _sort(message: EmailMessage) -> tuple[EmailMessage | None, list[EmailMessage]]:
    """Return the body (HTML before plain text) and the attachments that may be documents."""
    html: EmailMessage | None = None
    plain: EmailMessage | None = None
    attachments: list[EmailMessage] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        attached = part.get_content_disposition() == "attachment"
        if kind == "text/html" and not attached:
            html = html or part
        elif kind == "text/plain" and not attached and not _file_name(part):
            plain = plain or part
        elif kind not in _DRESS and part.get_content_maintype() not in ("image", "audio", "video", "font"):
            attachments.append(part)
    return html or plain, attachments


def _leaves(message: EmailMessage) -> list[EmailMessage]:
    found: list[EmailMessage] = []
    waiting: list[EmailMessage] = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() == "message/rfc822" or not part.is_multipart():
            found.append(part)
        else:
            waiting.extend(
                reversed([inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)])
            )
    return found


def _file_name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    if any(isinstance(defect, email.errors.InvalidBase64LengthDefect) for defect in part.defects):
        digits = _NO_BASE64.sub("", str(part.get_payload()))  # cut off: undecoded Base64 is no text
        return base64.b64decode(digits[: len(digits) // 4 * 4])
    return payload if isinstance(payload, bytes) else b""


def _body(part: EmailMessage, build: Builder, name: str, *, saved: bool) -> None:
    """Write the body; of a saved page the page's own properties count, of a mail the mail's."""
    data = _payload(part)
    charset = part.get_content_charset()
    if part.get_content_type() == "text/html":
        page = page_builder(decode_page(data, charset).text, name)
        build.append(page.source(name))
        for key, value in page.meta.items():
            if saved:
                build.meta[key] = value
            else:
                build.meta.setdefault(key, value)
    else:
        text = unix_lines(decode(data, charset).text)
        flowed = str(part.get_param("format") or "").lower() == "flowed"
        build.verbatim(plain_body(text, flowed=flowed))


def plain_body(text: str, *, flowed: bool = False) -> str:
    r"""Return the text of a plain body: without its signature, and a quoted mail without the marks before its lines.

    ``flowed`` says that lines which end in a space go on in the next one (RFC 3676).

    >>> plain_body("请落实。\n> 一、任务\n> 序号\t科室\n>\n> 1\t医务科\n-- \n张三")
    '请落实。\n一、任务\n序号\t科室\n\n1\t医务科'
    """
    lines = text.split("\n")
    lines = lines[: next((n for n, line in enumerate(lines) if line.rstrip() == "--"), len(lines))]
    if sum(line.startswith(">") for line in lines) >= _QUOTED:
        lines = [_QUOTE.sub("", line) for line in lines]
    out = "\n".join(lines)
    return _SOFT_BREAK.sub("", out) if flowed else out


def _attachment(part: EmailMessage, label: str, build: Builder, name: str, depth: int) -> None:
    from planparse.read.reading import read_bytes

    inner = (
        part.get_payload(0) if part.get_content_type() == "message/rfc822" and part.is_multipart() else None
    )
    if depth <= 1 and inner is not None:
        build.warnings.append(f"附件 {label}：邮件嵌套过深，未读取")
        return
    try:
        if isinstance(inner, EmailMessage):
            source = _read(inner.as_bytes(), name, depth - 1)
        else:
            source = read_bytes(_payload(part), name)
    except ReadError as fault:
        build.warnings.append(f"附件 {label}：未能读取（{fault.problem}）")
        return
    if source.text.strip():
        build.paragraph(f"附件：{label}")
        build.append(source)
        build.warnings.extend(f"附件 {label}：{warning}" for warning in source.warnings)
