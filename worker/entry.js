/**
 * What the runtime calls: the bundle that worker-build makes, with a short way in and a net below it.
 *
 * The short way: a delivery's headers and body are read here and handed over in one call, which answers at once
 * whatever needs no storage (`routes/hooks.rs`).
 *
 * The net: where the WebAssembly panics or traps it is gone, and with it every request that it was working on. None of
 * their promises is ever kept. Left alone, a request would end when the runtime notices that nothing can come any more,
 * and a call to the Durable Object never. So whoever waits is told at once, with a 500 that makes a platform send again;
 * the next call gets a fresh instance from worker-build's own shim.
 */

import Worker, { Desk as RustDesk } from "./index.js";

/** worker-build's: a panic sets `criticalError`, a fresh instance `instanceId`. */
const instance = globalThis.__worker_init_state;
const known = { ...instance };
const waiting = new Set();
for (const name of ["criticalError", "instanceId"]) {
  Object.defineProperty(instance, name, {
    get: () => known[name],
    set(value) {
      known[name] = value;
      if (!value) return;
      for (const fail of waiting) fail(gone());
      waiting.clear();
    },
  });
}
// A trap that is no panic (too deep a stack, no memory) sets nothing.
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError || error?.message === "Critical error") instance.criticalError = true;
});

const gone = () => new Error("the instance that worked on this is gone");

/** What `work` comes to, or a failure as soon as nothing can come any more. */
async function kept(work) {
  // It may start a fresh instance, which is the end of those that wait already and not its own.
  const own = work();
  if (known.criticalError) throw gone();
  let fail;
  const lost = new Promise((_, rejected) => {
    fail = rejected;
  });
  waiting.add(fail);
  try {
    return await Promise.race([own, lost]);
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

/** The most bytes that a body may have: `earshot_hooks::LONGEST_BODY`. What may have more goes the long way. */
const CAP = 1 << 20;
/** Behind the slashes of the longest scheme, `https://`; no host is so short that its end would be missed. */
const SCHEME = 8;
const { hook } = Worker.prototype;

/** So much of a body that nobody wanted is taken in all the same. */
const DISCARDED = 8 << 20;

/** Whoever is still sending when the answer comes may lose the connection before reading it (what nginx calls lingering). */
async function discard({ body, bodyUsed }) {
  if (!body || bodyUsed || body.locked) return;
  let left = DISCARDED;
  try {
    for await (const { byteLength } of body) {
      left -= byteLength;
      if (left < 0) return;
    }
  } catch {
    // The sender went away; the answer stands.
  }
}

export default {
  async fetch(request, env, context) {
    try {
      const { method, url, headers } = request;
      // Where the last instance panicked a fresh one is made on the long way only.
      if (method === "POST" && !known.criticalError && url.startsWith("/v1/hooks/", url.indexOf("/", SCHEME))) {
        const length = headers.get("content-length");
        if (length !== null && Number(length) <= CAP) {
          let head = `${url}\n`;
          headers.forEach((value, name) => {
            head += `${name}\n${value}\n`;
          });
          // Measured: `bytes()` takes ten microseconds more, and an iterator over the headers five.
          const body = new Uint8Array(await request.arrayBuffer());
          // Another request may have panicked while this one's body came.
          if (known.criticalError) return internal();
          const answer = hook(env, head, body);
          // An answer without a body needs no headers either: there is nothing to keep in a cache or to guess a type of.
          if (answer === undefined) return new Response(null);
          return (answer instanceof Promise ? await kept(() => answer) : answer) ?? internal();
        }
      }
      const answer = await kept(() => new Worker(context, env).fetch(request));
      await discard(request);
      return answer;
    } catch {
      return internal();
    }
  },

  queue(batch, env, context) {
    return kept(() => new Worker(context, env).queue(batch));
  },
};

/** The desk with the same net below it. */
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
