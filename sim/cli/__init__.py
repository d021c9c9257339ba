"""The command line: one file per command, nothing but parsing, calling and printing."""
