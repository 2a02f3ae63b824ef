"""A run written for people: one page with plots, Markdown, and plain JSON, all from one `ReportView`."""
