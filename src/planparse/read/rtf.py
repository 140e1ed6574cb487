"""Rich Text Format 1.9: an own pass over its control words.

Kept: paragraphs, the numbers that the writer stored with them (``listtext``), tables with merges, footnotes
(at the end), text boxes (after their paragraph). Left out: headers, footers, pictures, hidden and deleted text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from planparse.errors import DamagedFile
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder
from planparse.read.docx_styles import heading_of_name, outline_heading
from planparse.read.labels import bullet, join_label
from planparse.read.rtf_tables import RtfTable
from planparse.read.rtf_words import CHARACTERS, CHARSETS, CODE_PAGES, SKIPPED, STARRED

_TOKEN: Final = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S
)


@dataclass(slots=True)
class _State:
    """What a group inherits and gives back."""

    skip: bool = False
    target: str = ""  # "", "fonttbl", "stylesheet", "info", "title" …
    font: int = 0
    skip_after_unicode: int = 1
    hidden: bool = False


@dataclass(slots=True)
class _Flow:
    """A stream of paragraphs: the document, a footnote or a text box."""

    text: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    label: str = ""  #: the stored automatic number of the paragraph that is being read
    begun: int = 0  #: where in ``text`` that paragraph begins

    def end(self) -> None:
        """End a paragraph: put its number before it."""
        if self.label:
            own = join_label(self.label, "tab", "".join(self.text[self.begun :]))
            self.text[self.begun :] = [own]
            self.label = ""

    def take(self) -> str:
        """Return what was collected and begin anew."""
        self.end()
        text = "".join(self.text)
        self.text.clear()
        self.begun = 0
        return text


def read_rtf(data: bytes, name: str) -> Source:
    """Return the source of an RTF file; raises DamagedFile when it is no RTF or nested too deeply."""
    build = Builder()
    reader = _Rtf(build, name)
    reader.run(data.decode("latin-1"))
    return build.source(name)


class _Rtf:
    def __init__(self, build: Builder, name: str) -> None:
        self._build = build
        self._name = name
        self._state = _State()
        self._stack: list[tuple[_State, str]] = []
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, str] = {}
        self._style: str | None = None
        self._number = 0  # the font or style that is being defined
        self._bytes = bytearray()
        self._flows: list[_Flow] = [_Flow()]
        self._notes: list[str] = []
        self._boxes: list[str] = []
        self._table = RtfTable(name)
        self._pending_skip = 0
        self._star = False

    def run(self, text: str) -> None:
        """Read the whole file."""
        at = 0
        size = len(text)
        while at < size:
            found = _TOKEN.match(text, at)
            if found is None:
                at += 1
                continue
            at = found.end()
            word, number, byte, symbol, brace, plain = found.groups()
            if byte is not None:
                self._byte(int(byte, 16))
            elif plain is not None:
                self._plain(plain)
            elif word is not None:
                if word == "bin" and number:
                    at += max(0, int(number))
                else:
                    self._word(word, int(number) if number else None)
            elif brace == "{":
                self._open()
            elif brace == "}":
                self._close()
            elif symbol is not None:
                self._symbol(symbol)
        self._flush_bytes()
        self._end_paragraph()
        self._end_table()
        for index, note in enumerate(self._notes, 1):
            self._build.paragraph(f"[{index}] {note}", style="footnote")
        if self._stack:
            self._cut_off()

    def _cut_off(self) -> None:
        """The file ends inside its groups: tell it, or refuse the file when it ends before its text."""
        if not self._build.at:
            raise DamagedFile(
                self._name, "an RTF file that is cut off before its text", "save the file again"
            )
        self._build.warnings.append("文件不完整：RTF 在中途结束，后面的内容可能缺失，请从原文重新导出")

    def _open(self) -> None:
        self._flush_bytes()
        self._stack.append((replace(self._state), ""))
        if len(self._stack) > 10 * limits.MAX_NESTING:
            raise DamagedFile(self._name, "groups nested too deeply", "save the file again")
        self._star = False

    def _close(self) -> None:
        self._flush_bytes()
        if not self._stack:
            return
        self._state, flow = self._stack.pop()
        if flow:
            self._leave_flow(flow)

    def _leave_flow(self, kind: str) -> None:
        flow = self._flows.pop()
        flow.paragraphs.append(flow.take())
        lines = [line.strip() for line in flow.paragraphs if line.strip()]
        if kind == "footnote" and lines:
            self._notes.append(" ".join(lines))
        elif kind == "shptxt":
            self._boxes.extend(lines)
        elif kind in ("listtext", "pntext") and lines:
            label = lines[0]
            self._flows[-1].label = bullet(label) if len(label) == 1 else label

    def _enter_flow(self, kind: str) -> None:
        if self._stack and len(self._flows) < 8:
            self._stack[-1] = (self._stack[-1][0], kind)
            self._flows.append(_Flow())

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._star = True
        elif symbol in "\\{}":
            self._put(symbol)
        elif symbol == "~":
            self._put(" ")
        elif symbol == "_":
            self._put("-")
        elif symbol in "\r\n":
            self._word("par", None)

    def _byte(self, value: int) -> None:
        if self._pending_skip:
            self._pending_skip -= 1
        elif not self._state.skip and not self._state.hidden:
            self._bytes.append(value)

    def _plain(self, text: str) -> None:
        if self._pending_skip:
            skipped = min(self._pending_skip, len(text))
            self._pending_skip -= skipped
            text = text[skipped:]
        if text and not self._state.skip and not self._state.hidden:
            self._bytes.extend(text.encode("latin-1", "replace"))

    def _flush_bytes(self) -> None:
        if self._bytes:
            raw = bytes(self._bytes)
            self._bytes.clear()
            if raw.isascii():
                self._put(raw.decode("ascii"))
                return
            codec = self._fonts.get(self._state.font, "")
            if codec in ("", "cp1252"):
                codec = self._page
            self._put(raw.decode(codec, "replace"))

    def _put(self, text: str) -> None:
        self._flush_bytes()
        if self._state.skip or self._state.hidden:
            return
        target = self._state.target
        if target == "fonttbl":
            return
        if target == "stylesheet":
            heading = heading_of_name(text.rstrip(";").strip())
            if heading:
                self._styles[self._number] = heading
        elif target == "info":
            return
        elif target:
            self._build.meta[target] = self._build.meta.get(target, "") + text
        else:
            self._flows[-1].text.append(text)

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._flush_bytes()
            self._put_unicode(number)
            return
        self._flush_bytes()
        star, self._star = self._star, False
        if word in SKIPPED or (star and word not in STARRED):
            self._state.skip = True
        elif not self._state.skip:
            self._act(word, number)

    def _put_unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self._pending_skip = self._state.skip_after_unicode
        if 0xD800 <= code < 0xDC00:
            self._put(chr(code))
        elif 0xDC00 <= code < 0xE000 and self._flows[-1].text and self._flows[-1].text[-1]:
            high = self._flows[-1].text[-1]
            if "\ud800" <= high[-1] < "\udc00":
                whole = chr(0x10000 + ((ord(high[-1]) - 0xD800) << 10) + code - 0xDC00)
                self._flows[-1].text[-1] = high[:-1] + whole
        elif 0 < code < 0x110000:
            self._put(chr(code))

    def _act(self, word: str, number: int | None) -> None:
        state = self._state
        if word in CHARACTERS:
            self._put(CHARACTERS[word])
        elif word in ("par", "sect", "page"):
            self._end_paragraph()
        elif word in ("footnote", "shptxt", "listtext", "pntext"):
            self._enter_flow(word)
        elif word in ("fonttbl", "stylesheet", "info"):
            state.target = word
        elif word in ("title", "author", "subject", "keywords", "company") and state.target == "info":
            state.target = word
            self._build.meta.pop(word, None)  # said again in Unicode
        elif word == "ansicpg":
            self._page = CODE_PAGES.get(
                number or 0, f"cp{number}" if 1250 <= (number or 0) <= 1258 else "cp1252"
            )
        elif word == "f":
            state.font = number or 0
            if state.target == "fonttbl":
                self._number = state.font
        elif word == "fcharset" and state.target == "fonttbl":
            self._fonts[self._number] = CHARSETS.get(number or 0, "")
        elif word == "s":
            if state.target == "stylesheet":
                self._number = number or 0
            elif not state.target:
                self._style = self._styles.get(number or 0)
        elif word == "uc":
            state.skip_after_unicode = number or 0
        elif word in ("v", "deleted"):
            state.hidden = number != 0
        elif word == "plain":
            state.hidden = False
        elif word == "outlinelevel":
            self._style = self._style or outline_heading(str(number))
        else:
            self._table_word(word, number)

    def _table_word(self, word: str, number: int | None) -> None:
        if len(self._flows) > 1:
            return
        if word == "pard":
            self._table.inside = False
            self._style = None
        elif word == "intbl":
            self._table.inside = True
        elif word == "cell":
            self._table.cells.append(self._flows[0].take())
        elif word == "nestcell":
            self._put(" ")
        elif word == "nestrow":
            self._put("\n")
        else:
            self._table.word(word, number)

    def _end_table(self) -> None:
        grid = self._table.take()
        if grid is not None:
            self._build.table(grid)

    def _end_paragraph(self) -> None:
        flow = self._flows[-1]
        if len(self._flows) > 1:
            flow.paragraphs.append(flow.take())
        elif self._table.inside:
            flow.end()
            flow.text.append("\n")
            flow.begun = len(flow.text)
        else:
            self._end_table()
            self._build.paragraph(flow.take(), style=self._style)
            for line in self._boxes:
                self._build.paragraph(line, style="text box")
            self._boxes = []
