"""Measurements of how answers are found, apart from whole runs."""
