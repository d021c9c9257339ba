"""The fields of every record array: with type, unit, meaning and the mechanism that writes them."""
