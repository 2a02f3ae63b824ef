"""Behind the page: what an answer looks like, the REST door, the headers and the server."""
