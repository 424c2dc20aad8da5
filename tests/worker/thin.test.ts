/** Posts that their platform tells of without words: marked, fetched, and then read as if they had come with them. */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Company, company, sign } from "../support/company.ts";
import { Desk, post, problem } from "../support/desk.ts";
import { type Answered, one, reply } from "../support/platforms/replies.ts";
import { type Platform, Platforms } from "../support/platforms/platforms.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";

const here: Company = company("northwind");
const without: Company = company("without-tokens");
const PUSH = "the-word-of-the-push-subscription";
let platforms: Platforms;
let instagram: Platform;
let google: Platform;
let worker: Workerd;
let ida: Desk;
let number = 100;
let own: string;

before(async () => {
  platforms = await Platforms.start();
  [instagram, google] = [platforms.get("instagram"), platforms.get("google")];
  worker = await startWorkerd({
    settings: {
      ...here.settings,
      ...without.settings,
      ...platforms.settings(here.id),
      SECRET_NORTHWIND_GOOGLE: PUSH,
      SECRET_WITHOUT_TOKENS_GOOGLE: PUSH,
      REPLY_ANSWER_SECONDS: "3",
    },
  });
  ida = new Desk(worker.url, here, "ida");
});
after(async () => {
  await worker?.close();
  await platforms?.close();
});
beforeEach(() => {
  own = String(++number);
  instagram.looksFail.length = 0;
});

const STRANDED = "I am stranded at the airport with two small kids, flight cancelled, nobody helps us. Please help now!";
const review = (): string => `accounts/12/locations/34/reviews/AbF_${own}`;

async function mention(value: Record<string, string>, to = here): Promise<void> {
  const body = JSON.stringify({
    object: "instagram",
    entry: [{ id: "17841409930017722", time: 1795370400, changes: [{ field: "mentions", value }] }],
  });
  const answer = await post(worker.url, to.id, "instagram", body, sign("instagram", to.secret("instagram"), body));
  assert.equal(answer.status, 200, await answer.text());
}

async function notify(type: "NEW_REVIEW" | "UPDATED_REVIEW", to = here): Promise<void> {
  const data = btoa(JSON.stringify({ notification_type: type, location_name: "locations/34", review_name: review() }));
  const body = JSON.stringify({ message: { data, messageId: own, publishTime: "2026-11-22T18:00:00Z" }, subscription: "s" });
  const answer = await post(worker.url, to.id, "google", body, { authorization: `Bearer ${PUSH}` });
  assert.equal(answer.status, 200, await answer.text());
}

/** The mention as soon as it is as it should be. */
async function as(id: string, is: (view: Answered) => boolean, desk = ida): Promise<Answered> {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await desk.ask(`/${encodeURIComponent(id)}`);
    const view = (await answer.json()) as Answered;
    if (answer.status === 200 && is(view)) return view;
    await sleep(100);
  }
  assert.fail(`${id} never became what it should be`);
}

const delivered = (view: Answered): boolean => view.mention.post.text.state === "delivered";
const happened = ({ history = [] }: Answered): string[] => history.map(({ what }) => what);
/** The desk's id of the mention that waits last. */
async function found(words: string): Promise<string> {
  for (let tries = 0; tries < 150; tries++) {
    const { mentions } = await ida.list({ search: words, shelf: "open" });
    if (mentions[0] !== undefined) return mentions[0].mention.id;
    await sleep(100);
  }
  return assert.fail(`nothing on the desk says ${words}`);
}

