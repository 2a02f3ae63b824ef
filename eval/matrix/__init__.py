"""The matrix of places and measures against a gold matrix made by reading."""
