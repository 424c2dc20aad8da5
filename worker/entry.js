/**
 * What the runtime calls: the bundle that worker-build makes, with a net below it.
 *
 * Where the WebAssembly panics it is gone, and with it every request that it was working on: none of their promises is
 * ever kept. Left alone, a request would end when the runtime notices that nothing can come any more, and a call to
 * the Durable Object never. So whoever waits is told at once, with a 500 that makes a platform send again; the next
 * call gets a fresh instance from worker-build's own shim.
 */

import { WorkerEntrypoint } from "cloudflare:workers";
import Worker, { Desk as RustDesk } from "./index.js";

/** worker-build's: its panic hook sets `criticalError`. */
const instance = globalThis.__worker_init_state;
const waiting = new Set();
let { criticalError } = instance;
Object.defineProperty(instance, "criticalError", {
  get: () => criticalError,
  set(is) {
    criticalError = is;
    if (!is) return;
    for (const fail of waiting) fail(new Error("the instance that worked on this is gone"));
    waiting.clear();
  },
});

/** What `work` comes to, or a failure as soon as nothing can come any more. */
async function kept(work) {
  let fail;
  const lost = new Promise((_, rejected) => {
    fail = rejected;
  });
  waiting.add(fail);
  try {
    return await Promise.race([work(), lost]);
  } finally {
    waiting.delete(fail);
  }
}

function internal() {
  const problem = { type: "internal", title: "Our fault", status: 500, detail: "nothing was promised; send it again" };
  return new Response(JSON.stringify(problem), {
    status: 500,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "retry-after": "30",
    },
  });
}

export default class extends WorkerEntrypoint {
  async fetch(request) {
    try {
      return await kept(() => new Worker(this.ctx, this.env).fetch(request));
    } catch {
      return internal();
    }
  }

  queue(batch) {
    return kept(() => new Worker(this.ctx, this.env).queue(batch));
  }
}

export class Desk {
  #desk;

  constructor(state, env) {
    this.#desk = new RustDesk(state, env);
  }

  fetch(request) {
    return kept(() => this.#desk.fetch(request));
  }

  alarm() {
    return kept(() => this.#desk.alarm());
  }
}
