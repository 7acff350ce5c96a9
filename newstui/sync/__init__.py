"""Subscription lists in and out."""
