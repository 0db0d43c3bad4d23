"""Every finding by its code: the registry, and the checks."""
