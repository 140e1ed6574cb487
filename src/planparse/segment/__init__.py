"""Stage 3, segment: clean text becomes an outline of headings and items, sentences, words."""
