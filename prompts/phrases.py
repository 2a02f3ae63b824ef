"""Phrases that the prompts, the code and the tests must agree on to the letter."""

# What a model answers, and nothing else, when the evidence does not say.
NOT_IN_EVIDENCE = "资料中没有相关内容。"
