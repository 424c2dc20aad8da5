"""Teachers' probabilities (.npz) to a file the trainer reads: an eight-byte key and a byte a column, 255 being certain.

    pack_soft_labels.py TARGET SOURCE...

The target's name says which columns it has; of a text that several sources have, the first one's count."""

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
    keys = np.concatenate([file["keys"] for file in files])
    records = np.concatenate([keys, np.rint(np.clip(shares, 0, 1) * 255).astype(np.uint8)], 1)
    # One record a key, in order of the keys, so that the file says nothing of the order of the sets.
    _, first = np.unique(keys.copy().view(">u8").ravel(), return_index=True)
    records[first].tofile(target)
    print(target, len(first), "texts", records.shape[1], "bytes each")


if __name__ == "__main__":
    main(*sys.argv[1:])
