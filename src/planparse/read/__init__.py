"""Stage 1: bytes become a Source (text, places, tables, properties), whatever the format.

>>> read("一、重点任务".encode(), name="plan.txt").text
'一、重点任务'
"""

from planparse.read.formats import FORMATS, Format
from planparse.read.many import read_many
from planparse.read.places import place_of
from planparse.read.reading import read, read_bytes
from planparse.read.text import source_of_text

__all__ = ["FORMATS", "Format", "place_of", "read", "read_bytes", "read_many", "source_of_text"]
