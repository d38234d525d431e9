"""The commands by which one PCN's mappings, rates and readings go to another; `app` adds them to the others."""
