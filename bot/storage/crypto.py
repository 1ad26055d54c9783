"""The cipher of everything personal at rest, and the key it needs."""

import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import ConfigError, StorageError


class Cipher:
    """Encrypts with the first key and decrypts with any: the old ones stay listed after a new one."""

    def __init__(self, keys: Sequence[str], unsaved: Path | None = None) -> None:
        """Take keys as Fernet writes them; `unsaved` is the file that a new key has still to be put into."""
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise ConfigError(
                "DATA_KEY must be one or several Fernet keys (32 bytes in URL-safe base64), parted by commas"
            ) from error
        self._first = keys[0]
        self._unsaved = unsaved

    def encrypt(self, data: bytes) -> str:
        """Return an ASCII text that says nothing without the key."""
        return self._fernet.encrypt(data).decode()

    def decrypt(self, text: str) -> bytes:
        """Return what was encrypted; StorageError when no key fits or the text was tampered with."""
        try:
            return self._fernet.decrypt(text)
        except InvalidToken as error:
            raise StorageError("an entry of the database cannot be decrypted with the given key") from error

    def keep(self) -> None:
        """Write a new key to its file (0600) and wait for the disk; to be done before anything is stored."""
        if not self._unsaved:
            return
        self._unsaved.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self._unsaved, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{self._first}\n")
            file.flush()
            os.fsync(file.fileno())
        self._unsaved = None


def load_key(data_key: str | None, key_file: Path) -> Cipher:
    """Return the cipher for DATA_KEY, else for the key file; with neither, for a new key kept at first use.

    A new key reaches its file only with a database that has no key yet, so a lost file is never papered over.
    """
    if data_key:
        return Cipher([key.strip() for key in data_key.split(",") if key.strip()] or [data_key])
    if key_file.exists():
        return Cipher(key_file.read_text().split() or [""])
    return Cipher([Fernet.generate_key().decode()], unsaved=key_file)
