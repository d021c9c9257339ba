"""Speed, as ratios to a known piece of work on the same machine: `python -m benchmarks`, or `make bench`."""
