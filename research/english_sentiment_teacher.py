"""Fine-tunes a pretrained encoder on SemEval's tweets; labels them, what is recombined of them, and the reviews. See README.md."""

import argparse
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from transformers import AutoModel, AutoTokenizer

import texts as T
from english_teacher import batches, pad


class Teacher(nn.Module):
    def __init__(self, path, frozen=0):
        super().__init__()
        self.bert = AutoModel.from_pretrained(path, add_pooling_layer=False)
        # What is frozen needs no backward pass: of a large model on few cores the lower layers and the embeddings.
        for part in [self.bert.embeddings, *self.bert.encoder.layer[:frozen]] if frozen else []:
            part.requires_grad_(False)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * self.bert.config.hidden_size, len(T.SENTIMENTS))

    def forward(self, ids, mask):
        h = self.bert(ids, attention_mask=mask).last_hidden_state
        m = mask.unsqueeze(-1).float()
        return self.head(self.drop(torch.cat([(h * m).sum(1) / m.sum(1), h[:, 0]], -1)))


def encode(tokenizer, raw):
    return tokenizer([T.normalise(text) for text in raw], truncation=True, max_length=48)["input_ids"]


def products(half):
    """Products in sixteen bits where asked: 1.8 times as fast on a processor that has them (avx512_bf16), slower elsewhere."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=half)


def predict(model, tokenizer, raw, half):
    model.eval()
    encoded = encode(tokenizer, raw)
    out = np.zeros((len(raw), len(T.SENTIMENTS)), np.float32)
    started, done = time.time(), 0
    with torch.inference_mode():
        for index in batches(raw, [len(e) for e in encoded], 2048, random.Random(1)):
            with products(half):
                logits = model(*pad(encoded, index))
            out[index] = logits.float().softmax(-1).numpy()
            done += len(index)
            if done % 5000 < len(index):
                print(f"labelled {done}/{len(raw)} {time.time() - started:.0f}s", flush=True)
    return out


def train(model, tokenizer, rows, rate, rng, half):
    """One pass; rare classes count more, so that each counts the same in the sum."""
    encoded = encode(tokenizer, [row["text"] for row in rows])
    target = torch.tensor([T.SENTIMENTS.index(row["label"]) for row in rows])
    weights = len(rows) / (3.0 * torch.bincount(target, minlength=3).float())
    plan = batches(rows, [len(e) for e in encoded], 1024, rng)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, weight_decay=0.01)
    started, mean = time.time(), 0.0
    model.train()
    for step, index in enumerate(plan):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 150) * (1 - step / len(plan))
        with products(half):
            logits = model(*pad(encoded, index))
        loss = F.cross_entropy(logits.float(), target[index], weights)
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        mean = 0.98 * mean + 0.02 * float(loss.detach())
        if step % 50 == 0:
            print(f"step {step}/{len(plan)} loss {mean / (1 - 0.98 ** (step + 1)):.3f} {time.time() - started:.0f}s", flush=True)


def keep(path, raw, shares):
    np.savez(path, keys=np.frombuffer(b"".join(T.key(text) for text in raw), np.uint8).reshape(-1, 8), sentiment=shares)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--limit", type=int, default=0, help="so many tweets only, for trying it out")
    arguments.add_argument("--rate", type=float, default=8e-5)
    arguments.add_argument("--learn", type=int, help="learn from so many tweets, drawn at random; all are labelled all the same")
    arguments.add_argument("--frozen", type=int, default=0, help="so many of the lower layers stay as they are")
    arguments.add_argument("--weights", help="label with these weights instead of training")
    arguments.add_argument("--label", nargs="*", help="label these of the sets only; all, where none is named")
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--half", action="store_true", help="multiply in sixteen bits")
    arguments.add_argument("--seed", type=int, default=2)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    model = Teacher(options.model, options.frozen)
    rows = T.rows("train/semeval2017_sentiment")
    held = [row for row in rows if row["split"] == "val"]
    # A tweet of the validation split that stands in the training split, too, is neither learnt nor labelled.
    plain = {T.plain(row["text"]) for row in held}
    rows = [row for row in rows if row["split"] == "train" and T.plain(row["text"]) not in plain]
    rows = rows[: options.limit] if options.limit else rows
    if options.weights:
        model.load_state_dict(torch.load(options.weights))
    else:
        learnt = rng.sample(rows, options.learn) if options.learn else rows
        train(model, tokenizer, learnt, options.rate, rng, options.half)
        torch.save(model.state_dict(), options.out + ".pt")
    gold = np.array([T.SENTIMENTS.index(row["label"]) for row in held])
    guess = predict(model, tokenizer, [row["text"] for row in held], options.half).argmax(-1)
    print(f"val macro recall {100 * np.mean([np.mean(guess[gold == c] == c) for c in range(3)]):.1f}", flush=True)
    tweets = [row["text"] for row in rows]
    for name, raw in [
        ("tweets", tweets),
        ("recombined", list(T.wholes(tweets, [1]))),
        ("recombined-further", list(T.wholes(tweets, [2, 3]))),
        ("reviews", [row["text"] for row in T.rows("train/vader_reviews")][: options.limit or None]),
    ]:
        if not options.label or name in options.label:
            keep(f"{options.out}-{name}.npz", raw, predict(model, tokenizer, raw, options.half))


if __name__ == "__main__":
    main()
