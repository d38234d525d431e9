"""The page about the PCN file itself: what it is, what was taken in, its backups and copies, what is not finished."""
