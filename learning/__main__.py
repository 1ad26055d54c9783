"""Weighs the features of replies by the examples: a linear classifier of one label against the others.

Rare features count more than common ones, pieces of words less than words.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.model_selection import cross_val_score
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from bot.language.phrases import split_words
from bot.language.replies import Label
from bot.language.reply_dates import day_of
from bot.language.reply_features import features
from bot.language.reply_ideas import Ideas
from bot.language.reply_text import letter_itself
from bot.language.reply_weights import WEIGHTS, ZERO, Header, fingerprint
from learning.examples import Example, origin, read_examples

#: Features that occur less often say nothing about other replies.
_LEAST = 3
#: How much more rare features count, how much less pieces of words do, how closely the examples are followed.
_RARITY, _PIECES, _CLOSENESS = 1.3, 0.5, 1.5
#: Examples name days as seen from this moment.
_NOW = datetime(2026, 8, 12, 9, tzinfo=UTC)
_ZONE = "Europe/Moscow"
_BYTE = 127


def main() -> None:
    """Learn from the examples and write the weights."""
    examples = [*read_examples()]
    found = [_features(example) for example in examples]
    labels = [example.label.value for example in examples]
    shares = np.array([example.share for example in examples])
    rarities = _rarities(found)
    vectorizer = DictVectorizer()
    rows = normalize(
        vectorizer.fit_transform(
            [{name: rarities[name] for name in one if name in rarities} for one in found]
        )
    )
    _write(_classifier().fit(rows, labels, shares), vectorizer.get_feature_names_out().tolist(), rarities)
    print(f"{len(examples)} examples, {len(rarities)} features, {WEIGHTS.stat().st_size / 1e6:.1f} MB")
    unseen = cross_val_score(_classifier(), rows, labels, cv=5, params={"sample_weight": shares})
    print(f"right on a fifth kept back, five times: {', '.join(f'{share:.1%}' for share in unseen)}")


def _features(example: Example) -> frozenset[str]:
    letter = letter_itself(example.text)
    words = split_words(letter)
    days = day_of(letter, language=example.language, now=_NOW, zone=_ZONE, country=None)
    return frozenset(features(letter, words, Ideas(letter, words), days.places(words)))


def _rarities(found: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return how much each feature counts; of two with one fingerprint the first in the alphabet stays."""
    counts = Counter(feature for one in found for feature in one)
    names = {fingerprint(name): name for name in sorted(counts, reverse=True) if counts[name] >= _LEAST}
    return {name: _rarity(name, counts[name], len(found)) for name in names.values()}


def _rarity(name: str, count: int, examples: int) -> float:
    rarity = float(np.log((1 + examples) / (1 + count)) + 1) ** _RARITY
    return rarity * (_PIECES if name.startswith("c:") else 1)


def _classifier() -> LinearSVC:
    return LinearSVC(C=_CLOSENESS, random_state=0)


def _write(classifier: LinearSVC, names: Sequence[str], rarities: dict[str, float]) -> None:
    order = sorted(range(len(names)), key=lambda at: fingerprint(names[at]))
    prints = np.array([fingerprint(names[at]) for at in order], dtype="<u4")
    rare = np.array([rarities[names[at]] for at in order])
    weighed = classifier.coef_[:, order].T * rare[:, None]
    header = Header(
        labels=tuple(Label(name) for name in classifier.classes_),
        bias=tuple(round(float(bias), 4) for bias in classifier.intercept_),
        weight_unit=float(np.abs(weighed).max() / _BYTE),
        rarity_unit=float(rare.max() / (2 * _BYTE)),
        rows=len(names),
        origin=origin(),
    )
    body = prints.tobytes() + _bytes(rare / header.rarity_unit) + _bytes(weighed / header.weight_unit + ZERO)
    WEIGHTS.write_bytes(msgspec.json.encode(header) + b"\n" + body)


def _bytes(values: NDArray[np.float64]) -> bytes:
    return np.round(values).astype("u1").tobytes()


if __name__ == "__main__":
    main()
