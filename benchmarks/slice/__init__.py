"""A slice of the model (demand, gate, queue, build, release) that exists four times: our kernel, C, plain Python and Mesa."""
