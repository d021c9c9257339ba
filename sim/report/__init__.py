"""The result as people meet it: the table of the terminal, charts, the one page, and the files on disk."""
