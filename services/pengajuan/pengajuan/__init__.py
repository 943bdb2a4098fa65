"""Intake: catalogue, offices, applications (permohonan)."""
