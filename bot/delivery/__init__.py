"""Delivery: reminders reach their users, within Telegram's limits and in spite of its refusals."""
