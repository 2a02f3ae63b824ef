"""The first floor, online: a question becomes an answer with verified citations, or an honest refusal."""
