"""How far the answers can be trusted: measurements of the verifier, of refusal and of what the chain lets through."""
