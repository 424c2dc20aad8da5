/** The worker on the real workerd, as `wrangler dev` runs it: KV and Durable Objects on disk, nothing else needed. */

import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

const repository = resolve(import.meta.dirname, "../..");

/** How long workerd may take to answer its first request, in milliseconds: slow machines are slow. */
const START_LIMIT = 120_000;

/** A worker that runs. */
export interface Workerd {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  /** What it printed. */
  readonly log: string[];
  /** Pulls the plug, as a power cut would: SIGKILL to every process of it. */
  kill(): Promise<void>;
  /** Starts it again at the same address over what is on disk. */
  start(): Promise<void>;
  /** Every value in KV, as it stands on disk. */
  kv(): Promise<Map<string, KvEntry>>;
  /** Ends it and, where it made the folder for its state itself, removes that. */
  close(): Promise<void>;
}

/** One value in KV. */
export interface KvEntry {
  value: string;
  metadata: unknown;
  /** When it goes, in milliseconds since 1970. */
  expires: number | null;
}

export interface WorkerdOptions {
  /** Variables and secrets of the worker. */
  settings: Record<string, string>;
  /** Where the state lies; a new folder where not said. */
  state?: string;
  port?: number;
}

/** Starts the worker that `cargo xtask build` made, and waits until it answers. */
export async function startWorkerd(options: WorkerdOptions): Promise<Workerd> {
  if (!existsSync(join(repository, "worker/build/index.js"))) {
    throw new Error('worker/build holds no worker: run "cargo xtask build" first');
  }
  const folder = await mkdtemp(join(tmpdir(), "earshot-workerd-"));
  const state = options.state ?? join(folder, "state");
  const settings = join(folder, "settings");
  await writeFile(settings, dotenv(options.settings), { mode: 0o600 });
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  let running: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const program = join(repository, "node_modules/wrangler/bin/wrangler.js");
    const flags = ["dev", "--local", "--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"];
    flags.push("--persist-to", state, "--env-file", settings, "--show-interactive-dev-session=false");
    running = spawn(process.execPath, [program, ...flags], {
      cwd: repository,
      // A group of its own, so that workerd goes with wrangler.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false", NO_COLOR: "1", WRANGLER_LOG_PATH: join(folder, "logs") },
    });
    const listen = (said: Buffer): void => void log.push(said.toString());
    running.stdout?.on("data", listen);
    running.stderr?.on("data", listen);
    await untilItAnswers(url, running, log);
  };

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = running;
    running = undefined;
    if (ending?.pid === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((done) => ending.once("exit", done));
    process.kill(-ending.pid, signal);
    await ended;
    await untilPortIsFree(port);
  };

  await start();
  return {
    url,
    log,
    kill: () => end("SIGKILL"),
    start,
    kv: () => readKv(state),
    close: async () => {
      // Nothing here is worth an orderly end, and wrangler takes seconds for one.
      await end("SIGKILL");
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** `KEY='value'` lines. No setting of ours has a quote or a line break in it. */
function dotenv(settings: Record<string, string>): string {
  const line = ([name, value]: [string, string]): string => {
    if (/['\n\r]/.test(value)) throw new Error(`${name} has a quote or a line break in it`);
    return `${name}='${value}'\n`;
  };
  return Object.entries(settings).map(line).join("");
}

async function untilItAnswers(url: string, running: ChildProcess, log: string[]): Promise<void> {
  const limit = Date.now() + START_LIMIT;
  while (Date.now() < limit) {
    if (running.exitCode !== null) break;
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`the worker does not answer at ${url}; it said:\n${log.join("")}`);
}

/**
 * A port that nobody has right now, from below those that systems give to outgoing connections (32768 and up on Linux, 49152
 * elsewhere): one of those may be gone again before the worker listens.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(10_000, 32_768);
    if (await isFree(port)) return port;
  }
  throw new Error("no port is free");
}

async function untilPortIsFree(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await isFree(port)) return;
    await sleep(50);
  }
  throw new Error(`port ${port} is still taken`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((done) => {
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => done(true));
  });
  await new Promise((done) => server.close(done));
  return free;
}

/** Reads KV as Miniflare keeps it: an SQLite file of entries beside a folder of values. */
async function readKv(state: string): Promise<Map<string, KvEntry>> {
  const entries = new Map<string, KvEntry>();
  const root = join(state, "v3/kv");
  const objects = join(root, "miniflare-KVNamespaceObject");
  for (const name of existsSync(objects) ? await readdir(objects) : []) {
    if (!name.endsWith(".sqlite")) continue;
    const database = new DatabaseSync(join(objects, name), { readOnly: true });
    const hasEntries = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_mf_entries'").get();
    const rows = hasEntries ? database.prepare("SELECT key, blob_id, expiration, metadata FROM _mf_entries").all() : [];
    database.close();
    for (const { key, blob_id, expiration, metadata } of rows) {
      entries.set(String(key), {
        value: await readBlob(root, String(blob_id)),
        metadata: metadata === null ? null : JSON.parse(String(metadata)),
        expires: expiration === null ? null : Number(expiration),
      });
    }
  }
  return entries;
}

async function readBlob(root: string, id: string): Promise<string> {
  for (const namespace of await readdir(root)) {
    const file = join(root, namespace, "blobs", id);
    if (existsSync(file)) return readFile(file, "utf8");
  }
  throw new Error("KV names a value that is not there");
}
