"""Screens: state and routing."""
