// Webhooks a second of the worker beside two bare Rust workers, all in one workerd, driven directly, in one run; then
// the CPU time that posts take, and workerd's memory over many hooks.
//
//   node benches/worker.mjs [--rounds 9] [--requests 8000] [--connections 16] [--hooks 100000] [--only speed,cpu,memory]
//     [--client sockets|fetch]
//
// Needs worker/build and, beside it, benches/workers/{answering,storing}/build (worker-build --release in each folder).
// Prints a JSON line a measurement. Rounds of the two that are compared alternate, so that whatever else the machine
// does falls on both; the ratio is the median of the rounds' own. CPU is what the operating system charged to the process of workerd
// and so holds its HTTP server too; what a bare worker takes for the same bytes is taken off for `own`.
//
// The client takes its share of the machine, and of both sides' time alike: the dearer it is, the closer to one the ratio. Bytes
// that are ready, written to a socket, cost next to nothing, so ratios are at their harshest; `fetch` is what most load tools
// are like.
import { createServer, connect } from "node:net";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from "miniflare";
import { company, fixture, sign } from "../tests/support/company.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    requests: { type: "string", default: "8000" },
    connections: { type: "string", default: "16" },
    hooks: { type: "string", default: "100000" },
    only: { type: "string", default: "speed,cpu,memory" },
    client: { type: "string", default: "sockets" },
  },
});
const ROUNDS = Number(options.rounds);
const REQUESTS = Number(options.requests);
const CONNECTIONS = Number(options.connections);
const HOOKS = Number(options.hooks);
const wants = (what) => options.only.split(",").includes(what);

/** What sends a request to a port and waits for the answer's status, one at a time; and what ends it. */
const CLIENTS = {
  async sockets(port) {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await new Promise((done, failed) => socket.once("connect", done).once("error", failed));
    const send = ({ bytes }) => {
      socket.write(bytes);
      return answered(socket);
    };
    return { send, end: () => socket.destroy() };
  },
  async fetch(port) {
    const send = async ({ path, headers, body }) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers, body });
      await answer.arrayBuffer();
      return String(answer.status);
    };
    return { send, end: () => {} };
  },
};

if (!Object.hasOwn(CLIENTS, options.client)) throw new Error(`--client is ${Object.keys(CLIENTS).join(" or ")}`);

const here = import.meta.dirname;
const northwind = company("northwind");
const state = await mkdtemp(join(tmpdir(), "earshot-bench-"));
const ports = { real: await freePort(), answering: await freePort(), storing: await freePort() };

const worker = (name, folder, port, more = {}) => {
  const root = resolve(here, folder);
  if (!existsSync(join(root, "index.js"))) throw new Error(`${folder} holds no worker: build it with worker-build --release`);
  // The real worker's bundle has an entry of its own before what worker-build makes.
  const scripts = ["entry.js", "index.js"].filter((script) => existsSync(join(root, script)));
  return {
    name,
    modulesRoot: root,
    modules: [
      ...scripts.map((script) => ({ type: "ESModule", path: join(root, script) })),
      { type: "CompiledWasm", path: join(root, "index_bg.wasm") },
    ],
    compatibilityDate: "2026-10-01",
    unsafeDirectSockets: [{ host: "127.0.0.1", port }],
    ...more,
  };
};
const stores = (name) => ({
  kvNamespaces: { MENTIONS: `${name}-mentions` },
  durableObjects: { DESK: { className: "Desk", useSQLite: true } },
});
const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    log: new Log(LogLevel.ERROR),
    resourcePersistencePath: state,
    workers: [
      worker("real", "../worker/build", ports.real, { ...stores("real"), bindings: northwind.settings }),
      worker("answering", "workers/answering/build", ports.answering),
      worker("storing", "workers/storing/build", ports.storing, stores("storing")),
    ],
  }),
);

