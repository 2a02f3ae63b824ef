"""Measures of the way in: what reading, cleaning and quality make of documents whose truth is known."""
