/** What a 2xx promises: KV and desk hold each flagged mention once, whatever comes twice, out of order or dies. */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Company, company } from "../support/company.ts";
import { Desk, type View, deliver, json, problem, told, urgent } from "../support/desk.ts";
import { type KvEntry, type Workerd, startWorkerd } from "../support/workerd.ts";

const DAY = 24 * 60 * 60 * 1000;
const companies = Array.from({ length: 24 }, (_, number) => company(`airline-${number}`));
let worker: Workerd;
let here: Company;
let ida: Desk;

before(async () => {
  worker = await startWorkerd({ settings: Object.assign({}, ...companies.map((one) => one.settings)) });
});
after(() => worker?.close());
beforeEach(() => {
  const next = companies.pop();
  assert.ok(next, "more tests than companies: raise their number");
  here = next;
  ida = new Desk(worker.url, here, "ida");
});

const send = (type: "created" | "updated" | "deleted", ...posts: Record<string, unknown>[]): Promise<Response> =>
  deliver(worker.url, here, "standard", told(type, ...posts));

async function accepted(...args: Parameters<typeof send>): Promise<void> {
  const answer = await send(...args);
  assert.equal(answer.status, 200, await answer.text());
}

/** This company's values in KV. */
async function values(): Promise<Map<string, KvEntry>> {
  return new Map([...(await worker.kv())].filter(([key]) => key.startsWith(`${here.id}/`)));
}

const words = (view: View): string | undefined => view.mention.post.text.words;

describe("a flagged mention", () => {
  test("is one value in KV, under the key that its id determines, with a summary and an expiry", async () => {
    const before = Date.now();
    await accepted("created", urgent("one"));
    const [[key, entry], ...others] = [...(await values())] as [[string, KvEntry]];
    assert.equal(key, `${here.id}/m/forum.one`);
    assert.equal(others.length, 0);
    const mention = JSON.parse(entry.value) as View["mention"];
    assert.equal(mention.id, "forum.one");
    assert.deepEqual(mention, (await ida.one("forum.one")).mention);
    const summary = entry.metadata as { level: string; excerpt: string; author: string };
    assert.equal(summary.level, mention.reading.urgency.level);
    assert.equal(summary.author, "@marisa_h");
    assert.ok(Math.abs((entry.expires ?? 0) - (before + 30 * DAY)) < 60_000, `${entry.expires}`);
  });
  test("is there once however often it is delivered", async () => {
    for (let time = 0; time < 5; time++) await accepted("created", urgent("again"));
    assert.equal((await ida.list()).counts.open, 1);
    assert.equal((await values()).size, 1);
    assert.deepEqual((await ida.one("forum.again")).history?.map(({ what }) => what), ["admitted"]);
  });
  test("is there once when twenty deliveries come at once", async () => {
    await Promise.all(Array.from({ length: 20 }, () => accepted("created", urgent("twenty"))));
    assert.equal((await ida.list()).counts.open, 1);
    assert.equal((await values()).size, 1);
  });
  test("delivered again costs no second write to KV", async () => {
    await accepted("created", urgent("first"));
    const before = (await values()).get(`${here.id}/m/forum.first`);
    // Other words under the same id: were KV written again, they would be there.
    await accepted("created", urgent("first", { text: "Stranded again, somebody please help us at the airport now!" }));
    assert.deepEqual((await values()).get(`${here.id}/m/forum.first`), before);
  });
  test("does not lose its batch to a bad one", async () => {
    await accepted("created", urgent("left"), { text: "an item without an id" }, urgent("right"));
    assert.deepEqual((await ida.list()).mentions.map((view) => view.mention.id).toSorted(), ["forum.left", "forum.right"]);
  });
  test("comes in batches, each once", async () => {
    const posts = Array.from({ length: 50 }, (_, number) => urgent(`batch-${number}`));
    await accepted("created", ...posts, ...posts);
    assert.equal((await ida.list()).counts.open, 50);
    assert.equal((await values()).size, 50);
  });
});

test("a post that nobody needs to look at costs no storage", async () => {
  await accepted("created", { id: "calm", platform: "forum", text: "The sky is blue today." });
  assert.equal((await values()).size, 0);
  assert.equal((await ida.list()).counts.open, 0);
});

