"""Five Touches: a Telegram bot that gets its user an answer after a job interview."""
