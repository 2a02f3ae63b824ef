"""The laboratory: question sets, measures and the runner behind `changai eval`."""
