"""Where in a passage the answer to a question stands: a small network read with numpy alone."""
