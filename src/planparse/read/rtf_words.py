"""The control words of RTF: what is left out, which groups hold text, characters, and the codecs of fonts."""

from __future__ import annotations

from typing import Final

#: groups that hold no text of the document
SKIPPED: Final = frozenset(
    [
        "colortbl",
        "pict",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "revtbl",
        "filetbl",
        "rsidtbl",
        "generator",
        "themedata",
        "datastore",
        "listtable",
        "listoverridetable",
        "latentstyles",
        "xmlnstbl",
        "mmathPr",
        "sp",
        "shprslt",
        "nonshppict",
        "objdata",
        "fldinst",
        "annotation",
        "atnid",
        "atnauthor",
        "xe",
        "tc",
        "bkmkstart",
        "bkmkend",
        "nextfile",
        "template",
        "private",
        "ftnsep",
        "ftnsepc",
        "aftnsep",
        "nonesttables",
        "background",
        "pgdsctbl",
    ]
)
#: groups of \* that are read all the same
STARRED: Final = frozenset({"shpinst", "shptxt", "listtext", "pntext", "nesttableprops", "fldrslt", "ud"})
CHARACTERS: Final = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
}
#: font charset -> codec
CHARSETS: Final = {134: "gb18030", 136: "cp950", 128: "cp932", 129: "cp949", 0: "cp1252"}
CODE_PAGES: Final = {
    936: "gb18030",
    950: "cp950",
    932: "cp932",
    949: "cp949",
    65001: "utf-8",
    54936: "gb18030",
}
