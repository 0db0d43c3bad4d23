"""What a picture shows: states, transitions, texts, colours and overlays, before any has a place."""
