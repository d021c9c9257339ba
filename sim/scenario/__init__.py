"""Scenarios: TOML files turned into checked, frozen objects."""
