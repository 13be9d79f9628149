"""Front matter: YAML, TOML and JSON to values, and values to the fields of an article."""
