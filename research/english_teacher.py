"""Fine-tunes all-MiniLM-L6-v2 on every English head at once and writes its probabilities. See README.md."""

import argparse
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from transformers import AutoTokenizer, BertModel

import texts as T

HEADS = {  # name: classes
    "sentiment": 3, "emotions": 8, "tweet_emotion": 4, "complaint": 1, "irony": 1, "offensive": 1, "urgency": 5, "intents": 17,
}


def example(text, **targets):
    return {"text": T.normalise(text), **targets}


def one_hot(value, classes):
    return [1.0 if c == value else 0.0 for c in classes]


def emotions(labels, known):
    return [(1.0 if e in labels else 0.0) if e in known else -1.0 for e in T.EMOTIONS]


def go_emotions(row):
    found = {m for label in row["label"] for m in T.GO_EMOTIONS.get(label, [])}
    return emotions(found, T.EMOTIONS)


def brighter(row):
    found = {T.BRIGHTER[label] for label in row["label"]}
    return emotions(found, set(T.BRIGHTER.values()))


def urgency_row(row):
    return example(
        row["text"], urgency=one_hot(row["urgency"], T.LEVELS), sentiment=one_hot(row["sentiment"], T.SENTIMENTS),
        intents=[1.0 if i in row["intents"] else 0.0 for i in T.INTENTS],
    )


def training(limit):
    """Rows with how often each is seen in the one pass: the small sets several times."""
    rng = random.Random(7)
    out = []

    def add(rows, times, make):
        rows = list(rows)
        rng.shuffle(rows)
        rows = rows[:limit] if limit else rows
        for _ in range(times):
            out.extend(make(row) for row in rows)

    def train(name):
        return [row for row in T.rows("train/" + name) if row.get("split", "train") == "train"]

    add(train("tweeteval_emotion"), 3, lambda r: example(r["text"], tweet_emotion=one_hot(r["label"], T.TWEET_EMOTIONS)))
    add(train("complaints"), 2, lambda r: example(r["text"], complaint=[1.0 if r["label"] == "complaint" else 0.0]))
    add(train("urgency"), 3, urgency_row)
    add(train("tweeteval_irony"), 1, lambda r: example(r["text"], irony=[1.0 if r["label"] == "irony" else 0.0]))
    add(train("tweeteval_offensive")[:2000], 1, lambda r: example(r["text"], offensive=[1.0 if r["label"] == "offensive" else 0.0]))
    go = train("goemotions")
    rare = [r for r in go if any(m in ("fear", "sadness", "gratitude", "optimism", "surprise", "anger") for l in r["label"] for m in T.GO_EMOTIONS.get(l, []))]
    chosen = {r["id"] for r in rare}
    rest = [r for r in go if r["id"] not in chosen][:2500]
    add(rare[:4500] + rest, 1, lambda r: example(r["text"], emotions=go_emotions(r)))
    add([r for r in train("brighter_emotions") if r["lang"] == "eng" and r["track"] == "track_a"], 1, lambda r: example(r["text"], emotions=brighter(r)))
    soft = [r for r in T.rows("distilled/minilm_sentiment") if r["id"].startswith("semeval")]
    rng.shuffle(soft)
    add(soft[:4000], 1, lambda r: example(r["text"], sentiment=r["probs"]))
    rng.shuffle(out)
    return out


class Teacher(nn.Module):
    def __init__(self, path):
        super().__init__()
        self.bert = BertModel.from_pretrained(path, attn_implementation="sdpa", add_pooling_layer=False)
        width = self.bert.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(2 * width, n) for name, n in HEADS.items()})

    def forward(self, ids, mask):
        h = self.bert(ids, attention_mask=mask).last_hidden_state
        m = mask.unsqueeze(-1).float()
        pooled = torch.cat([(h * m).sum(1) / m.sum(1), h[:, 0]], -1)
        pooled = self.drop(pooled)
        return {name: head(pooled) for name, head in self.heads.items()}


