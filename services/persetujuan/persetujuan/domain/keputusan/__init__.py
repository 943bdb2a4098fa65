"""Decisions on a task, one file per behaviour; `syarat` holds what all of them demand."""
