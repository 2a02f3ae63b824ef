"""Bytes in, documents out: one reader a format, and what a page says about itself."""
