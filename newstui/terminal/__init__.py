"""The terminal as a device: its modes, what may be written to it, its colours; no Textual, no Rich."""
