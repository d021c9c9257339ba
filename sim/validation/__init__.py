"""Validation: published results, reached by scenario settings through the same kernel that compares designs."""
