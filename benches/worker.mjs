// Webhooks a second of the worker beside two bare Rust workers, all in one workerd, driven directly, in one run.
//
//   node benches/worker.mjs [--rounds 7] [--requests 2000] [--connections 16]
//
// Needs worker/build and, beside it, benches/workers/{answering,storing}/build (worker-build --release in each folder).
// Prints a JSON line a measurement. Rounds of the two that are compared alternate, so that whatever else the machine
// does falls on both; the ratio is that of the medians.
import { createServer, connect } from "node:net";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from "miniflare";
import { company, fixture, sign } from "../tests/support/company.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    requests: { type: "string", default: "2000" },
    connections: { type: "string", default: "16" },
  },
});
const ROUNDS = Number(options.rounds);
const REQUESTS = Number(options.requests);
const CONNECTIONS = Number(options.connections);

const here = import.meta.dirname;
const northwind = company("northwind");
const state = await mkdtemp(join(tmpdir(), "earshot-bench-"));
const ports = { real: await freePort(), answering: await freePort(), storing: await freePort() };

const worker = (name, folder, port, more = {}) => {
  const root = resolve(here, folder);
  if (!existsSync(join(root, "index.js"))) throw new Error(`${folder} holds no worker: build it with worker-build --release`);
  return {
    name,
    modulesRoot: root,
    modules: [
      { type: "ESModule", path: join(root, "index.js") },
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

  for (const { what, body, peer, peerPort, requests } of [
    { what: "dropped", body: chatter, peer: "a worker that answers 200", peerPort: ports.answering, requests: REQUESTS },
    { what: "flagged", body: stranded, peer: "a worker that does one KV put and one Durable Object insert", peerPort: ports.storing, requests: REQUESTS / 4 },
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
        ratio: Number((median(real.map((one) => one.perSecond)) / median(other.map((one) => one.perSecond))).toFixed(2)),
        requestsARound: requests,
        rounds: ROUNDS,
        connections: CONNECTIONS,
      }),
    );
  }
} finally {
  await miniflare.dispose();
  await rm(state, { recursive: true, force: true });
}

/** One request, ready to be written to a socket. */
function request(path, body, headers) {
  const lines = Object.entries({ host: "localhost", "content-length": body.length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`), body]);
}

/** Sends every request once over a few connections that stay open, each waiting for its answer. */
async function drive(port, requests) {
  const waits = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      await new Promise((done, failed) => socket.once("connect", done).once("error", failed));
      while (next < requests.length) {
        const own = requests[next++];
        const from = performance.now();
        socket.write(own);
        const status = await answered(socket);
        waits.push(performance.now() - from);
        if (status !== "200") throw new Error(`a delivery was answered ${status}`);
      }
      socket.destroy();
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  waits.sort((a, b) => a - b);
  return { perSecond: requests.length / seconds, p99: waits[Math.floor(waits.length * 0.99)] };
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
