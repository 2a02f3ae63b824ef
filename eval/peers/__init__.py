"""How we compare with LangChain, LlamaIndex, Haystack and txtai: same documents, machine and run, three tracks."""
