"""Fine-tunes multilingual-e5-small on sentiment in eight languages and emotions in six. See README.md."""

import argparse
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import e5_small
import texts as T
from english_teacher import batches, brighter, macro_f1, one_hot, pad

EMOTION_LANGUAGES = ("deu", "esp", "ptbr", "ptmz", "hin", "ary", "arq")
FROZEN = 4  # lowest layers, left as they are: saves a fifth of the time


class Teacher(nn.Module):
    def __init__(self, folder):
        super().__init__()
        self.bert = e5_small.load(folder)
        for p in self.bert.embeddings.parameters():
            p.requires_grad_(False)
        for layer in self.bert.encoder.layer[:FROZEN]:
            for p in layer.parameters():
                p.requires_grad_(False)
        width = self.bert.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.sentiment = nn.Linear(width, 3)
        self.emotions = nn.Linear(width, 8)

    def forward(self, ids, mask):
        h = self.bert(ids, attention_mask=mask).last_hidden_state
        m = mask.unsqueeze(-1).float()
        pooled = self.drop((h * m).sum(1) / m.sum(1))
        return self.sentiment(pooled), self.emotions(pooled)


def text_of(row):
    return "query: " + T.normalise(row["text"], words=False)


def training(limit):
    rng = random.Random(11)
    out = []
    umsab = [r for r in T.rows("train/umsab_sentiment_8lang") if r["split"] == "train"]
    out += [(text_of(r), one_hot(r["label"], T.SENTIMENTS), None) for r in umsab] * 2
    soft = [r for r in T.rows("distilled/minilm_sentiment") if r["id"].startswith("semeval")]
    rng.shuffle(soft)
    out += [(text_of(r), r["probs"], None) for r in soft[:8000]]
    emotions = [r for r in T.rows("train/brighter_emotions") if r["lang"] in EMOTION_LANGUAGES and r["track"] == "track_a" and r["split"] == "train"]
    rng.shuffle(emotions)
    out += [(text_of(r), None, brighter(r)["emotions"] if isinstance(brighter(r), dict) else brighter(r)) for r in emotions[:6000]]
    rng.shuffle(out)
    return out[:limit] if limit else out


def predict(model, tokenizer, rows, report=0):
    model.eval()
    encoded = [tokenizer(text_of(r)) for r in rows]
    sentiment, emotions = np.zeros((len(rows), 3), np.float32), np.zeros((len(rows), 8), np.float32)
    started, done = time.time(), 0
    with torch.inference_mode():
        for index in batches(rows, [len(e) for e in encoded], 2048, random.Random(1)):
            s, e = model(*pad(encoded, index))
            sentiment[index], emotions[index] = s.softmax(-1).numpy(), e.sigmoid().numpy()
            done += len(index)
            if report and done % report < len(index):
                print(f"labelled {done}/{len(rows)} {time.time() - started:.0f}s", flush=True)
    return {"sentiment": sentiment, "emotions": emotions}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--model", required=True, help="folder with e5.c and e5-small-q4.bin")
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--limit", type=int, default=0)
    arguments.add_argument("--rate", type=float, default=1.2e-4)
    arguments.add_argument("--threads", type=int, default=2)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(3)
    rng = random.Random(3)
    tokenizer, model = e5_small.Tokenizer(options.model), Teacher(options.model)
    model.train()
    items = training(options.limit)
    encoded = [tokenizer(text) for text, _, _ in items]
    plan = batches(items, [len(e) for e in encoded], 1024, rng)
    optimizer = torch.optim.AdamW([
        {"params": [p for p in model.bert.parameters() if p.requires_grad], "weight_decay": 0.01},
        {"params": [*model.sentiment.parameters(), *model.emotions.parameters()]},
    ])
    print(f"{len(items)} rows, {len(plan)} steps", flush=True)
    started, mean = time.time(), 0.0
    for step, index in enumerate(plan):
        rate = options.rate * min(1.0, (step + 1) / 100) * (1 - step / len(plan))
        optimizer.param_groups[0]["lr"], optimizer.param_groups[1]["lr"] = rate, rate * 8
        s, e = model(*pad(encoded, index))
        loss = 0.0
        own = [k for k, i in enumerate(index) if items[i][1] is not None]
        if own:
            target = torch.tensor([items[index[k]][1] for k in own])
            loss = loss - (target * F.log_softmax(s[own], -1)).sum() / len(index)
        own = [k for k, i in enumerate(index) if items[i][2] is not None]
        if own:
            target = torch.tensor([items[index[k]][2] for k in own])
            known = (target >= 0).float()
            loss = loss + (F.binary_cross_entropy_with_logits(e[own], target.clamp(min=0), reduction="none") * known).sum() / len(index) / 3
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        mean = 0.98 * mean + 0.02 * float(loss.detach())
        if step % 50 == 0:
            print(f"step {step}/{len(plan)} loss {mean / (1 - 0.98 ** (step + 1)):.3f} {time.time() - started:.0f}s", flush=True)
    torch.save(model.state_dict(), options.out + ".pt")
    val = [r for r in T.rows("train/umsab_sentiment_8lang") if r["split"] == "val"][: options.limit or None]
    p = predict(model, tokenizer, val)["sentiment"].argmax(-1)
    gold = np.array([T.SENTIMENTS.index(r["label"]) for r in val])
    scores = []
    for language in sorted({r["lang"] for r in val}):
        at = [i for i, r in enumerate(val) if r["lang"] == language]
        scores.append(macro_f1(gold[at], p[at], 3))
        print(f"val {language} macro F1 {scores[-1]:.1f}")
    print(f"val mean {np.mean(scores):.1f}", flush=True)
    # Not English: of its rows the half are TweetEval's validation split, and this teacher has learnt them.
    umsab = [r for r in T.rows("train/umsab_sentiment_8lang") if r["split"] == "train" and r["lang"] != "english"]
    rows = umsab + [r for r in T.rows("train/brighter_emotions") if r["lang"] in EMOTION_LANGUAGES and r["track"] == "track_a" and r["split"] == "train"]
    rows = rows[: options.limit] if options.limit else rows
    label(model, tokenizer, [r["text"] for r in rows], options.out)
    halves = []
    for language in sorted({r["lang"] for r in umsab}):
        halves += T.recombined([r["text"] for r in umsab if r["lang"] == language])
    label(model, tokenizer, halves, options.out + "-recombined")


def label(model, tokenizer, texts, out):
    p = predict(model, tokenizer, [{"text": text} for text in texts], 4000)
    np.savez(out + ".npz", keys=np.frombuffer(b"".join(T.key(text) for text in texts), np.uint8).reshape(-1, 8), **p)
    print("done", len(texts), flush=True)


if __name__ == "__main__":
    main()