def loss_of(outputs, batch):
    total = 0.0
    for name in HEADS:
        index = [i for i, row in enumerate(batch) if name in row]
        if not index:
            continue
        target = torch.tensor([batch[i][name] for i in index])
        logits = outputs[name][index]
        share = len(index) / len(batch)
        if name in ("sentiment", "tweet_emotion", "urgency"):
            total = total + share * -(target * F.log_softmax(logits, -1)).sum(-1).mean()
        else:
            known = (target >= 0).float()
            each = F.binary_cross_entropy_with_logits(logits, target.clamp(min=0), reduction="none")
            total = total + share * 2.0 * (each * known).sum() / known.sum()
    return total


def batches(items, lengths, tokens, rng):
    """Batches of about `tokens` tokens of alike length, in random order."""
    order = sorted(range(len(items)), key=lambda i: lengths[i] + rng.random() * 4)
    out, current, widest = [], [], 0
    for i in order:
        widest_next = max(widest, lengths[i])
        if current and widest_next * (len(current) + 1) > tokens:
            out.append(current)
            current, widest_next = [], lengths[i]
        current.append(i)
        widest = widest_next
    if current:
        out.append(current)
    rng.shuffle(out)
    return out


def pad(encoded, index):
    width = max(len(encoded[i]) for i in index)
    ids = torch.zeros(len(index), width, dtype=torch.long)
    for r, i in enumerate(index):
        ids[r, : len(encoded[i])] = torch.tensor(encoded[i])
    return ids, (torch.arange(width)[None] < torch.tensor([len(encoded[i]) for i in index])[:, None]).long()


def predict(model, tokenizer, raw, report=0):
    """Probabilities of every head for raw texts."""
    model.eval()
    encoded = tokenizer([T.normalise(t) for t in raw], truncation=True, max_length=48)["input_ids"]
    lengths = [len(e) for e in encoded]
    out = {name: np.zeros((len(raw), n), np.float32) for name, n in HEADS.items()}
    started, done = time.time(), 0
    with torch.inference_mode():
        for index in batches(raw, lengths, 2048, random.Random(1)):
            outputs = model(*pad(encoded, index))
            for name, logits in outputs.items():
                p = logits.softmax(-1) if name in ("sentiment", "tweet_emotion", "urgency") else logits.sigmoid()
                out[name][index] = p.numpy()
            done += len(index)
            if report and done % report < len(index):
                print(f"labelled {done}/{len(raw)} {time.time() - started:.0f}s", flush=True)
    return out


def macro_f1(gold, guess, classes):
    total = 0.0
    for c in range(classes):
        tp = np.sum((gold == c) & (guess == c))
        total += 2 * tp / max(1, np.sum(gold == c) + np.sum(guess == c))
    return 100 * total / classes


def measure(model, tokenizer):
    def val(name):
        return [r for r in T.rows("train/" + name) if r.get("split") == "val"]

    r = val("tweeteval_emotion")
    p = predict(model, tokenizer, [x["text"] for x in r])
    gold = np.array([T.TWEET_EMOTIONS.index(x["label"]) for x in r])
    print(f"val tweet emotion macro F1 {macro_f1(gold, p['tweet_emotion'].argmax(-1), 4):.1f}")
    for name, head, yes in [("complaints", "complaint", "complaint"), ("tweeteval_irony", "irony", "irony"), ("tweeteval_offensive", "offensive", "offensive")]:
        r = val(name)
        p = predict(model, tokenizer, [x["text"] for x in r])
        gold = np.array([int(x["label"] == yes) for x in r])
        print(f"val {head} macro F1 {macro_f1(gold, (p[head][:, 0] > 0.5).astype(int), 2):.1f}")
    r = val("semeval2017_sentiment")
    p = predict(model, tokenizer, [x["text"] for x in r])["sentiment"].argmax(-1)
    gold = np.array([T.SENTIMENTS.index(x["label"]) for x in r])
    print(f"val sentiment macro recall {100 * np.mean([np.mean(p[gold == c] == c) for c in range(3)]):.1f}")
    r = T.rows("evaluate/urgency")
    p = predict(model, tokenizer, [x["text"] for x in r])["urgency"]
    gold = np.array([T.LEVELS.index(x["urgency"]) for x in r])
    guess = np.rint(p @ np.arange(5)).astype(int)
    urgent = p[:, 3:].sum(-1)
    known = [i for i, x in enumerate(r) if x["urgent"] is not None]
    truth = np.array([r[i]["urgent"] for i in known])
    for at in (0.3, 0.4, 0.5):
        flag = urgent[known] > at
        print(f"urgency at {at}: precision {np.mean(truth[flag]):.3f} recall {np.mean(flag[truth]):.3f}")
    w = (np.arange(5)[:, None] - np.arange(5)[None]) ** 2
    o = np.zeros((5, 5))
    np.add.at(o, (gold, guess), 1)
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    print(f"within one {np.mean(np.abs(gold - guess) <= 1):.3f} kappa {1 - (w * o).sum() / (w * e).sum():.3f}")


