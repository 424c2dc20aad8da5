/** Google's push tokens: proved with keys that are fetched from their issuer, here one of our own with keys of its own. */

import assert from "node:assert/strict";
import { type KeyObject, createSign, generateKeyPairSync } from "node:crypto";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { company } from "../support/company.ts";
import { Desk, post, problem } from "../support/desk.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";

const AUDIENCE = "https://hooks.example/v1/hooks/northwind/google";
const EMAIL = "push@northwind-air.iam.gserviceaccount.example";

/** An issuer, as Google is one: it shows its keys and changes them. */
class Issuer {
  readonly keys = new Map<string, { privateKey: KeyObject; publicKey: KeyObject }>();
  fetched = 0;
  /** What becomes of the next requests for the keys. */
  readonly faults: ("trouble" | "rubbish")[] = [];
  cacheControl = "public, max-age=21000, must-revalidate, no-transform";
  readonly server: Server;

  constructor() {
    this.server = createServer((_request, response) => {
      this.fetched++;
      const fault = this.faults.shift();
      if (fault === "trouble") return void response.writeHead(503).end();
      const keys = [...this.keys].map(([kid, { publicKey }]) => ({ ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" }));
      response.writeHead(200, { "content-type": "application/json", "cache-control": this.cacheControl });
      response.end(fault === "rubbish" ? "<html>" : JSON.stringify({ keys }));
    });
  }

  add(kid: string): void {
    this.keys.set(kid, generateKeyPairSync("rsa", { modulusLength: 2048 }));
  }

  token(kid: string, claims: Record<string, unknown> = {}, signer = kid): string {
    const now = Math.floor(Date.now() / 1000);
    const all = { iss: "https://accounts.google.com", aud: AUDIENCE, email: EMAIL, email_verified: true, iat: now, exp: now + 3600, ...claims };
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${part({ alg: "RS256", kid, typ: "JWT" })}.${part(all)}`;
    const key = this.keys.get(signer)?.privateKey;
    assert.ok(key, `no key ${signer}`);
    return `${signed}.${createSign("sha256").update(signed).sign(key).toString("base64url")}`;
  }
}

const issuer = new Issuer();
const companies = Array.from({ length: 8 }, (_, number) => company(`airline-${number}`));
let here: (typeof companies)[number];
let worker: Workerd;

before(async () => {
  issuer.add("one");
  issuer.add("other");
  await new Promise<void>((done) => issuer.server.listen(0, "127.0.0.1", done));
  const keys = `http://127.0.0.1:${(issuer.server.address() as AddressInfo).port}/certs`;
  const settings = companies.map(({ id, settings }) => ({
    ...settings,
    [`OPEN_ID_${id.toUpperCase().replaceAll("-", "_")}_GOOGLE`]: JSON.stringify({ audience: AUDIENCE, email: EMAIL, keys }),
  }));
  worker = await startWorkerd({ settings: Object.assign({}, ...settings) });
});
after(async () => {
  await worker?.close();
  issuer.server.closeAllConnections();
  issuer.server.close();
});
beforeEach(() => {
  // Keys are kept for each workspace, so each test has one that never saw any.
  const next = companies.pop();
  assert.ok(next, "more tests than companies: raise their number");
  here = next;
  issuer.fetched = 0;
  issuer.faults.length = 0;
});

function push(token: string): Promise<Response> {
  const data = btoa(JSON.stringify({ notification_type: "NEW_REVIEW", review_name: "accounts/1/locations/2/reviews/3" }));
  return post(worker.url, here.id, "google", JSON.stringify({ message: { data } }), { authorization: `Bearer ${token}` });
}

async function status(token: string): Promise<number> {
  const answer = await push(token);
  await answer.arrayBuffer();
  return answer.status;
}

describe("a push", () => {
  test("of Google's gets in, and the keys are fetched once", async () => {
    for (let time = 0; time < 5; time++) assert.equal(await status(issuer.token("one")), 200);
    assert.equal(issuer.fetched, 1);
    const desk = new Desk(worker.url, here, "ida");
    assert.equal((await desk.list()).counts.open, 1);
  });
  test("of somebody else does not", async () => {
    for (const [what, token] of [
      ["another audience", issuer.token("one", { aud: "https://elsewhere.example" })],
      ["another account", issuer.token("one", { email: "eve@elsewhere.example" })],
      ["another issuer", issuer.token("one", { iss: "https://elsewhere.example" })],
      ["over", issuer.token("one", { exp: Math.floor(Date.now() / 1000) - 3600 })],
      ["signed with another key", issuer.token("one", {}, "other")],
      ["no token", "the-word"],
    ] as const) {
      assert.equal(await status(token), 401, what);
    }
    assert.equal((await new Desk(worker.url, here, "ida").list()).counts.open, 0);
  });
});

describe("the keys", () => {
  test("are fetched again when Google signs with a new one", async () => {
    assert.equal(await status(issuer.token("one")), 200);
    issuer.add(`new-${here.id}`);
    assert.equal(await status(issuer.token(`new-${here.id}`)), 200);
    assert.equal(issuer.fetched, 2);
  });
  test("are not fetched for ever for a forger's inventions, and Google's own still get in", async () => {
    assert.equal(await status(issuer.token("one")), 200);
    const forged = issuer.token("one");
    const [, claims, signature] = forged.split(".");
    for (let number = 0; number < 40; number++) {
      const header = Buffer.from(JSON.stringify({ alg: "RS256", kid: `invented-${number}` })).toString("base64url");
      assert.equal(await status(`${header}.${claims}.${signature}`), 401);
    }
    assert.ok(issuer.fetched <= 6, `${issuer.fetched}`);
    assert.equal(await status(issuer.token("one")), 200);
  });
  test("that cannot be fetched make the push come again, and then it gets in", async () => {
    issuer.faults.push("trouble", "rubbish");
    const { detail } = await problem(await push(issuer.token("one")), 503);
    assert.match(detail ?? "", /send it again/);
    await problem(await push(issuer.token("one")), 503);
    assert.equal(await status(issuer.token("one")), 200);
  });
  test("that are no longer fresh still serve where new ones cannot be had", async () => {
    issuer.cacheControl = "max-age=0";
    assert.equal(await status(issuer.token("one")), 200);
    issuer.faults.push("trouble");
    assert.equal(await status(issuer.token("one")), 200);
    assert.equal(issuer.fetched, 2);
    issuer.cacheControl = "public, max-age=21000";
  });
});
