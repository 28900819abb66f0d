"""Service: attempts, who had to be served, the record of it, and the rows of the requests that come of it."""
