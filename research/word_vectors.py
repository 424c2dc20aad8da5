"""Where the deep half's embeddings start: what multilingual-e5-small says of single words, in 46 numbers. See README.md."""

import argparse
import random
import unicodedata
from collections import Counter

import numpy as np
import torch

import e5_small
import texts as T
from english_teacher import batches, pad

NUMBERS = 46
SPREAD = 0.15  # what embeddings that start at random have
SETS = [
    "semeval2017_sentiment", "umsab_sentiment_8lang", "vader_reviews", "tweeteval_emotion", "tweeteval_irony",
    "tweeteval_offensive", "goemotions", "brighter_emotions", "complaints", "urgency", "banking77_intents",
]
ENGLISH = ("en", "eng", "english")
READ = {
    *ENGLISH, "arabic", "french", "german", "hindi", "italian", "portuguese", "spanish", "arq", "ary", "deu", "esp", "hin", "ptbr",
    "ptmz",
}


def words(text):
    """Runs of letters, as the engine's tokenizer has nearly all of them, and single emoji and marks."""
    word = ""
    for c in text + " ":
        if unicodedata.category(c)[0] in "LM" or (word and c == "'"):
            word += c
            continue
        if word:
            yield word.rstrip("'")
        word = ""
        if unicodedata.category(c)[0] in "SP":
            yield c


def frequent(count):
    """The most frequent words of the training texts; those in other languages count three times, as in the vocabulary."""
    counts = Counter()
    for name in SETS:
        for row in T.rows("train/" + name):
            language = row.get("lang", "en")
            if language in READ and row.get("split", "train") == "train":
                weight = 1 if language in ENGLISH else 3
                for word in words(T.normalise(row["text"], words=False).lower()):
                    counts[word] += weight
    return counts.most_common(count)


def fingerprint(word):
    """`earshot_reading::model::Fingerprint` of a whole word."""
    value = 0x811C9DC5
    for byte in word.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ (value >> 16)


def read(folder, forms):
    """The encoder's mean output of each word by itself."""
    tokenizer, model = e5_small.Tokenizer(folder), e5_small.load(folder).eval()
    encoded = [tokenizer("query: " + form) for form in forms]
    out = np.zeros((len(forms), model.config.hidden_size), np.float32)
    with torch.inference_mode():
        for index in batches(forms, [len(e) for e in encoded], 4096, random.Random(1)):
            ids, mask = pad(encoded, index)
            hidden, there = model(ids, attention_mask=mask).last_hidden_state, mask.unsqueeze(-1).float()
            out[index] = ((hidden * there).sum(1) / there.sum(1)).numpy()
    return out


def reduce(vectors, weights):
    """The directions in which frequent words differ most, the strong ones held back by half."""
    middle = (vectors * weights[:, None]).sum(0) / weights.sum()
    vectors = vectors - middle
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    values, directions = np.linalg.eigh((vectors * weights[:, None]).T @ vectors / weights.sum())
    most = np.argsort(-values)[:NUMBERS]
    reduced = vectors @ directions[:, most] / values[most] ** 0.25
    return reduced * SPREAD / reduced.std()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--model", required=True, help="folder with e5.c and e5-small-q4.bin")
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--count", type=int, default=20000)
    arguments.add_argument("--threads", type=int, default=2)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    forms, counts = zip(*frequent(options.count))
    vectors = reduce(read(options.model, forms), np.sqrt(np.array(counts, np.float32)))
    prints = np.array([fingerprint(form) for form in forms], "<u4").view(np.uint8).reshape(-1, 4)
    numbers = np.clip(np.rint(vectors * 127), -127, 127).astype(np.int8).view(np.uint8)
    np.concatenate([prints, numbers], 1).tofile(options.out)
    print(options.out, len(forms), "words")


if __name__ == "__main__":
    main()
