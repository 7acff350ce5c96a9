"""newstui: an offline-first terminal reader for local Chinese news."""

__version__ = "0.1.0"
