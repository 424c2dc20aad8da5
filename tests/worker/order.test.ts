/** Deliveries overtake each other: whatever the order, the newest version of a post stands, and what is kept for that is little. */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Company, company, fixture, sign } from "../support/company.ts";
import { Desk, post, problem, told, until, urgent } from "../support/desk.ts";
import { type Trial, startTrial } from "../support/trial.ts";

const DAY = 24 * 60 * 60 * 1000;
const companies = Array.from({ length: 48 }, (_, number) => company(`airline-${number}`));
let worker: Trial;
let here: Company;

before(async () => {
  worker = await startTrial({ settings: Object.assign({}, ...companies.map((one) => one.settings)) });
});
after(() => worker?.close());
beforeEach(async () => {
  const next = companies.pop();
  assert.ok(next, "more tests than companies: raise their number");
  here = next;
  await worker.rule({});
});

const send = (body: string): Promise<Response> =>
  post(worker.url, here.id, "standard", body, sign("standard", here.secret("standard"), body, worker.now()));
async function accepted(body: string): Promise<void> {
  const answer = await send(body);
  assert.equal(answer.status, 200, await answer.text());
}

const WAITING = urgent("one").text as string;
const WORSE = "Still stranded at the airport, and now my daughter is ill. Please help us now!";
const CALM = "All is well again, thank you.";
const posted = told("created", urgent("one"));
const edited = (text: string, minute: number): string =>
  told("updated", urgent("one", { text, updated_at: `2026-11-22T18:${String(minute).padStart(2, "0")}:00Z` }));
const deleted = told("deleted", { id: "one", platform: "forum" });

/** What desk and KV say, which must be the same; and what is kept in mind. */
async function held(): Promise<{ words: string[]; inMind: (string | null)[] }> {
  const { tickets = [], in_mind: inMind = [] } = await worker.tables(here.id);
  const said = (json: unknown): string => JSON.parse(String(json)).post.text.words;
  const words = tickets.map((row) => said(row.mention));
  const kv = [...(await worker.kv())].filter(([key]) => key.startsWith(`${here.id}/m/`)).map(([, { value }]) => said(value));
  assert.deepEqual(kv.sort(), [...words].sort(), "KV and desk differ");
  return { words, inMind: inMind.map(({ card }) => (card === null ? null : said(JSON.stringify(JSON.parse(String(card)).mention)))) };
}

function orders<T>(of: T[]): T[][] {
  return of.length < 2 ? [of] : of.flatMap((first, at) => orders([...of.slice(0, at), ...of.slice(at + 1)]).map((rest) => [first, ...rest]));
}

describe("in whatever order they come", () => {
  const stories: [string, string[], string][] = [
    ["a post and two edits that nobody needs to look at", [posted, edited("It got better.", 5), edited(CALM, 9)], CALM],
    ["a post, an edit that cannot wait, and one that can", [posted, edited(WORSE, 5), edited(CALM, 9)], CALM],
    ["a post, an edit that can wait, and one that cannot", [posted, edited(CALM, 5), edited(WORSE, 9)], WORSE],
  ];
  for (const [what, deliveries, newest] of stories) {
    for (const order of orders(deliveries)) {
      test(`${what}: ${order.map((body) => deliveries.indexOf(body) + 1).join(", ")}`, async () => {
        for (const body of [...order, ...order]) await accepted(body);
        assert.deepEqual(await held(), { words: [newest], inMind: [] });
        const { history = [] } = await new Desk(worker.url, here, "ida").one("forum.one");
        assert.equal(history.filter(({ what }) => what === "admitted").length, 1);
      });
    }
  }
  test("also while storage fails, and nothing is there twice", async () => {
    for (const seed of [1, 2, 3]) {
      await worker.rule({ seed, chances: { sql: 0.4, kv: 0.2, kvAnswer: 0.2, deskAnswer: 0.2 } });
      for (const body of [edited(CALM, 9), posted, edited(WORSE, 5)]) {
        let answer = await send(body);
        for (let tries = 0; answer.status !== 200; tries++) {
          assert.ok(answer.status === 503 && tries < 500, `it was answered ${answer.status}`);
          answer = await send(body);
        }
      }
    }
    await worker.rule({});
    assert.deepEqual(await held(), { words: [CALM], inMind: [] });
  });
  test("what its author said first stays in the history", async () => {
    for (const body of [edited(CALM, 9), posted]) await accepted(body);
    const { history = [], mention } = await new Desk(worker.url, here, "ida").one("forum.one");
    assert.deepEqual(history.map(({ what, before }) => [what, before]), [["admitted", undefined], ["edited", WAITING]]);
    assert.ok(mention.flag.reasons.length > 0, "it came for a reason");
  });
});

