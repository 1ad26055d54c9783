"""What the garbage collector looks at: a bot keeps what it starts with and soon drops the rest."""

import gc

#: So many young objects are looked at together. Updates and reminders leave few cycles: after each 700, as
#: Python has it by itself, the collector took a twelfth of the time of an update.
_YOUNG = 10_000


def settle() -> None:
    """Spare the collector what is there by now, for it stays: texts, letters, rules, libraries."""
    gc.freeze()
    gc.set_threshold(_YOUNG)
