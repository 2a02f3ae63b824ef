"""Training of the span reader; needs torch, which the program itself does not."""