try {
  await miniflare.ready;
  // Platforms send their JSON without the white space that makes fixtures readable.
  const compact = (name) => JSON.stringify(JSON.parse(fixture(name)));
  const chatter = compact("facebook/comment_chatter.json");
  const stranded = compact("facebook/comment_stranded.json");
  // Nobody's eyes are needed for the first, somebody's at once for the second; each delivery is a post of its own.
  let next = 0;
  const hook = (body) => {
    const own = Buffer.from(body.replaceAll(/"comment_id":"[^"]*"/g, `"comment_id":"7700_${(next += 1)}"`));
    return request("/v1/hooks/northwind/facebook", own, sign("facebook", northwind.secret("facebook"), own));
  };
  const bare = (body) => request(`/${(next += 1)}`, Buffer.from(body), { "content-type": "application/json" });

  if (wants("speed")) await speed();
  if (wants("cpu")) await cpu();
  if (wants("memory")) await memory();

  async function speed() {
    for (const { what, body, peer, peerPort, requests } of [
      { what: "dropped", body: chatter, peer: "a worker that answers 200", peerPort: ports.answering, requests: REQUESTS },
      { what: "flagged", body: stranded, peer: "a worker that does one KV put and one Durable Object insert", peerPort: ports.storing, requests: REQUESTS / 8 },
    ]) {
      const real = [];
      const other = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const ours = await drive(ports.real, Array.from({ length: requests }, () => hook(body)));
        const theirs = await drive(peerPort, Array.from({ length: requests }, () => bare(body)));
        // The first round compiles and fills caches.
        if (round > 0) {
          real.push(ours);
          other.push(theirs);
        }
      }
      console.log(
        JSON.stringify({
          what: `hooks whose post is ${what}`,
          perSecond: Math.round(median(real.map((one) => one.perSecond))),
          p99Milliseconds: Number(median(real.map((one) => one.p99)).toFixed(1)),
          besides: peer,
          peerPerSecond: Math.round(median(other.map((one) => one.perSecond))),
          peerP99Milliseconds: Number(median(other.map((one) => one.p99)).toFixed(1)),
          ratio: Number(median(real.map((one, round) => one.perSecond / other[round].perSecond)).toFixed(2)),
          requestsARound: requests,
          rounds: ROUNDS,
          connections: CONNECTIONS,
          client: options.client,
        }),
      );
    }
  }

  /** The CPU time that a post takes, alone and among twenty. */
  async function cpu() {
    const among = (count) => (body) => {
      const whole = JSON.parse(body);
      const [change] = whole.entry[0].changes;
      const changes = Array.from({ length: count }, () => ({ ...change, value: { ...change.value, comment_id: `7700_${(next += 1)}` } }));
      whole.entry[0].changes = changes;
      return Buffer.from(JSON.stringify(whole));
    };
    for (const { what, body, requests } of [
      { what: "dropped", body: chatter, requests: REQUESTS },
      { what: "flagged", body: stranded, requests: REQUESTS / 8 },
    ]) {
      for (const count of [1, 20]) {
        const [whole, own] = [[], []];
        for (let round = 0; round <= ROUNDS; round++) {
          const bodies = Array.from({ length: Math.ceil(requests / Math.sqrt(count)) }, () => among(count)(body));
          const ours = await charged(ports.real, bodies.map((one) => request("/v1/hooks/northwind/facebook", one, sign("facebook", northwind.secret("facebook"), one))));
          const theirs = await charged(ports.answering, bodies.map((one) => request("/", one, { "content-type": "application/json" })));
          if (round > 0) {
            whole.push(ours);
            own.push(ours - theirs);
          }
        }
        console.log(
          JSON.stringify({
            what: `CPU of a hook with ${count} ${what}`,
            milliseconds: Number(median(whole).toFixed(3)),
            own: Number(median(own).toFixed(3)),
            ownAPost: Number((median(own) / count).toFixed(3)),
            rounds: ROUNDS,
          }),
        );
      }
    }
  }

  /** workerd's memory over many hooks. */
  async function memory() {
    const piece = Math.ceil(HOOKS / 50);
    // The runtime's own heaps grow for a while whatever runs in it, so the bare worker goes first.
    for (const { what, port, make } of [
      { what: "requests to a worker that answers 200", port: ports.answering, make: () => bare(chatter) },
      { what: "hooks whose post is dropped", port: ports.real, make: () => hook(chatter) },
      { what: "hooks, one in fifty flagged", port: ports.real, make: (number) => hook(number % 50 === 0 ? stranded : chatter) },
    ]) {
      const samples = [];
      for (let sent = 0; sent < HOOKS; sent += piece) {
        await drive(port, Array.from({ length: piece }, (_, number) => make(number)));
        samples.push(resident());
      }
      const half = samples.length >> 1;
      console.log(
        JSON.stringify({
          what: `memory over ${HOOKS} ${what}`,
          megabytesFirst: samples[0],
          megabytesFirstHalf: median(samples.slice(0, half)),
          megabytesSecondHalf: median(samples.slice(half)),
          megabytesLast: samples.at(-1),
        }),
      );
    }
  }
} finally {
  await miniflare.dispose();
  await rm(state, { recursive: true, force: true });
}

/** One request, ready to be written to a socket. */
function request(path, body, headers) {
  const lines = Object.entries({ host: "localhost", "content-length": body.length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return { path, body, headers, bytes: Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`), body]) };
}

/** Sends every request once over a few connections that stay open, each waiting for its answer. */
async function drive(port, requests) {
  const waits = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = await CLIENTS[options.client](port);
      while (next < requests.length) {
        const own = requests[next++];
        const from = performance.now();
        const status = await client.send(own);
        waits.push(performance.now() - from);
        if (status !== "200") throw new Error(`a delivery was answered ${status}`);
      }
      client.end();
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  waits.sort((a, b) => a - b);
  return { perSecond: requests.length / seconds, p99: waits[Math.floor(waits.length * 0.99)] };
}

/** Milliseconds of CPU a request that workerd was charged for these. */
async function charged(port, requests) {
  const before = ticks();
  await drive(port, requests);
  return ((ticks() - before) * 10) / requests.length;
}

/** The CPU time of workerd so far, in hundredths of a second: fields 14 and 15 of proc_pid_stat(5). */
function ticks() {
  const fields = readFileSync(`/proc/${workerd()}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** workerd's resident memory, in megabytes. */
function resident() {
  const [, kilobytes] = /VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${workerd()}/status`, "utf8"));
  return Math.round(Number(kilobytes) / 1024);
}

/** The process of workerd: a child of ours. */
function workerd() {
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, "utf8");
      if (stat.includes("(workerd)") && stat.replace(/^.*\) /, "").split(" ")[1] === String(process.pid)) return id;
    } catch {
      // It ended while we looked.
    }
  }
  throw new Error("no workerd below this process: its CPU and memory are read on Linux only");
}

/** Reads one answer to its end and says its status. */
function answered(socket) {
  return new Promise((done, failed) => {
    let answer = "";
    const end = (finish, value) => {
      socket.off("data", read).off("error", broke).off("close", broke);
      finish(value);
    };
    const broke = () => end(failed, new Error("the connection broke off"));
    const read = (bytes) => {
      answer += bytes.toString("latin1");
      const head = answer.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = /content-length: (\d+)/i.exec(answer.slice(0, head))?.[1];
      const whole = length === undefined ? answer.endsWith("0\r\n\r\n") : answer.length >= head + 4 + Number(length);
      if (whole) end(done, answer.slice(9, 12));
    };
    socket.on("data", read).on("error", broke).on("close", broke);
  });
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
