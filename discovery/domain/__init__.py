"""The business acts: one verb a function, each writing exactly one event; and the queries that screens share."""
