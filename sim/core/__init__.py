"""Ground: errors, compilation, random streams, parameters and their sources."""
