"""The keys of the definition format and the types of their values; the JSON Schema comes from them."""
