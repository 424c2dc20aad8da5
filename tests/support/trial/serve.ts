/** Runs Miniflare until it is killed: `node serve.ts OPTIONS`, a file of JSON that `startTrial` wrote. */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from "miniflare";
import type { TrialOptions } from "../trial.ts";

const repository = resolve(import.meta.dirname, "../../..");
const { port, state, settings, rate, queue, plain } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as TrialOptions & {
  port: number;
  state: string;
};
const module = (type: "ESModule" | "CompiledWasm", path: string): { type: "ESModule" | "CompiledWasm"; path: string } => ({
  type,
  path: join(repository, path),
});

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    log: new Log(LogLevel.WARN),
    resourcePersistencePath: state,
    workers: [
      {
        name: "earshot",
        modulesRoot: repository,
        modules: [
          ...(plain ? [] : [module("ESModule", "tests/support/trial/worker.js")]),
          module("ESModule", "worker/build/entry.js"),
          module("ESModule", "worker/build/index.js"),
          module("CompiledWasm", "worker/build/index_bg.wasm"),
        ],
        compatibilityDate: "2026-10-01",
        unsafeDirectSockets: [{ host: "127.0.0.1", port }],
        bindings: settings,
        kvNamespaces: { MENTIONS: "mentions" },
        durableObjects: { DESK: { className: "Desk", useSQLite: true } },
        ...(rate && { ratelimits: { HOOKS_RATE: { namespace_id: "1", simple: rate } } }),
        ...(queue && {
          queueProducers: { INTAKE: { queueName: "intake" } },
          queueConsumers: { intake: { maxBatchSize: 1, maxBatchTimeout: 0, maxRetries: 100 } },
        }),
      },
    ],
  }),
);
// Whoever tests may die without a word: what they started ends with them.
process.stdin.resume().once("end", () => process.exit());
await miniflare.ready;
process.stdout.write("ready\n");
