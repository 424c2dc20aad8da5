#!/bin/sh
# Fills a target's corpus with the committed bodies of its platform.
set -eu
cd "$(dirname "$0")"
mkdir -p "corpus/$1"
for body in ../tests/fixtures/hooks/"$1"/*; do
    { printf '\000'; cat "$body"; } > "corpus/$1/$(basename "$body")"
done
