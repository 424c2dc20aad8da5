/** The worker on workerd itself (no proxy before it), in a world that a test rules: see `trial/worker.js`. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { KvEntry } from "./workerd.ts";
import { freePort } from "./workerd.ts";

/** What can fail. */
export type Kind = "kv" | "kvAnswer" | "desk" | "deskAnswer" | "sql" | "alarm" | "queue" | "queueAnswer" | "panic" | "trap" | "deskTrap" | "deskPanic";

export interface Rules {
  seed?: number;
  /** How many of the next calls of a kind fail. */
  next?: Partial<Record<Kind, number>>;
  /** How many of all calls of a kind fail, 0 to 1. */
  chances?: Partial<Record<Kind, number>>;
}

/** Rows of the desk's tables. */
export type Tables = Record<string, Record<string, string | number | null>[]>;

export interface TrialOptions {
  /** Variables and secrets of the worker. */
  settings: Record<string, string>;
  /** The rate limit of hooks. */
  rate?: { limit: number; period: 10 | 60 };
  /** Whether a queue is bound. */
  queue?: boolean;
  /** The shipped bundle alone: no rules, no looking inside. */
  plain?: boolean;
}

export interface Trial {
  readonly url: string;
  readonly log: string[];
  /** The process that is workerd. */
  readonly workerd: () => number;
  /** Sets what fails from now on, and says what has failed so far. */
  rule(rules: Rules): Promise<{ happened: Partial<Record<Kind | "alarms" | "handed" | "pieces", number>> }>;
  /** What the worker's clock says. */
  now(): number;
  /** Moves the clock of a workspace's desk, in milliseconds; what its alarm was set for by then, it does. */
  advance(workspace: string, by: number): Promise<void>;
  kv(): Promise<Map<string, KvEntry>>;
  tables(workspace: string): Promise<Tables>;
  /** Pulls the plug: SIGKILL to workerd and whatever runs it. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the worker that `cargo xtask build` made, and waits until it answers. */
export async function startTrial(options: TrialOptions): Promise<Trial> {
  const repository = resolve(import.meta.dirname, "../..");
  if (!existsSync(join(repository, "worker/build/index.js"))) {
    throw new Error('worker/build holds no worker: run "cargo xtask build" first');
  }
  const folder = await mkdtemp(join(tmpdir(), "earshot-trial-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const file = join(folder, "options.json");
  await writeFile(file, JSON.stringify({ ...options, port, state: join(folder, "state") }), { mode: 0o600 });
  const log: string[] = [];
  let running: ChildProcess | undefined;
  let ahead = 0;

  const start = async (): Promise<void> => {
    const child = spawn(process.execPath, ["--no-warnings", join(import.meta.dirname, "trial/serve.ts"), file], {
      // A group of its own, so that workerd goes with it.
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    running = child;
    child.stderr?.on("data", (said: Buffer) => log.push(said.toString()));
    await new Promise<void>((done, failed) => {
      child.stdout?.on("data", (said: Buffer) => {
        log.push(said.toString());
        if (said.toString().includes("ready\n")) done();
      });
      child.once("exit", () => failed(new Error(`the worker does not start; it said:\n${log.join("")}`)));
    });
  };
  const end = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    if (ending?.pid === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((done) => ending.once("exit", done));
    process.kill(-ending.pid, "SIGKILL");
    await ended;
  };
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(url + path, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  };

  await start();
  return {
    url,
    log,
    workerd: () => running?.pid ?? 0,
    rule: (rules) => ask("/test/rules", rules) as ReturnType<Trial["rule"]>,
    now: () => Date.now() + ahead,
    advance: async (workspace, by) => {
      await ask(`/test/${workspace}/advance?by=${by}`);
      ahead += by;
    },
    kv: async () => {
      const entries = (await ask("/test/kv")) as (KvEntry & { key: string })[];
      return new Map(
        entries.map(({ key, value, metadata, expires }) => [key, { value, metadata, expires: expires === null ? null : expires * 1000 }]),
      );
    },
    tables: (workspace) => ask(`/test/${workspace}/tables`) as Promise<Tables>,
    kill: end,
    start,
    close: async () => {
      await end();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
