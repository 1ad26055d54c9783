"""Delivery: reminders reach their users, within Telegram's limits and in spite of its refusals."""

import os

# RetryAfter carries a timedelta then; python-telegram-bot warns of the whole seconds it replaces.
os.environ.setdefault("PTB_TIMEDELTA", "true")
