"""How the urgency signals and the model join: the numbers in `crates/reading/src/urgency.rs`, on a coarse grid.

The model that ships has learnt from nearly all of the labelled posts, so its logits on them say nothing of how much it may
be believed. A stand-in says it: a linear model on words and letters, which each fifth of the posts is read by after it learnt
from the other four. On posts new to both it tells `high` about as well as the model that ships (area under the curve .86).
The posts labelled twice are shown beside, with the shipped model's own logits, and choose nothing.

    cargo test -p earshot-reading --lib audit -- --ignored --nocapture | sed -n 's/^.*AUDIT\\t//p' > audit.jsonl
    venv/bin/pip install numpy scipy scikit-learn
    venv/bin/python urgency_join.py audit.jsonl
"""

import itertools
import json
import os
import re
import sys

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from texts import DATA, LEVELS

FOLDS = 5
URGENCY = slice(31, 35)
# The stand-in's logits are narrower than the model's; this brings their spread to the model's on posts new to both.
STRETCH = 1.3
HIGH = 26  # points for harm at which `high` starts
CRITICAL = 46  # and `critical`, beside words of great harm


def normal(text):
    text = re.sub(r"https?://\S+", "<link>", text)
    desk = re.compile("support|help|care|service|ask|team")
    return re.sub(r"\d", "0", re.sub(r"@\w+", lambda m: "@desk" if desk.search(m.group().lower()) else "@user", text))


def stand_in(texts, levels):
    """Logits of at least low, normal, high, critical, each text's by a model that has not learnt from it."""
    out = np.zeros((len(texts), 4))
    fold = np.random.RandomState(0).randint(0, FOLDS, len(texts))
    for held in range(FOLDS):
        learn, read = np.where(fold != held)[0], np.where(fold == held)[0]
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)
        known = hstack([v.fit_transform([texts[i] for i in learn]) for v in (words, letters)]).tocsr()
        new = hstack([v.transform([texts[i] for i in read]) for v in (words, letters)]).tocsr()
        for border in range(4):
            fit = LogisticRegression(C=4, max_iter=300).fit(known, levels[learn] > border)
            out[read, border] = fit.decision_function(new) * STRETCH
    return out


def joined(posts, logits, low, normal_from, waits_each, waits_far, harm_each, harm_far, harm_besides, share):
    """Levels, as `weigh` makes them of an English text without context."""
    points = {name: np.array([post[name] for post in posts], float) for name in ("waits", "harm")}
    grave = np.array([post["grave"] for post in posts])
    borders = np.clip(logits[:, :2], -waits_far, waits_far).mean(1)
    waits = points["waits"] + np.maximum(points["harm"], 0) // share + np.round(waits_each * borders)
    harm = points["harm"] + np.round(harm_each * np.clip(logits[:, 2], -harm_far, harm_far) + harm_besides)
    harm = np.where(grave, np.maximum(harm, np.minimum(points["harm"], HIGH)), harm)
    level = (waits >= low).astype(int) + (waits >= normal_from)
    level = np.where(harm >= HIGH, 3, level)
    return np.where((harm >= CRITICAL) & grave, 4, level)


def figures(gold, level, urgent):
    told = np.array([one is not None for one in urgent])
    is_urgent, named = np.array([bool(one) for one in urgent]), level >= 3
    right = (named & is_urgent & told).sum()
    table = np.zeros((5, 5))
    np.add.at(table, (gold, level), 1)
    square = np.subtract.outer(np.arange(5), np.arange(5)) ** 2
    chance = np.outer(table.sum(1), table.sum(0)) / table.sum()
    return {
        "precision": right / max(1, (named & told).sum()),
        "recall": right / max(1, is_urgent.sum()),
        "within one": (abs(level - gold) <= 1).mean(),
        "kappa": 1 - (square * table).sum() / (square * chance).sum(),
    }


def main():
    labels = {}
    for name in ("train", "evaluate"):
        with open(os.path.join(DATA, name, "urgency.jsonl")) as file:
            labels.update({row["id"]: row for row in map(json.loads, file)})
    with open(sys.argv[1]) as file:
        posts = [json.loads(line) for line in file]
    sets = {}
    for name, first in (("learnt from", "t"), ("labelled twice", "u")):
        of = [post for post in posts if post["id"][0] == first]
        gold = np.array([LEVELS.index(labels[post["id"]]["urgency"]) for post in of])
        urgent = [labels[post["id"]].get("urgent", level >= 3) for post, level in zip(of, gold)]
        logits = np.array([post["logits"][URGENCY] for post in of])
        sets[name] = (of, logits, gold, urgent)
    of, _, gold, urgent = sets["learnt from"]
    sets["learnt from"] = (of, stand_in([normal(labels[post["id"]]["text"]) for post in of], gold), gold, urgent)

    grid = itertools.product((6, 8), (30, 32), (10, 12, 14), (2, 3), (4, 5, 6), (3,), (3, 4, 5, 6), (5,))
    rows = []
    for numbers in grid:
        measured = {name: figures(gold, joined(of, logits, *numbers), urgent) for name, (of, logits, gold, urgent) in sets.items()}
        one = measured["learnt from"]
        # Kappa, within one, and the harmonic mean of precision and recall, each as it stands.
        between = 2 * one["precision"] * one["recall"] / (one["precision"] + one["recall"])
        rows.append((one["kappa"] + one["within one"] + between, numbers, measured))
    print("low, normal, waits each, far, harm each, far, besides, share | learnt from | labelled twice")
    for _, numbers, measured in sorted(rows, key=lambda row: -row[0])[:12]:
        print(numbers, *("| " + " ".join(f"{name} {value:.3f}" for name, value in one.items()) for one in measured.values()))


if __name__ == "__main__":
    main()
