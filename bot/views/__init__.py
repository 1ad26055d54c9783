"""From domain values to screens: what is said, which buttons stand under it. Nothing is decided here."""
