"""What a picture shows: states, transitions, texts, colours, overlays; nothing has a place yet."""
