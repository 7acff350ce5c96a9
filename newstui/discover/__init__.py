"""What a portal shows round an article, worked out from values the store hands in (pure)."""
