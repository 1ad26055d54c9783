"""The key: where it comes from, how it is changed, and what happens without it."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from storage_stories import ANNA, commit

from bot.domain.users import User
from bot.errors import ConfigError, StorageError
from bot.storage import open_storage
from bot.storage.crypto import Cipher, load_key


def new_key() -> str:
    return Fernet.generate_key().decode()


def test_what_is_encrypted_comes_back_and_differs_each_time(cipher: Cipher) -> None:
    one, two = cipher.encrypt(b"secret"), cipher.encrypt(b"secret")
    assert one != two
    assert one.isascii()
    assert (cipher.decrypt(one), cipher.decrypt(two)) == (b"secret", b"secret")


def test_a_tampered_text_is_refused(cipher: Cipher) -> None:
    text = cipher.encrypt(b"secret")
    with pytest.raises(StorageError):
        cipher.decrypt(text[:-6] + "AAAA" + text[-2:])


def test_old_keys_still_open_what_they_closed(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    text = load_key(old, tmp_path / "key").encrypt(b"secret")
    both = load_key(f"{new}, {old}", tmp_path / "key")
    assert both.decrypt(text) == b"secret"
    assert load_key(new, tmp_path / "key").decrypt(both.encrypt(b"secret")) == b"secret"


@pytest.mark.parametrize("key", ["short", ",", "A" * 43, f"{new_key()},short"])
def test_a_malformed_key_is_a_mistake_of_the_environment(key: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="DATA_KEY"):
        load_key(key, tmp_path / "key")


async def test_a_new_key_is_kept_in_a_file_of_its_own(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path}/data/bot.db", tmp_path / "keys" / "key"
    assert not file.exists()
    async with open_storage(url, load_key(None, file)) as storage:
        await commit(storage, user=User(id=ANNA, name="Anna"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700

    async with open_storage(url, load_key(None, file)) as storage:
        assert await storage.users.load(ANNA) == User(id=ANNA, name="Anna")


async def test_a_wrong_key_is_refused(database_url: str, cipher: Cipher) -> None:
    async with open_storage(database_url, cipher):
        pass
    with pytest.raises(StorageError, match="key"):
        async with open_storage(database_url, Cipher([new_key()])):
            pytest.fail("opened with a wrong key")
    async with open_storage(database_url, cipher):
        pass


async def test_a_lost_key_file_is_not_made_anew(database_url: str, tmp_path: Path, cipher: Cipher) -> None:
    async with open_storage(database_url, cipher):
        pass
    with pytest.raises(StorageError, match="key"):
        async with open_storage(database_url, load_key(None, tmp_path / "key")):
            pytest.fail("opened without a key")
    assert not (tmp_path / "key").exists()
