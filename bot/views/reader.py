"""Whom a screen is for."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.users import User
from bot.packs import Packs
from bot.texts import Texts


@dataclass(frozen=True)
class Reader:
    """A user at a moment, with the texts and the packs that speak to them."""

    user: User
    texts: Texts
    packs: Packs
    now: datetime
