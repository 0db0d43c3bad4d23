"""Where everything stands, in points, and how the lines run between."""