describe("an edit", () => {
  const edited = (text: string, at: string): Record<string, unknown> => urgent("edit", { text, updated_at: at });
  test("changes what the desk and KV say, and keeps what it said before in the history", async () => {
    await accepted("created", urgent("edit"));
    await ida.act("forum.edit", "claim");
    const before = await ida.one("forum.edit");
    await accepted("updated", edited("Still stranded, and now my daughter is sick and needs a doctor. Help!", "2026-11-22T18:05:00Z"));
    const after = await ida.one("forum.edit");
    assert.equal(words(after), "Still stranded, and now my daughter is sick and needs a doctor. Help!");
    assert.equal(after.ticket.state.by, "ida");
    assert.equal(after.mention.received, before.mention.received);
    assert.deepEqual(after.history?.map(({ what }) => what), ["admitted", "claimed", "edited"]);
    assert.equal(after.history?.[2]?.before, words(before));
    const value = (await values()).get(`${here.id}/m/forum.edit`)?.value ?? "{}";
    assert.equal((JSON.parse(value) as View["mention"]).post.text.words, words(after));
  });
  test("that was overtaken by a later one changes nothing", async () => {
    await accepted("created", urgent("edit"));
    await accepted("updated", edited("Second edit: stranded, help!", "2026-11-22T18:10:00Z"));
    await accepted("updated", edited("First edit: stranded, help!", "2026-11-22T18:05:00Z"));
    assert.equal(words(await ida.one("forum.edit")), "Second edit: stranded, help!");
  });
  test("delivered twice is one edit", async () => {
    await accepted("created", urgent("edit"));
    for (let time = 0; time < 3; time++) await accepted("updated", edited("Stranded, help us!", "2026-11-22T18:05:00Z"));
    assert.deepEqual((await ida.one("forum.edit")).history?.map(({ what }) => what), ["admitted", "edited"]);
  });
  test("that comes before the post brings it to the desk, and the post changes nothing", async () => {
    await accepted("updated", edited("Edited: stranded at the airport, help!", "2026-11-22T18:05:00Z"));
    await accepted("created", urgent("edit"));
    assert.equal(words(await ida.one("forum.edit")), "Edited: stranded at the airport, help!");
    assert.equal((await ida.list()).counts.open, 1);
  });
  test("of a post that is none of ours is let go", async () => {
    await accepted("updated", { id: "calm", platform: "forum", text: "The sky is blue. Edit: and grey.", updated_at: "2026-11-22T18:05:00Z" });
    assert.equal((await ida.list()).counts.open, 0);
  });
});

describe("a deletion", () => {
  test("takes what was said from desk and KV", async () => {
    await accepted("created", urgent("gone", { text: "Stranded at the airport with xyzzyplugh, please help us now!" }));
    await ida.act("forum.gone", "note", { text: "she wrote xyzzyplugh" });
    await accepted("deleted", { id: "gone", platform: "forum" });
    assert.match((await problem(await ida.ask("/forum.gone"), 404)).detail ?? "", /deleted/);
    assert.equal((await ida.list({ search: "xyzzyplugh" })).mentions.length, 0);
    assert.equal((await values()).size, 0);
  });
  test("that comes first keeps the post away", async () => {
    await accepted("deleted", { id: "early", platform: "forum" });
    await accepted("created", urgent("early"));
    await accepted("updated", urgent("early", { updated_at: "2026-11-22T18:05:00Z" }));
    assert.equal((await ida.list()).counts.open, 0);
    assert.equal((await values()).size, 0);
  });
  test("stays one when somebody still has the page open", async () => {
    await accepted("deleted", { id: "page", platform: "forum" });
    const post = {
      id: { platform: "forum", native: "page" }, kind: "post", channel: "elsewhere", visibility: "public",
      text: { state: "delivered", words: "stranded" },
    };
    assert.match((await problem(await ida.flag(post), 409)).detail ?? "", /deleted/);
  });
  test("at the same moment as its post leaves nothing behind", async () => {
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        accepted("created", urgent(`race-${round}`)),
        accepted("deleted", { id: `race-${round}`, platform: "forum" }),
      ]);
    }
    assert.equal((await ida.list()).counts.open, 0);
    assert.equal((await values()).size, 0);
  });
});

test("pulling the plug loses nothing that got a 2xx, and nothing is there twice", async () => {
  const promised = new Set<string>();
  const sent: string[] = [];
  const claimed = new Set<string>();
  let dead = false;
  const sending = Array.from({ length: 8 }, async (_, sender) => {
    for (let number = 0; !dead; number++) {
      const id = `k${sender}-${number}`;
      sent.push(id);
      const answer = await send("created", urgent(id)).catch(() => undefined);
      if (answer?.ok) promised.add(id);
      if (answer?.ok && number % 5 === 0) {
        const claim = await ida.ask(`/forum.${id}/claim`, "POST").catch(() => undefined);
        if (claim?.ok) claimed.add(id);
      }
    }
  });
  await new Promise((done) => setTimeout(done, 1500));
  await worker.kill();
  dead = true;
  await Promise.all(sending);
  assert.ok(promised.size > 5, `only ${promised.size} got through before the plug was pulled`);
  await worker.start();

  const stored = await values();
  for (const id of promised) {
    const view = await ida.one(`forum.${id}`);
    assert.equal(view.ticket.state.is, claimed.has(id) ? "claimed" : view.ticket.state.is);
    assert.ok(stored.has(`${here.id}/m/forum.${id}`), `${id} is not in KV`);
  }
  // The platform sends again whatever it has no 2xx for; afterwards all is there, once.
  for (const id of sent) await accepted("created", urgent(id));
  const page = await ida.list();
  assert.equal(page.counts.open, sent.length);
  assert.equal((await values()).size, sent.length);
  const answer = await ida.ask(`/forum.${sent[0]}`);
  assert.deepEqual((await json<View>(answer, 200)).history?.[0]?.what, "admitted");
});
