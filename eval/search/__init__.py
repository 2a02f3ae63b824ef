"""Measures of retrieval alone: the same question in other words and in other characters, and how cost grows with size."""
