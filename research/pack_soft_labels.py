"""Teachers' probabilities (.npz) to a file the trainer reads: an eight-byte key and a byte a column, 255 being certain.

    pack_soft_labels.py TARGET SOURCE...

The target's name says which columns it has. Of a text that several sources have, their mean counts: a source that is
named twice counts twice."""

import os
import sys

import numpy as np

EMOTIONS = [("sentiment", 3), ("emotions", 8)]
COLUMNS = {
    "english.bin": [*EMOTIONS, ("tweet_emotion", 4), ("complaint", 1), ("irony", 1), ("offensive", 1), ("urgency", 5), ("intents", 17)],
    "multilingual.bin": EMOTIONS,
    "sentiment.bin": [("sentiment", 3)],
}


def main(target, *sources):
    files = [np.load(source) for source in sources]
    columns = COLUMNS[os.path.basename(target)]
    shares = np.concatenate([np.concatenate([file[name] for name, _ in columns], 1) for file in files])
    # One record a key, in order of the keys, so that the file says nothing of the order of the sets.
    keys = np.concatenate([file["keys"] for file in files]).copy().view(">u8").ravel()
    keys, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    means = np.zeros((len(keys), shares.shape[1]))
    np.add.at(means, places, np.clip(shares, 0, 1))
    means /= counts[:, None]
    keys = keys.view(np.uint8).reshape(-1, 8)
    records = np.concatenate([keys, np.rint(means * 255).astype(np.uint8)], 1)
    records.tofile(target)
    print(target, len(records), "texts", records.shape[1], "bytes each")


if __name__ == "__main__":
    main(*sys.argv[1:])
