"""What people type, language by language: dates, one-line captures, employers' replies. Pure."""
