/**
 * The worker as it ships, in a world that a test rules: storage that fails, a clock that moves, code that panics.
 *
 * Nothing of this is in the product. It stands between the runtime and the shipped bundle: the bundle is given bindings
 * that fail when the rules say so, and calls go on to the real KV and the real Durable Object. Only a test's own
 * configuration names this module, so no request to a deployed worker can reach it.
 */

import Shipped, { Desk as ShippedDesk } from "../../../worker/build/entry.js";

/**
 * What fails. `next`: how many of the next calls of a kind fail; `chances`: how many of all of them, 0 to 1.
 * Kinds: `kv` (refused), `kvAnswer` (taken, but the answer is lost), `desk` (not reached), `deskAnswer` (did it, but
 * the answer is lost), `sql` (SQLite refuses a write), `alarm` (cannot be set), `queue` and `queueAnswer`,
 * `panic` (the worker's code panics while it waits), `deskPanic` (the desk's does),
 * `trap` and `deskTrap` (they stop without a panic, as at the end of memory or stack).
 */
const rules = { seed: 1, next: {}, chances: {}, happened: {} };
let shift = 0;

// Only the WebAssembly asks for the time: hooks with `Date.now()` within their one call, the desk with `new Date()`
// while it works on one.
const trap = () => new WebAssembly.RuntimeError("unreachable: as the test wants it");

const RealDate = Date;
globalThis.Date = class Date extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) {
      if (fails("deskTrap")) throw trap();
      super(RealDate.now() + shift);
    }
    else super(...parts);
  }
  static now() {
    if (fails("trap")) throw trap();
    return RealDate.now() + shift;
  }
};

/** The same failures for the same seed and the same calls. */
function random() {
  rules.seed = (rules.seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(rules.seed ^ (rules.seed >>> 15), 1 | rules.seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

function fails(kind) {
  const next = rules.next[kind] ?? 0;
  const chance = rules.chances[kind] ?? 0;
  const does = next > 0 || (chance > 0 && random() < chance);
  if (next > 0) rules.next[kind] = next - 1;
  if (does) rules.happened[kind] = (rules.happened[kind] ?? 0) + 1;
  return does;
}

/** Does it, unless it fails before it is done or after. */
async function tried(kind, work) {
  if (fails(kind)) throw new Error(`${kind}: as the test wants it`);
  const done = await work();
  if (fails(`${kind}Answer`)) throw new Error(`${kind}: done, and the answer is lost, as the test wants it`);
  return done;
}

/** The object, with some of its members replaced. */
function instead(object, members) {
  return new Proxy(object, {
    get(target, name) {
      if (Object.hasOwn(members, name)) return members[name];
      const member = Reflect.get(target, name, target);
      // The runtime's own methods insist on their own object; a constructor is told by its name.
      return typeof member === "function" && name !== "constructor" ? member.bind(target) : member;
    },
  });
}

function bindings(env) {
  const members = {
    MENTIONS: instead(env.MENTIONS, {
      put: (...words) => tried("kv", () => env.MENTIONS.put(...words)),
      delete: (key) => tried("kv", () => env.MENTIONS.delete(key)),
    }),
    DESK: instead(env.DESK, {
      getByName: (name) => {
        const stub = env.DESK.getByName(name);
        return instead(stub, { fetch: (request) => tried("desk", () => stub.fetch(request)) });
      },
    }),
  };
  if (env.INTAKE) {
    members.INTAKE = instead(env.INTAKE, {
      sendBatch: (...words) => {
        rules.happened.handed = (rules.happened.handed ?? 0) + 1;
        return tried("queue", () => env.INTAKE.sendBatch(...words));
      },
    });
  }
  return instead(env, members);
}

export default {
  async fetch(request, env, context) {
    const url = new URL(request.url);
    if (url.pathname === "/test/rules") return ruled(request);
    if (url.pathname === "/test/kv") return Response.json(await everythingIn(env.MENTIONS));
    const [, test, workspace] = url.pathname.split("/");
    if (test === "test") return env.DESK.getByName(workspace).fetch(request);
    // A stream that is none: the binding that reads it panics.
    const asked = fails("panic") ? instead(request, { body: {} }) : request;
    return Shipped.fetch(asked, bindings(env), context);
  },
  async queue(batch, env, context) {
    rules.happened.pieces = (rules.happened.pieces ?? 0) + batch.messages.length;
    return Shipped.queue(batch, bindings(env), context);
  },
};

async function ruled(request) {
  if (request.method === "POST") {
    const { shift: by = 0, ...others } = await request.json();
    Object.assign(rules, { next: {}, chances: {} }, others);
    shift += by;
  }
  return Response.json({ ...rules, shift });
}

async function everythingIn(kv) {
  const entries = [];
  let cursor;
  do {
    const page = await kv.list({ cursor });
    for (const { name, metadata, expiration } of page.keys) {
      entries.push({ key: name, value: await kv.get(name), metadata, expires: expiration });
    }
    cursor = page.list_complete ? undefined : page.cursor;
  } while (cursor);
  return entries;
}

/** The desk, over storage that fails. */
export class Desk {
  #storage;
  #desk;

  constructor(state, env) {
    this.#storage = state.storage;
    const { storage } = state;
    const sql = instead(storage.sql, {
      exec: (query, ...values) => {
        if (/^\s*(INSERT|UPDATE|DELETE)/.test(query) && fails("sql")) throw new Error("SQLite: as the test wants it");
        return storage.sql.exec(query, ...values);
      },
    });
    const failing = instead(storage, {
      sql,
      // The runtime's alarms ring by its own clock.
      setAlarm: (at) => tried("alarm", () => storage.setAlarm(Number(at) - shift)),
      getAlarm: async () => {
        const at = await storage.getAlarm();
        return at === null ? null : at + shift;
      },
    });
    this.#desk = new ShippedDesk(
      new Proxy(state, {
        get(target, name) {
          if (name === "storage") {
            // The binding takes it for granted that there is storage, and panics.
            if (fails("deskPanic")) throw new Error("no storage: as the test wants it");
            return failing;
          }
          const member = Reflect.get(target, name, target);
          return typeof member === "function" ? member.bind(target) : member;
        },
      }),
      bindings(env),
    );
  }

  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.endsWith("/advance")) return this.#advance(Number(searchParams.get("by")));
    if (pathname.endsWith("/tables")) return this.#tables();
    return this.#desk.fetch(request);
  }

  alarm() {
    rules.happened.alarms = (rules.happened.alarms ?? 0) + 1;
    return this.#desk.alarm();
  }

  /** Moves the clock, and the alarm with it: what is due rings. */
  async #advance(by) {
    const at = await this.#storage.getAlarm();
    shift += by;
    if (at !== null) await this.#storage.setAlarm(Math.max(RealDate.now(), at - by));
    return Response.json({ at });
  }

  #tables() {
    const { sql } = this.#storage;
    const named = sql.exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '[_s]*_*'").toArray();
    return Response.json(
      Object.fromEntries(named.map(({ name }) => [name, sql.exec(`SELECT * FROM "${name}"`).toArray()])),
    );
  }
}
