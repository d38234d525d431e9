"""Paper and spreadsheets, written and read: knows money and dates, nothing of the NHS."""
