"""The keys of the definition format and their types, from which the JSON Schema is generated."""
