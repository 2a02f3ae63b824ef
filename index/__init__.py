"""The ground floor, offline: documents become a searchable index."""
