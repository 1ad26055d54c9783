"""An in-memory Telegram with a chat page: the whole bot without an account and without a network."""
