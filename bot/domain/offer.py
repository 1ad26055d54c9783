"""An offer as far as it is known: what the way to the signature is planned from (R1)."""

from datetime import date, datetime

from msgspec import Struct


class Offer(Struct, frozen=True, kw_only=True):
    """An offer that stands; its days are the employer's."""

    made_at: datetime
    #: Who made it.
    contact_id: int | None = None
    #: Whether the terms have come in writing.
    in_writing: bool = False
    #: The first working day.
    starts_on: date | None = None
    #: The day by which the employer wants an answer, and when the user told it.
    answer_by: date | None = None
    answer_told_at: datetime | None = None
    #: The day on which the contract is to be signed.
    signs_on: date | None = None

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is left but to sign."""
        return self.in_writing and self.starts_on is not None
