"""The PCN file: records, their journal, copies, backups, search."""
