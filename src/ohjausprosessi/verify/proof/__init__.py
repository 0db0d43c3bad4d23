"""Rules proved over every run of a process."""
