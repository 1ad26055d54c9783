"""The files that went through a chat."""

import mimetypes
from pathlib import PurePath

from msgspec import Struct

from bot.sandbox.contract import Upload
from bot.sandbox.refusals import JSON, bad_request

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
#: Shown for a picture whose header this module does not read.
_NOMINAL_SIZE = (800, 600)


class StoredFile(Struct, frozen=True):
    """A file with the names under which Telegram gives it out."""

    file_id: str
    path: str
    upload: Upload

    @property
    def wire(self) -> JSON:
        """The identity and the size of the file."""
        return {
            "file_id": self.file_id,
            "file_unique_id": f"unique-{self.file_id}",
            "file_size": len(self.upload.content),
        }

    def as_document(self) -> JSON:
        """Return the document of a message."""
        return {**self.wire, "file_name": self.upload.name, "mime_type": self.upload.mime_type}

    def as_photo(self) -> list[JSON]:
        """Return the sizes of a picture: one, the original.

        Raises:
            ApiError: the bytes are no picture.
        """
        width, height = _picture_size(self.upload.content)
        return [{**self.wire, "width": width, "height": height}]


class Files:
    """All files by identifier."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def keep(self, upload: Upload, folder: str) -> StoredFile:
        """Store the bytes that came with a message."""
        number = len(self._files) + 1
        path = f"{folder}/file_{number}{PurePath(upload.name).suffix}"
        stored = StoredFile(f"file-{number}", path, upload)
        self._files[stored.file_id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """Return a file that was sent before.

        Raises:
            ApiError: there is none; the sandbox fetches nothing from other addresses.
        """
        if file_id not in self._files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._files[file_id]

    def at(self, path: str) -> StoredFile | None:
        """Return the file behind a download path."""
        return next((stored for stored in self._files.values() if stored.path == path), None)


def upload(name: str, content: bytes, mime_type: str = "") -> Upload:
    """Return a file to send, its type guessed from its name where none is given."""
    return Upload(name, content, mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream")


def _picture_size(content: bytes) -> tuple[int, int]:
    if content.startswith(_PNG):
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if content.startswith(_JPEG):
        return _NOMINAL_SIZE
    raise bad_request("IMAGE_PROCESS_FAILED")
