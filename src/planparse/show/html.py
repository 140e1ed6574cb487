"""One self-contained page: nothing is fetched, nothing runs, every text is escaped.

The style is named in the content security policy by its digest, so that no other style, let alone a script,
takes effect even if one got in.

>>> text('<script>"&')
'&lt;script&gt;&quot;&amp;'
"""

from __future__ import annotations

import base64
import hashlib
import html

from planparse.export.words import line, plain

#: fonts that Windows, macOS, Linux and phones have for Chinese; none is shipped
SANS = '"Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei","PingFang SC","Heiti SC","WenQuanYi Micro Hei",sans-serif'
TITLE = '"FZXiaoBiaoSong-B05S","方正小标宋简体","Source Han Serif SC","Noto Serif CJK SC","Songti SC","STZhongsong","SimSun",serif'


def text(value: str) -> str:
    """Return a text for the inside of an element or a quoted attribute, controls dropped."""
    return html.escape(plain(value), quote=True)


def one_line(value: str) -> str:
    """Return a text as one escaped line."""
    return html.escape(line(value), quote=True)


def page(title: str, style: str, body: str) -> str:
    """Return a whole page; ``title`` is plain text, ``style`` and ``body`` are ours."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f'<link rel="icon" href="data:,">\n<title>{one_line(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )
