"""The report of an office and month: its figures from the statistics, and a sheet to print and sign."""
