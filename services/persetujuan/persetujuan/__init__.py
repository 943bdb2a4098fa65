"""Approval: flows, tasks, decisions, officials, every service clock."""
