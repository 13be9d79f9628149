"""Dutch text to terms: `tokens → codes → stem → fold`, one small filter each, joined in `analyzer`."""