describe("an edit that nobody needs to look at", () => {
  test("is neither on the desk nor in KV, and is kept once", async () => {
    for (const body of [edited("It got better.", 5), edited(CALM, 9), edited("It got better.", 5)]) await accepted(body);
    assert.deepEqual(await held(), { words: [], inMind: [CALM] });
    await problem(await new Desk(worker.url, here, "ida").ask("/forum.one"), 404);
  });
  test("goes with a deletion, and the post does not come back", async () => {
    for (const body of [edited(CALM, 9), deleted, posted, edited(CALM, 9)]) await accepted(body);
    assert.deepEqual(await held(), { words: [], inMind: [] });
  });
  test("is forgotten when no platform sends its post any more", async () => {
    await accepted(edited(CALM, 9));
    await worker.advance(here.id, 9 * DAY);
    await until("it is forgotten", async () => (await held()).inMind.length === 0);
  });
  test("is forgotten when five hundred newer ones are there", async () => {
    const many = Array.from({ length: 520 }, (_, number) => urgent(`m-${number}`, { text: CALM, updated_at: "2026-11-22T18:00:00Z" }));
    for (let from = 0; from < many.length; from += 20) await accepted(told("updated", ...many.slice(from, from + 20)));
    assert.equal((await held()).inMind.length, 500);
  });
  test("leaves no word of it where it is not about us, and its post is let go", async () => {
    const elsewhere = (verb: string, text: string): string =>
      JSON.stringify({ type: `post.${verb}`, data: { id: "one", platform: "forum", text, updated_at: "2026-11-22T18:09:00Z" } });
    await accepted(elsewhere("updated", "The sky is blue today."));
    assert.deepEqual(await held(), { words: [], inMind: [null] });
    await accepted(elsewhere("created", `Northwind Air: ${WAITING}`));
    assert.deepEqual((await held()).words, []);
  });
  test("gives way to what a member of staff saw and flagged", async () => {
    await accepted(edited(CALM, 9));
    const seen = {
      id: { platform: "forum", native: "one" }, kind: "message", channel: "ours", visibility: "direct",
      text: { state: "delivered", words: "What the page shows now" },
    };
    assert.ok((await new Desk(worker.url, here, "ida").flag(seen, "a customer of ours")).ok);
    assert.deepEqual(await held(), { words: ["What the page shows now"], inMind: [] });
  });
});

describe("a platform that gives every edit an id of its own", () => {
  const first = fixture("x/mention_before_edit.json");
  const second = fixture("x/mention_edited.json");
  const gone = (id: string): string => JSON.stringify({ data: { event_type: "post.delete", payload: { id } } });
  const acceptedFromX = async (body: string): Promise<void> => {
    const answer = await post(worker.url, here.id, "x", body, sign("x", here.secret("x"), body, worker.now()));
    assert.equal(answer.status, 200, await answer.text());
  };
  for (const [which, id] of [["first", "2099000000000000007"], ["last", "2099000000000000008"]] as const) {
    for (const order of orders([first, second, gone(id)])) {
      const said = order.map((body) => (body === first ? "post" : body === second ? "edit" : "deletion")).join(", ");
      test(`and deletes the post by its ${which}: ${said}`, async () => {
        for (const body of [...order, ...order]) await acceptedFromX(body);
        assert.deepEqual(await held(), { words: [], inMind: [] });
      });
    }
  }
  test("and deletes another post takes nothing of this one", async () => {
    for (const body of [first, second, gone("2099000000000000009")]) await acceptedFromX(body);
    assert.equal((await held()).words.length, 1);
  });
  test("is remembered no longer than the post is here and a platform may tell of it", async () => {
    await acceptedFromX(second);
    await worker.advance(here.id, 9 * DAY);
    assert.equal((await worker.tables(here.id)).other_ids?.length, 1, "the post is still here");
    await worker.advance(here.id, 400 * DAY);
    await until("it is forgotten", async () => ((await worker.tables(here.id)).other_ids ?? []).length === 0);
  });
});
