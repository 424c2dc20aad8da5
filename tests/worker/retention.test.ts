/** What is kept for how long: a month, then nothing, and nothing comes back. The clock moves; nobody waits. */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Company, company, sign } from "../support/company.ts";
import { Desk, post, problem, told, until, urgent } from "../support/desk.ts";
import { type Trial, startTrial } from "../support/trial.ts";

const DAY = 24 * 60 * 60 * 1000;
const companies = Array.from({ length: 12 }, (_, number) => company(`airline-${number}`));
let worker: Trial;
let here: Company;
let ida: Desk;

before(async () => {
  worker = await startTrial({ settings: Object.assign({}, ...companies.map((one) => one.settings)) });
});
after(() => worker?.close());
beforeEach(() => {
  const next = companies.pop();
  assert.ok(next, "more tests than companies: raise their number");
  here = next;
  ida = new Desk(worker.url, here, "ida");
});

async function accepted(type: "created" | "updated" | "deleted", ...posts: Record<string, unknown>[]): Promise<void> {
  const body = told(type, ...posts);
  const answer = await post(worker.url, here.id, "standard", body, sign("standard", here.secret("standard"), body, worker.now()));
  assert.equal(answer.status, 200, await answer.text());
}

const pass = (time: number): Promise<void> => worker.advance(here.id, time);

const rows = async (table: string): Promise<number> => (await worker.tables(here.id))[table]?.length ?? 0;

describe("a mention whose time is over", () => {
  test("is gone from the desk with all that was noted, whether it was open or closed", async () => {
    await accepted("created", urgent("open"), urgent("claimed"), urgent("closed"));
    await ida.act("forum.claimed", "claim");
    await ida.act("forum.claimed", "note", { text: "she wrote xyzzyplugh" });
    await ida.act("forum.closed", "resolve");
    await pass(29 * DAY);
    // The alarm rings once a day and leaves what is not over.
    await until("a daily alarm", async () => ((await worker.rule({})).happened.alarms ?? 0) > 0);
    assert.equal(await rows("tickets"), 3);
    await pass(2 * DAY);
    await until("the desk forgets", async () => (await rows("tickets")) === 0);
    assert.doesNotMatch(JSON.stringify(await worker.tables(here.id)), /xyzzyplugh|stranded|Marisa/);
    assert.equal(await rows("events"), 0);
    assert.match((await problem(await ida.ask("/forum.open"), 404)).detail ?? "", /time here is over/);
    assert.deepEqual((await ida.list()).counts, { urgent: 0, waiting: 0, mine: 0, praise: 0, open: 0, closed: 0 });
  });
  test("goes from KV at the same time, by the expiry it was written with", async () => {
    const before = worker.now();
    await accepted("created", urgent("one"));
    const expires = (await worker.kv()).get(`${here.id}/m/forum.one`)?.expires ?? 0;
    assert.ok(Math.abs(expires - (before + 30 * DAY)) < 60_000, `${expires}`);
    assert.ok(Math.abs(Number((await worker.tables(here.id)).tickets?.[0]?.expires) - expires) < 1000);
  });
  test("does not come back when its platform sends it again or somebody has the page open", async () => {
    await accepted("created", urgent("one"));
    await pass(31 * DAY);
    await until("the desk forgets", async () => (await rows("tickets")) === 0);
    await accepted("created", urgent("one"));
    await accepted("updated", urgent("one", { text: "Edited: stranded, help!", updated_at: "2026-11-22T18:05:00Z" }));
    assert.equal(await rows("tickets"), 0);
    const flagged = await ida.flag({
      id: { platform: "forum", native: "one" }, kind: "post", channel: "elsewhere", visibility: "public",
      text: { state: "delivered", words: "stranded" },
    });
    await problem(flagged, 409);
  });
  test("makes way for newer ones, which stay", async () => {
    await accepted("created", urgent("old"));
    await pass(20 * DAY);
    await accepted("created", urgent("new"));
    await pass(11 * DAY);
    await until("the desk forgets the old one", async () => (await rows("tickets")) === 1);
    assert.deepEqual((await ida.list()).mentions.map((view) => view.mention.id), ["forum.new"]);
  });
});

describe("that something is gone", () => {
  test("is remembered for longer than any platform sends again, and then no more", async () => {
    await accepted("deleted", { id: "early", platform: "forum" });
    await pass(7.5 * DAY);
    await accepted("created", urgent("early"));
    assert.equal(await rows("tickets"), 0);
    await pass(2 * DAY);
    await until("the tombstone goes", async () => (await rows("tombstones")) === 0);
  });
});

test("counts of what was let go stay a year, then go", async () => {
  await accepted("created", { id: "calm", platform: "forum", text: "The sky is blue." }, urgent("one"));
  assert.ok((await rows("counts")) > 0);
  await pass(300 * DAY);
  await accepted("created", urgent("two"));
  assert.ok((await rows("counts")) > 0);
  await pass(120 * DAY);
  await until("old counts go", async () => (await rows("counts")) === 0);
});
