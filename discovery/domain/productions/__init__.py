"""Productions: what came or went out, and which pages answer which request."""
