"""The exceptions of the project.

BotError
├── ConfigError       the environment is wrong: one clear line, exit code 2
├── StorageError      the database refuses: damaged, newer than this program, wrong key
├── Conflict          somebody else was first: a repeated update, or two writers of one history
├── NotFound          no such object of this user
├── StaleButton       the tapped button belongs to something that has moved on
└── InvalidAnswer     what was typed cannot be taken; carries the text key that says why
"""


class BotError(Exception):
    """Everything this project raises on purpose."""


class ConfigError(BotError):
    """A value in the environment is missing or wrong."""


class StorageError(BotError):
    """The database cannot be used as it is."""


class Conflict(BotError):
    """Another writer was first; nothing was changed."""


class NotFound(BotError):
    """The user has no such object."""


class StaleButton(BotError):
    """The button belongs to a question or a step that is over."""


class InvalidAnswer(BotError):
    """The answer cannot be taken; `key` names the text that asks again, `values` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
