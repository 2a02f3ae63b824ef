"""Whether what was found answers the question: readings, and the chance that a forest makes of them."""
