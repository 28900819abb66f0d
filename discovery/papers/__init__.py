"""Papers: snapshot -> HTML -> PDF. Nothing in here reads or writes a row."""
