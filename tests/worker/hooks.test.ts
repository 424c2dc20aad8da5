/** Who may deliver what: proofs, handshakes, caps, and what is answered when. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Company, PLATFORMS, company, fixture, newSecret, sign } from "../support/company.ts";
import { Desk, deliver, post, problem, told, urgent } from "../support/desk.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";

const northwind = company("northwind");
const unset = company("no-secrets");
const turning = company("turning");
const broken = company("broken-profile");
const nobody = company("no-staff");
const NEXT = newSecret("facebook");
let worker: Workerd;

before(async () => {
  for (const name of Object.keys(unset.settings)) if (name.startsWith("SECRET_")) delete unset.settings[name];
  for (const name of Object.keys(nobody.settings)) if (name.startsWith("STAFF_")) delete nobody.settings[name];
  turning.settings["SECRET_TURNING_FACEBOOK_NEXT"] = NEXT;
  broken.settings["WORKSPACE_BROKEN_PROFILE"] = '{"name":"Broken","retention_days":0}';
  const settings = Object.assign({}, ...[northwind, unset, turning, broken, nobody].map((one) => one.settings));
  worker = await startWorkerd({ settings });
});
after(() => worker?.close());

const open = async (of: Company): Promise<number> => (await new Desk(worker.url, of, "ida").list()).counts.open;

describe("a delivery whose sender is not proved is refused and leaves nothing", () => {
  const body = told("created", urgent("forged-1"));
  const cases: [string, () => Promise<Response>][] = [
    ["no signature", () => post(worker.url, "northwind", "standard", body)],
    ["another secret", () => deliver(worker.url, northwind, "standard", body, newSecret("standard"))],
    ["another company's secret", () => deliver(worker.url, northwind, "standard", body, turning.secret("standard"))],
    ["another body", () =>
      post(worker.url, "northwind", "standard", body.replace("forged-1", "forged-2"), sign("standard", northwind.secret("standard"), body))],
    ["an old signature", () => {
      const time = String(Math.floor(Date.now() / 1000) - 600);
      const key = Buffer.from(northwind.secret("standard").replace("whsec_", ""), "base64");
      const signature = createHmac("sha256", key).update(`msg_1.${time}.${body}`).digest("base64");
      return post(worker.url, "northwind", "standard", body, {
        "webhook-id": "msg_1", "webhook-timestamp": time, "webhook-signature": `v1,${signature}`,
      });
    }],
    ["the hash function Meta gave up", () => {
      const hash = createHmac("sha1", northwind.secret("facebook")).update(body).digest("hex");
      return post(worker.url, "northwind", "facebook", body, { "x-hub-signature": `sha1=${hash}` });
    }],
  ];
  for (const [name, send] of cases) {
    test(name, async () => {
      const told = await problem(await send(), 401);
      assert.equal(told.type, "bad-signature");
    });
  }
  test("nothing is on the desk", async () => assert.equal(await open(northwind), 0));
});

describe("where nothing can be proved nothing is taken", () => {
  for (const platform of PLATFORMS) {
    test(`${platform} without a secret`, async () => {
      const answer = await deliver(worker.url, unset, platform, told("created", urgent("unset-1")));
      assert.equal((await problem(answer, 503)).type, "not-configured");
      assert.ok(answer.headers.has("retry-after"));
    });
  }
  test("a challenge without a secret", async () => {
    const answer = await fetch(`${worker.url}/v1/hooks/no-secrets/x?crc_token=${"a".repeat(32)}`);
    await problem(answer, 503);
  });
  test("nothing is on the desk", async () => assert.equal(await open(unset), 0));
});

describe("addresses that are nobody's", () => {
  for (const path of ["/v1/hooks/nobody/facebook", "/v1/hooks/northwind/carrier-pigeon", "/v1/hooks/north_wind/x", "/v1/hooks/northwind", "/", "/v1/northwind/secrets"]) {
    test(path, async () => {
      const answer = await fetch(worker.url + path, { method: "POST", body: "{}" });
      assert.equal((await problem(answer, 404)).type, "not-found");
    });
  }
  test("a method that the address does not answer", async () => {
    const answer = await fetch(`${worker.url}/v1/hooks/northwind/x`, { method: "DELETE" });
    assert.equal((await problem(answer, 405)).type, "method-not-allowed");
    assert.equal(answer.headers.get("allow"), "GET, POST, OPTIONS");
  });
});

describe("a set-up that cannot be used says which variable and why", () => {
  test("a profile that cannot be meant", async () => {
    const told = await problem(await post(worker.url, "broken-profile", "x", "{}"), 503);
    assert.match(told.detail ?? "", /WORKSPACE_BROKEN_PROFILE.*retention_days/);
  });
  test("nobody has a key", async () => {
    const told = await problem(await new Desk(worker.url, nobody, "ida").ask(""), 503);
    assert.match(told.detail ?? "", /STAFF_NO_STAFF/);
  });
});

describe("bodies", () => {
  const cap = 1 << 20;
  test("over the cap", async () => {
    const body = " ".repeat(cap + 1);
    assert.equal((await problem(await deliver(worker.url, northwind, "standard", body), 413)).type, "too-large");
  });
  test("over the cap without saying so", async () => {
    const chunk = new TextEncoder().encode(" ".repeat(64 * 1024));
    let left = 17;
    const stream = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    const init = { method: "POST", body: stream, duplex: "half" } as RequestInit;
    const answer = await fetch(`${worker.url}/v1/hooks/northwind/standard`, init);
    await problem(answer, 413);
  });
  test("just under the cap, in chunks", async () => {
    const text = "Northwind Air lost my suitcase at the airport and nobody answers my calls. ";
    const body = told("created", urgent("long-1", { text: text.repeat(Math.floor((cap - 400) / text.length)) }));
    const bytes = new TextEncoder().encode(body);
    let at = 0;
    const stream = new ReadableStream({
      pull: (controller) => {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + 100_000));
        at += 100_000;
      },
    });
    const headers = sign("standard", northwind.secret("standard"), body);
    const init = { method: "POST", body: stream, duplex: "half", headers } as RequestInit;
    const answer = await fetch(`${worker.url}/v1/hooks/northwind/standard`, init);
    assert.equal(answer.status, 200, await answer.text());
  });
  test("broken, where the sender can mend it", async () => {
    const answer = await deliver(worker.url, northwind, "standard", '{"type":"post.created","data":[');
    assert.equal((await problem(answer, 400)).type, "bad-request");
  });
  for (const platform of ["facebook", "instagram", "x"] as const) {
    test(`broken, where ${platform} would send it until it gives up on us`, async () => {
      assert.equal((await deliver(worker.url, northwind, platform, '{"object":"page","entry":[')).status, 200);
    });
  }
  test("no bytes at all", async () => {
    assert.equal((await deliver(worker.url, northwind, "standard", "")).status, 400);
  });
  test("an unknown event is acknowledged", async () => {
    assert.equal((await deliver(worker.url, northwind, "standard", fixture("standard/unknown_event.json"))).status, 200);
  });
});

describe("two secrets are good while one replaces the other", () => {
  const body = fixture("facebook/comment_chatter.json");
  test("the old one", async () => assert.equal((await deliver(worker.url, turning, "facebook", body)).status, 200));
  test("the new one", async () => assert.equal((await deliver(worker.url, turning, "facebook", body, NEXT)).status, 200));
  test("a third", async () => {
    await problem(await deliver(worker.url, turning, "facebook", body, newSecret("facebook")), 401);
  });
});

describe("handshakes", () => {
  const hooks = (path: string): Promise<Response> => fetch(`${worker.url}/v1/hooks/northwind/${path}`);
  test("Meta's challenge comes back word for word", async () => {
    const query = "hub.mode=subscribe&hub.verify_token=verify-northwind-facebook&hub.challenge=1158201444";
    const answer = await hooks(`facebook?${query}`);
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), "1158201444");
  });
  test("with another token it does not", async () => {
    await problem(await hooks("facebook?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1158201444"), 403);
  });
  test("X's challenge is signed", async () => {
    const token = "cGxlYXNlIHNpZ24gdGhpcw=="; // 24 characters of the documented shape
    const answer = await hooks(`x?crc_token=${encodeURIComponent(token)}`);
    const expected = createHmac("sha256", northwind.secret("x")).update(token).digest("base64");
    assert.deepEqual(await answer.json(), { response_token: `sha256=${expected}` });
  });
  test("a body dressed up as X's challenge is not", async () => {
    const forged = JSON.stringify({ for_user_id: "1", tweet_create_events: [] });
    await problem(await hooks(`x?crc_token=${encodeURIComponent(forged)}`), 403);
  });
});

describe("every body of the fixtures is answered 200", () => {
  const folder = resolve(import.meta.dirname, "../fixtures/hooks");
  for (const platform of PLATFORMS) {
    for (const name of readdirSync(join(folder, platform))) {
      test(`${platform}/${name}`, async () => {
        const answer = await deliver(worker.url, northwind, platform, fixture(`${platform}/${name}`));
        assert.equal(answer.status, 200, await answer.text());
      });
    }
  }
});

describe("answers", () => {
  test("are for nobody's cache and no browser's guess", async () => {
    const answer = await fetch(`${worker.url}/v1/hooks/northwind/x?crc_token=${"a".repeat(32)}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
  });
  test("nothing that was said, and no secret, is in the log", async () => {
    await deliver(worker.url, northwind, "standard", told("created", urgent("quiet-1", { text: "stranded xyzzyplugh help" })));
    const log = worker.log.join("");
    assert.doesNotMatch(log, /xyzzyplugh|stranded|whsec_|esk_/);
    for (const platform of PLATFORMS) assert.ok(!log.includes(northwind.secret(platform)), platform);
  });
  test("health", async () => {
    const health = (await (await fetch(`${worker.url}/healthz`)).json()) as Record<string, string>;
    assert.equal(health.status, "ok");
    assert.ok(health.version && health.model);
  });
});
