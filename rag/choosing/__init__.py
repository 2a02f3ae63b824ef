"""Choosing: which sentence of the passages answers a question, and which of its clauses, by chances that were learned."""
