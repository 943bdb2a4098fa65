"""Books and lists as files for spreadsheet programs: CSV and XLSX in constant memory."""
