"""The divisions of China and the placing of names in them (pure, data shipped inside)."""
