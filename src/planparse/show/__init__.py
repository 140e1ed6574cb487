"""Pages: the wall chart (作战图) and the document with its mentions; self-contained, without scripts."""
