"""Every state a case can reach, with what may be known of the client (docs/semantics.md §12)."""
