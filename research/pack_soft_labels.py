"""Teachers' probabilities (.npz) to the files the trainer reads: an eight-byte key and forty bytes a text, 255 being certain."""

import sys

import numpy as np

COLUMNS = [("sentiment", 3), ("emotions", 8), ("tweet_emotion", 4), ("complaint", 1), ("irony", 1), ("offensive", 1), ("urgency", 5), ("intents", 17)]


def main(source, target):
    data = np.load(source)
    n = len(data["keys"])
    parts = [data[name] if name in data else np.zeros((n, width), np.float32) for name, width in COLUMNS]
    shares = np.rint(np.clip(np.concatenate(parts, 1), 0, 1) * 255).astype(np.uint8)
    records = np.concatenate([data["keys"], shares], 1)
    # One record a key, in order of the keys, so that the file says nothing of the order of the sets.
    _, first = np.unique(data["keys"].copy().view(">u8").ravel(), return_index=True)
    records[first].tofile(target)
    print(target, len(first), "texts", records.shape[1], "bytes each")


if __name__ == "__main__":
    main(*sys.argv[1:])
