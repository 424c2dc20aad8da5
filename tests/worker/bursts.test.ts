/** More than usual: long batches through a queue, and more deliveries than a platform may bring. */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Company, company, newSecret } from "../support/company.ts";
import { Desk, deliver, problem, told, until, urgent } from "../support/desk.ts";
import { type Trial, startTrial } from "../support/trial.ts";

describe("a batch of more than twenty posts", () => {
  const companies = Array.from({ length: 12 }, (_, number) => company(`airline-${number}`));
  let worker: Trial;
  let here: Company;
  before(async () => {
    worker = await startTrial({ settings: Object.assign({}, ...companies.map((one) => one.settings)), queue: true });
  });
  after(() => worker?.close());
  beforeEach(async () => {
    const next = companies.pop();
    assert.ok(next, "more tests than companies: raise their number");
    here = next;
    await worker.rule({});
  });

  const many = (count: number): Record<string, unknown>[] => Array.from({ length: count }, (_, number) => urgent(`m-${number}`));
  const send = (...posts: Record<string, unknown>[]): Promise<Response> => deliver(worker.url, here, "standard", told("created", ...posts));
  const open = async (): Promise<number> => ((await worker.tables(here.id)).tickets ?? []).length;
  const inKv = async (): Promise<number> => [...(await worker.kv()).keys()].filter((key) => key.startsWith(`${here.id}/`)).length;
  const happened = async (): Promise<number> => (await worker.rule({})).happened.pieces ?? 0;

  test("goes through the queue and is on the desk and in KV soon, each post once", async () => {
    const before = await happened();
    assert.equal((await send(...many(90), ...many(90))).status, 200);
    await until("180 posts come as nine pieces of twenty", async () => (await happened()) - before === 9);
    await until("all are there", async () => (await open()) === 90 && (await inKv()) === 90);
  });
  test("has no piece that is longer than the queue takes", async () => {
    const text = `${urgent("long").text} ${"And nobody answers the phone. ".repeat(1500)}`;
    const before = await happened();
    assert.equal((await send(...Array.from({ length: 21 }, (_, number) => urgent(`l-${number}`, { text })))).status, 200);
    await until("all are there", async () => (await open()) === 21);
    assert.ok((await happened()) - before >= 10, "each has 45,000 bytes");
  });
  test("one post of which fits no message is taken in at once, the others through the queue", async () => {
    // Each of these letters is six in JSON.
    const text = `${urgent("long").text} ${"\u0001".repeat(30_000)}`;
    assert.equal((await send(urgent("long", { text }), ...many(25))).status, 200);
    assert.ok((await open()) >= 1);
    await until("all are there", async () => (await open()) === 26);
  });
  test("of which the queue does not get all is refused and sent again", async () => {
    for (const kind of ["queue", "queueAnswer"] as const) {
      await worker.rule({ next: { [kind]: 1 } });
      assert.equal((await problem(await send(...many(50)), 503)).type, "storage-down");
    }
    await worker.rule({});
    assert.equal((await send(...many(50))).status, 200);
    await until("all are there", async () => (await open()) === 50 && (await inKv()) === 50);
  });
  test("comes again from the queue for as long as storage fails", async () => {
    await worker.rule({ next: { kv: 3, desk: 1 } });
    assert.equal((await send(...many(30))).status, 200);
    await until("all are there", async () => (await open()) === 30 && (await inKv()) === 30);
  });
  test("and whose posts are deleted meanwhile leaves nothing", async () => {
    assert.equal((await send(...many(40))).status, 200);
    const gone = told("deleted", ...many(40).map(({ id }) => ({ id, platform: "forum" })));
    assert.equal((await deliver(worker.url, here, "standard", gone)).status, 200);
    const tombstones = async (): Promise<number> => (await worker.tables(here.id)).tombstones?.length ?? 0;
    await until("all are gone", async () => (await tombstones()) === 40 && (await open()) === 0 && (await inKv()) === 0);
  });
  test("of up to twenty is on the desk before the platform hears of it", async () => {
    const before = await happened();
    assert.equal((await send(...many(20))).status, 200);
    assert.equal(await open(), 20);
    assert.equal(await happened(), before);
  });
});

test("without a queue a long batch is taken in at once", async () => {
  const here = company("airline");
  const worker = await startTrial({ settings: here.settings });
  try {
    const posts = Array.from({ length: 60 }, (_, number) => urgent(`m-${number}`));
    assert.equal((await deliver(worker.url, here, "standard", told("created", ...posts))).status, 200);
    assert.equal((await new Desk(worker.url, here, "ida").list()).counts.open, 60);
  } finally {
    await worker.close();
  }
});

describe("a platform that brings more than its limit", () => {
  const [here, neighbour] = [company("airline"), company("neighbour")];
  const calm = told("created", { id: "calm", platform: "forum", text: "The sky is blue." });
  let worker: Trial;
  before(async () => {
    worker = await startTrial({ settings: { ...here.settings, ...neighbour.settings }, rate: { limit: 5, period: 60 } });
  });
  after(() => worker?.close());
  const send = (to = here, platform: "standard" | "x" = "standard", secret = to.secret(platform)): Promise<Response> =>
    deliver(worker.url, to, platform, calm, secret);

  test("is told to come again in a minute; others are not, and forgeries do not count", async () => {
    // Windows begin with the minute: what is left of this one has to be enough.
    await until("a minute with time left", () => Date.now() % 60_000 < 50_000);
    for (let time = 0; time < 20; time++) await problem(await send(here, "standard", newSecret("standard")), 401);
    for (let time = 0; time < 5; time++) assert.equal((await send()).status, 200);
    const refused = await send();
    assert.equal((await problem(refused, 429)).type, "too-many");
    assert.equal(refused.headers.get("retry-after"), "60");
    assert.equal((await send(neighbour)).status, 200);
    assert.equal((await deliver(worker.url, here, "x", "{}")).status, 200);
  });
});
