"""Learns from examples what people type means: `make learn` writes `bot/language/*.weights`."""
