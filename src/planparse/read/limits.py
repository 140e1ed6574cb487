"""What a file may cost: caps against bombs and runaway sheets, one place for all readers.

Sizes are bytes unless the name says otherwise. A file over a cap is a
:class:`~planparse.errors.DamagedFile` whose message names the cap.
"""

from __future__ import annotations

from typing import Final

MIB: Final = 1 << 20

MAX_FILE: Final = 256 * MIB  #: a file as it lies on disk
MAX_TEXT: Final = 64 * MIB  #: a plain text, HTML, RTF or mail file, whose text is held several times
MAX_PART: Final = 64 * MIB  #: one XML part that is held as a tree (a document body)
MAX_STREAMED: Final = 512 * MIB  #: one XML part that is read as a stream (a worksheet)
MAX_UNPACKED: Final = 768 * MIB  #: all members of one package together
MAX_RATIO: Final = 250  #: unpacked to packed, for parts over :data:`RATIO_FLOOR`
RATIO_FLOOR: Final = 8 * MIB
MAX_MEMBERS: Final = 20_000  #: members of one package or archive
MAX_ARCHIVE_DEPTH: Final = 3  #: archives inside archives
MAX_ATTACHMENT_DEPTH: Final = 3  #: mails inside mails

MAX_ROWS: Final = 200_000  #: filled rows of one sheet or table
MAX_COLUMNS: Final = 512  #: columns of one sheet or table
MAX_CELLS: Final = 800_000  #: cells of one file
MAX_PAGES: Final = 5_000
MAX_PAGE_CHARS: Final = 5_000_000  #: letters on all pages of a PDF or OFD
MAX_TAGS: Final = 3_000_000  #: tags of one XML part that is held as a tree
MAX_PAGE_TAGS: Final = 600_000  #: tags of one web page
MAX_NESTING: Final = 200  #: elements inside elements that a walker follows
