"""How the ranker and its table of necessities were made; unused in everyday work."""
