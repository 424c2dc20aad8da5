"""What every teacher reads: texts by set, normalised as the student normalises them, keyed by a hash of the raw text."""

import hashlib
import html
import json
import os
import re

DATA = os.environ.get("EARSHOT_DATA", os.path.join(os.path.dirname(__file__), "..", "..", "shared", "data"))

EMOTIONS = ["anger", "frustration", "sadness", "fear", "joy", "gratitude", "surprise", "optimism"]
TWEET_EMOTIONS = ["anger", "joy", "optimism", "sadness"]
SENTIMENTS = ["negative", "neutral", "positive"]
LEVELS = ["none", "low", "normal", "high", "critical"]
INTENTS = [
    "complaint", "question", "help_request", "praise", "thanks", "suggestion", "churn_threat", "purchase_intent",
    "lost_stolen_damaged", "outage", "billing", "delay", "account_access", "safety", "legal_press", "discrimination",
    "spam_or_irrelevant",
]
# GoEmotions has 27 labels; those that are not one of the eight emotions are left out (no label, not a negative of
# the label they resemble).
GO_EMOTIONS = {
    "anger": ["anger"], "annoyance": ["frustration"], "disappointment": ["frustration", "sadness"],
    "disapproval": ["frustration"], "disgust": ["anger"], "sadness": ["sadness"], "grief": ["sadness"],
    "remorse": ["sadness"], "fear": ["fear"], "nervousness": ["fear"], "joy": ["joy"], "amusement": ["joy"],
    "excitement": ["joy"], "love": ["joy"], "pride": ["joy"], "gratitude": ["gratitude"], "surprise": ["surprise"],
    "optimism": ["optimism"], "desire": ["optimism"], "relief": ["joy"],
}
# BRIGHTER marks six emotions; disgust counts as anger, the others say nothing of frustration, gratitude and optimism.
BRIGHTER = {"anger": "anger", "disgust": "anger", "sadness": "sadness", "fear": "fear", "joy": "joy", "surprise": "surprise"}


def rows(name):
    """The rows of one set, or none where the file is missing."""
    path = os.path.join(DATA, name + ".jsonl")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def emoji_words():
    words = {}
    with open(os.path.join(DATA, "lexicons", "emoji_utf8_lexicon.txt"), encoding="utf-8") as file:
        for line in file:
            symbol, _, description = line.rstrip("\n").partition("\t")
            if description:
                words[symbol] = description
    return words


_EMOJI = None
_MENTION = re.compile(r"@\w+")
_LINK = re.compile(r"https?\S*|www\.\S+")


def normalise(text, words=True):
    """One handle is `@user`, one link is `http`, emoji become words (for English models)."""
    global _EMOJI
    text = html.unescape(text).replace("\u2019", "'").replace("\ufe0f", "")
    text = _LINK.sub("http", _MENTION.sub("@user", text))
    if words:
        if _EMOJI is None:
            _EMOJI = emoji_words()
        text = "".join(f" {_EMOJI[c]} " if c in _EMOJI else c for c in text)
    return re.sub(r"\s+", " ", text).strip()


def key(text):
    """The first eight bytes of the SHA-256 of the raw text: what a soft label is filed under."""
    return hashlib.sha256(text.encode("utf-8")).digest()[:8]


def plain(text):
    """The text without handles, links, spaces, marks and case, by which two sets' copies of it are the same."""
    words = (word for word in text.split() if "@" not in word and not word.startswith("http"))
    return "".join(c.lower() for word in words for c in word if c.isalnum())


def recombined(texts):
    """Texts that nobody wrote, for a teacher to label: of each the first half, the second, and its first half before the
    next one's second. `earshot_train::sets::recombined` makes the same, and what `wholes` makes."""
    words = [text.split() for text in texts]
    for at, own in enumerate(words):
        if len(own) >= 6:
            yield " ".join(own[: len(own) // 2])
            yield " ".join(own[len(own) // 2 :])
            yield whole(words, at, 1)


def wholes(texts, distances):
    """Each text's first half before the second half of the texts so many places on; no halves by themselves."""
    words = [text.split() for text in texts]
    for at, own in enumerate(words):
        if len(own) >= 6:
            for distance in distances:
                yield whole(words, at, distance)


def whole(words, at, distance):
    own, following = words[at], words[(at + distance) % len(words)]
    return " ".join(own[: len(own) // 2] + following[len(following) // 2 :])
