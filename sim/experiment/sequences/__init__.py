"""Confidence sequences: intervals of which all hold at once, however often one looks; one kind of quantity, one file."""