describe("an Instagram mention", () => {
  test("in a comment is fetched, read and placed by what it says", async () => {
    instagram.posts.set(`1799${own}`, { id: `1799${own}`, text: `@northwindair ${STRANDED}`, timestamp: "2026-11-22T17:00:00+0000", like_count: 3 });
    await mention({ media_id: `1800${own}`, comment_id: `1799${own}` });
    const view = await as(`instagram.1799${own}`, delivered);
    assert.equal(view.mention.post.text.words, `@northwindair ${STRANDED}`);
    assert.equal(view.ticket.level, "critical");
    assert.ok(!view.mention.flag.reasons.includes("text_not_delivered"), view.mention.flag.reasons.join());
    assert.deepEqual(happened(view), ["admitted", "fetched"]);
    const value = (await worker.kv()).get(`${here.id}/m/instagram.1799${own}`)?.value ?? "{}";
    assert.equal((JSON.parse(value) as Answered["mention"]).post.text.words, `@northwindair ${STRANDED}`);
    // It stands below somebody else's media, where only the edge for mentions answers.
    assert.ok(view.answering?.publicly !== undefined && view.answering.privately === undefined);
  });
  test("in a caption too, with who wrote it", async () => {
    instagram.posts.set(`1800${own}`, { caption: STRANDED, username: "greta", timestamp: "2026-11-22T17:00:00+0000", comments_count: 2 });
    await mention({ media_id: `1800${own}` });
    const view = await as(`instagram.1800${own}`, delivered);
    assert.equal(view.mention.post.author.handle, "greta");
  });
  test("that nobody needs to look at leaves the desk again, and does not come back", async () => {
    instagram.posts.set(`1799${own}`, { text: "what a lovely sky today", timestamp: "2026-11-22T17:00:00+0000" });
    const looks = instagram.looks.length;
    await mention({ media_id: `1800${own}`, comment_id: `1799${own}` });
    while (instagram.looks.length === looks) await sleep(50);
    for (let tries = 0; (await ida.ask(`/instagram.1799${own}`)).status !== 404; tries++) {
      assert.ok(tries < 100, "it is still there");
      await sleep(100);
    }
    await mention({ media_id: `1800${own}`, comment_id: `1799${own}` });
    await problem(await ida.ask(`/instagram.1799${own}`), 404);
    for (let tries = 0; (await worker.kv()).has(`${here.id}/m/instagram.1799${own}`); tries++) {
      assert.ok(tries < 100, "KV still has it");
      await sleep(100);
    }
    assert.equal(instagram.looks.length, looks + 1);
  });
  for (const [fault, fetched] of [["gone", false], ["expired", false]] as const) {
    test(`that is ${fault} stays on the desk, marked as not delivered`, async () => {
      instagram.posts.set(`1799${own}`, { text: STRANDED });
      instagram.looksFail.push(fault);
      const looks = instagram.looks.length;
      await mention({ media_id: `1800${own}`, comment_id: `1799${own}` });
      while (instagram.looks.length === looks) await sleep(50);
      const view = await one(ida, `instagram.1799${own}`);
      assert.equal(delivered(view), fetched);
      assert.deepEqual(view.mention.flag.reasons, ["text_not_delivered"]);
    });
  }
});

describe("a Google review", () => {
  test("is fetched with its stars and can be answered", async () => {
    google.posts.set(review(), { name: review(), starRating: "ONE", comment: `Nobody helped. ${own}`, reviewer: { displayName: "Nell B." }, createTime: "2026-11-22T17:00:00Z" });
    await notify("NEW_REVIEW");
    const id = await found(own);
    const view = await as(id, delivered);
    assert.equal(view.mention.post.author.name, "Nell B.");
    assert.ok(view.mention.flag.reasons.length > 0);
    google.posts.delete(review());
    assert.equal((await reply(ida, id, { text: `So sorry, ${own}.` })).reply?.state.is, "sent");
    assert.equal(google.holds(`So sorry, ${own}.`), 1);
  });
  test("that changed is fetched again, and what it said before stays in the history", async () => {
    google.posts.set(review(), { starRating: "ONE", comment: `Bad. Nobody helped me at all. ${own}`, createTime: "2026-11-22T17:00:00Z" });
    await notify("NEW_REVIEW");
    const id = await found(own);
    google.posts.set(review(), { starRating: "TWO", comment: `Better now, still no refund. ${own}`, createTime: "2026-11-22T17:00:00Z" });
    await notify("UPDATED_REVIEW");
    const view = await as(id, (now) => now.mention.post.text.words?.startsWith("Better") === true);
    assert.deepEqual(happened(view), ["admitted", "fetched", "edited"]);
    assert.equal(view.history?.[2]?.before, `Bad. Nobody helped me at all. ${own}`);
  });
  test("without a token waits for a person to open it", async () => {
    const looks = google.looks.length;
    await notify("NEW_REVIEW", without);
    const desk = new Desk(worker.url, without, "ida");
    const { mentions } = await desk.list();
    assert.deepEqual(mentions.map((view) => [view.mention.post.text.state, view.mention.flag.reasons]), [["not_delivered", ["text_not_delivered"]]]);
    assert.equal(google.looks.length, looks);
  });
});

test("words that came while somebody had claimed it stay, whatever they say", async () => {
  instagram.posts.set(`1799${own}`, { text: "what a lovely sky today", timestamp: "2026-11-22T17:00:00+0000" });
  instagram.looksFail.push("trouble");
  const looks = instagram.looks.length;
  await mention({ media_id: `1800${own}`, comment_id: `1799${own}` });
  while (instagram.looks.length === looks) await sleep(50);
  await ida.act(`instagram.1799${own}`, "claim");
  // The first try failed; the next is half a minute later.
  for (let tries = 0; tries < 450 && instagram.looks.length < looks + 2; tries++) await sleep(100);
  const view = await as(`instagram.1799${own}`, delivered);
  assert.equal(view.ticket.state.by, "ida");
  assert.deepEqual(view.mention.flag.reasons, []);
});