def unlabelled(more):
    """Every text a soft label is wanted for, the most useful first."""
    seen, out = set(), []

    def add(rows):
        for row in rows:
            if row.get("split", "train") in ("train",) and row["text"] not in seen:
                seen.add(row["text"])
                out.append(row["text"])

    add(T.rows("train/urgency"))
    add(T.rows("train/complaints"))
    add(T.rows("unlabelled/customer_care_2020"))
    for name in ("tweeteval_emotion", "tweeteval_irony"):
        add(T.rows("train/" + name))
    add(r for r in T.rows("train/brighter_emotions") if r["lang"] == "eng")
    # Tweets that speak to somebody first: they are the nearest to what a desk gets.
    tweets = T.rows("train/semeval2017_sentiment")
    add(sorted(tweets, key=lambda row: not row["text"].startswith("@"))[:more])
    return out


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--limit", type=int, default=0)
    arguments.add_argument("--tokens", type=int, default=1024)
    arguments.add_argument("--rate", type=float, default=8e-5)
    arguments.add_argument("--weights", help="label with these weights instead of training")
    arguments.add_argument("--more", type=int, default=10000, help="tweets labelled besides the other sets")
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    model = Teacher(options.model)
    if options.weights:
        model.load_state_dict(torch.load(options.weights))
        label(model, tokenizer, options)
        return
    model.train()
    items = training(options.limit)
    encoded = tokenizer([row["text"] for row in items], truncation=True, max_length=48)["input_ids"]
    plan = batches(items, [len(e) for e in encoded], options.tokens, rng)
    groups = [
        {"params": [p for n, p in model.named_parameters() if n.startswith("bert.")], "lr": 1.0, "weight_decay": 0.01},
        {"params": list(model.heads.parameters()), "lr": 6.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    base = [g["lr"] for g in groups]
    print(f"{len(items)} rows, {len(plan)} steps", flush=True)
    started, mean = time.time(), 0.0
    for step, index in enumerate(plan):
        rate = options.rate * min(1.0, (step + 1) / 150) * (1 - step / len(plan))
        for group, b in zip(optimizer.param_groups, base):
            group["lr"] = rate * b
        outputs = model(*pad(encoded, index))
        loss = loss_of(outputs, [items[i] for i in index])
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        mean = 0.98 * mean + 0.02 * float(loss.detach())
        if step % 50 == 0:
            print(f"step {step}/{len(plan)} loss {mean / (1 - 0.98 ** (step + 1)):.3f} {time.time() - started:.0f}s", flush=True)
    torch.save(model.state_dict(), options.out + ".pt")
    measure(model, tokenizer)
    label(model, tokenizer, options)


def label(model, tokenizer, options):
    raw = unlabelled(options.more)
    raw = raw[: options.limit] if options.limit else raw
    p = predict(model, tokenizer, raw, 5000)
    np.savez(options.out + ".npz", keys=np.frombuffer(b"".join(T.key(t) for t in raw), np.uint8).reshape(-1, 8), **p)
    print("done", len(raw), flush=True)


if __name__ == "__main__":
    main()
