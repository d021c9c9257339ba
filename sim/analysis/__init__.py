"""What the runs of a comparison say: paired differences, their intervals, and the words for them."""
