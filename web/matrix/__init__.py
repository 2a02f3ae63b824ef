"""The second room of the site: which place has which measure, as a page, as REST and as files."""
