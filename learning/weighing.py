"""Weighs the features of a lesson: a linear classifier of one label against the others."""

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.model_selection import cross_val_score
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from bot.language.weights import ZERO, Header, file_of, fingerprint
from learning.lesson import Lesson

_BYTE = 127


def learn(lesson: Lesson) -> str:
    """Learn a lesson and write its weights; return what it was, and how well it is learned."""
    rarities = _rarities(lesson)
    vectorizer = DictVectorizer()
    features = [{name: rarities[name] for name in row.features if name in rarities} for row in lesson.rows]
    rows = normalize(vectorizer.fit_transform(features))
    labels = [row.label for row in lesson.rows]
    shares = np.array([row.share for row in lesson.rows])
    classifier = LinearSVC(C=lesson.closeness, random_state=0)
    _write(
        lesson, classifier.fit(rows, labels, shares), vectorizer.get_feature_names_out().tolist(), rarities
    )
    unseen = cross_val_score(classifier, rows, labels, cv=5, params={"sample_weight": shares})
    kept_back = ", ".join(f"{share:.1%}" for share in unseen)
    return (
        f"{lesson.name}: {len(lesson.rows)} rows, {len(rarities)} features; "
        f"right on a fifth kept back, five times: {kept_back}"
    )


def _rarities(lesson: Lesson) -> dict[str, float]:
    """Return how much each feature counts; of two with one fingerprint the first in the alphabet stays."""
    counts = Counter(feature for row in lesson.rows for feature in row.features)
    kept = (name for name in sorted(counts, reverse=True) if counts[name] >= lesson.least)
    names = {fingerprint(name): name for name in kept}
    return {name: _rarity(name, counts[name], lesson) for name in names.values()}


def _rarity(name: str, count: int, lesson: Lesson) -> float:
    rarity = float(np.log((1 + len(lesson.rows)) / (1 + count)) + 1) ** lesson.rarity
    return rarity * lesson.lesser.get(name.partition(":")[0], 1)


def _write(lesson: Lesson, classifier: LinearSVC, names: Sequence[str], rarities: dict[str, float]) -> None:
    order = sorted(range(len(names)), key=lambda at: fingerprint(names[at]))
    prints = np.array([fingerprint(names[at]) for at in order], dtype="<u4")
    rare = np.array([rarities[names[at]] for at in order])
    weighed = classifier.coef_[:, order].T * rare[:, None]
    header = Header(
        labels=tuple(classifier.classes_.tolist()),
        bias=tuple(round(float(bias), 4) for bias in classifier.intercept_),
        weight_unit=float(np.abs(weighed).max() / _BYTE),
        rarity_unit=float(rare.max() / (2 * _BYTE)),
        rows=len(names),
        origin=lesson.origin,
    )
    body = prints.tobytes() + _bytes(rare / header.rarity_unit) + _bytes(weighed / header.weight_unit + ZERO)
    file_of(lesson.name).write_bytes(msgspec.json.encode(header) + b"\n" + body)


def _bytes(values: NDArray[np.float64]) -> bytes:
    return np.round(values).astype("u1").tobytes()
