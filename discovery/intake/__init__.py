"""What comes in: files read with limits, bytes to plain rows. Nothing here writes a row of the database."""
