"""Widgets: draw values, post messages; no store, clock, network or files."""
