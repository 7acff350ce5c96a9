"""Stylesheets and themes."""
