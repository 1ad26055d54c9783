"""Learns from examples what employers' replies mean: `make learn` writes `bot/language/replies.weights`."""
