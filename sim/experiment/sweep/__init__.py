"""Sweeps: a plan of many runs, lived chunk by chunk, stored so that nothing finished is ever lost."""
