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
  /**
   * What a 2xx promises, with the queue between: the consumer fails again and again, pieces come again and overtake each
   * other, and afterwards all that was answered 2xx stands as it should. What this cannot show is a `kill -9` with pieces
   * in the queue: Cloudflare keeps them on disk, but the queue that stands in for it here (Miniflare's) keeps them in
   * memory, so they would die with it. `replay.test.ts` kills workerd without a queue.
   */
  test("stands as its platform told it, each post once, though the consumer fails again and again", async () => {
    const stranded = many(40);
    const at = (minute: number, text: string) => (one: Record<string, unknown>): Record<string, unknown> =>
      ({ ...one, text, updated_at: `2026-11-22T18:${String(minute).padStart(2, "0")}:00Z` });
    const calm = "All is well again, thank you.";
    const gone = stranded.slice(30).map(({ id }) => ({ id, platform: "forum" }));
    const noise = Array.from({ length: 25 }, (_, number) => ({ id: `calm-${number}`, platform: "forum", text: "The sky is blue." }));
    const batches = [
      told("created", ...stranded), told("created", ...stranded, ...noise), told("updated", ...stranded.map(at(5, "Somebody came."))),
      told("updated", ...stranded.slice(0, 25).map(at(9, calm))), told("deleted", ...gone, ...noise, ...gone),
    ];
    const chances = { kv: 0.04, kvAnswer: 0.04, desk: 0.2, deskAnswer: 0.2, sql: 0.03, queue: 0.1, queueAnswer: 0.1 };
    await worker.rule({ seed: 7, chances });
    // Whoever hands a batch to the queue asks neither desk nor KV: what fails there fails the consumer.
    const failures = async (): Promise<number> => {
      const { desk = 0, deskAnswer = 0, kv = 0, kvAnswer = 0, sql = 0 } = (await worker.rule({ chances })).happened;
      return desk + deskAnswer + kv + kvAnswer + sql;
    };
    const before = await failures();
    const answers = await Promise.all(
      batches.map(async (body) => {
        for (let tries = 1; ; tries++) {
          const { status } = await deliver(worker.url, here, "standard", body);
          if (status === 200) return tries;
          assert.ok(status === 503 && tries < 200, `it was answered ${status}`);
        }
      }),
    );
    assert.equal(answers.length, batches.length);
    const words = (json: unknown): string => JSON.parse(String(json)).post.text.words;
    const wanted = stranded.slice(0, 30).map(({ id }, number): string => `${here.id}/m/forum.${id} ${number < 25 ? calm : "Somebody came."}`).sort();
    const onDesk = async (): Promise<string[]> =>
      ((await worker.tables(here.id)).tickets ?? []).map((row) => `${here.id}/m/${row.id} ${words(row.mention)}`).sort();
    const kept = async (): Promise<string[]> =>
      [...(await worker.kv())].filter(([key]) => key.startsWith(`${here.id}/`)).map(([key, { value }]) => `${key} ${words(value)}`).sort();
    const same = (one: string[], other: string[]): boolean => one.length === other.length && one.every((line, at) => line === other[at]);
    // A piece that failed waits as long as it has waited: the failures end before the test's patience does.
    await until("the consumer failed", async () => (await failures()) - before >= 5, 30);
    await worker.rule({});
    // Tombstones, too: before the deleted posts and their deletions come, the desk holds what it should hold after them.
    const deleted = async (): Promise<number> =>
      ((await worker.tables(here.id)).tombstones ?? []).filter((row) => row.deleted === 1).length;
    const stands = async (): Promise<boolean> =>
      (await deleted()) === 10 + 25 && same(await onDesk(), wanted) && same(await kept(), wanted);
    await until("all stands as it was told", stands, 60).catch(async () => {
      assert.equal(await deleted(), 10 + 25, "tombstones");
      assert.deepEqual(await onDesk(), wanted, "the desk");
      assert.deepEqual(await kept(), wanted, "KV");
    });
    const { events = [] } = await worker.tables(here.id);
    for (const { id } of stranded.slice(0, 30)) {
      const edits = events.filter((event) => event.ticket === `forum.${id}`).length;
      assert.ok(edits === 1 || edits === 2, `${id} was edited ${edits} times`);
    }
  });
  test("and whose posts are deleted meanwhile leaves nothing", async () => {
    assert.equal((await send(...many(40))).status, 200);
    const gone = told("deleted", ...many(40).map(({ id }) => ({ id, platform: "forum" })));
    assert.equal((await deliver(worker.url, here, "standard", gone)).status, 200);
    const tombstones = async (): Promise<number> => (await worker.tables(here.id)).tombstones?.length ?? 0;
    await until("all are gone", async () => (await tombstones()) === 40 && (await open()) === 0 && (await inKv()) === 0);
  });
  test("of up to twenty is on the desk before the platform hears of it", async () => {
    // What is handed over, not what comes out of the queue: a piece of an earlier test may come again at any time.
    const handed = async (): Promise<number> => (await worker.rule({})).happened.handed ?? 0;
    const before = await handed();
    assert.equal((await send(...many(20))).status, 200);
    assert.equal(await open(), 20);
    assert.equal(await handed(), before);
    assert.equal((await send(...many(21))).status, 200);
    assert.equal(await handed(), before + 1);
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
