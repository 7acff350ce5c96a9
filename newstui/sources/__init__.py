"""Bytes to articles: feeds, portal pages, text dumps, containers (pure over bytes)."""
