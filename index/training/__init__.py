"""How the shipped token ranks and the shipped embedding model were made; unused in everyday work."""
