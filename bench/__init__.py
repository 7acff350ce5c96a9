"""Measurements to be run by hand; none of them belongs to the tests."""
