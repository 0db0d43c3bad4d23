"""One module a check, named like its code; ``registry`` lists them."""
