"""Guidance processes as text: reviewed as YAML, checked, run case by case, and drawn."""
