"""HTTP: the webhook that Telegram delivers to, and the health of the process."""
