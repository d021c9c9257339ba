"""The mechanisms: one file each, with equation, source, parameters and what it does to one agent in a day."""
