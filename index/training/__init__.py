"""How the shipped token ranks and the shipped embedding model were made; nothing here runs in everyday use."""
