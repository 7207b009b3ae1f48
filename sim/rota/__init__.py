"""Who is on when: patterns to duties, absence and cover, before any clock starts. Pure functions."""
