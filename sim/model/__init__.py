"""The model: state, mechanisms, the day, and the two drivers that run it."""
