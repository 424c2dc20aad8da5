/** Posts that their platform tells of without words: marked, fetched, and then read as if they had come with them. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
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
const CLIENT = "the-clients-secret-at-linkedin-and-tiktok";
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
      SECRET_NORTHWIND_LINKEDIN: CLIENT,
      SECRET_NORTHWIND_TIKTOK: CLIENT,
      SECRET_WITHOUT_TOKENS_LINKEDIN: CLIENT,
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

const hmac = (text: string): string => createHmac("sha256", CLIENT).update(text).digest("hex");

async function linkedin(activity: string, action: "COMMENT" | "SHARE_MENTION", to = here): Promise<void> {
  const notification = { notificationId: number, organizationalEntity: "urn:li:organization:42", action, sourcePost: "urn:li:share:7", generatedActivity: activity, lastModifiedAt: 1795370400000 };
  const body = JSON.stringify({ type: "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS", notifications: [notification] });
  const answer = await post(worker.url, to.id, "linkedin", body, { "x-li-signature": hmac(`hmacsha256=${body}`) });
  assert.equal(answer.status, 200, await answer.text());
}

async function tiktok(action: "insert" | "delete"): Promise<void> {
  const content = JSON.stringify({ comment_id: `75${own}`, video_id: "7400", comment_type: "comment", comment_action: action, timestamp: 1795370400 });
  const body = JSON.stringify({ client_key: "northwind", event: "comment.update", create_time: 1795370400, user_openid: "northwind-open-id", content });
  const time = String(Math.floor(Date.now() / 1000));
  const answer = await post(worker.url, here.id, "tiktok", body, { "tiktok-signature": `t=${time},s=${hmac(`${time}.${body}`)}` });
  assert.equal(answer.status, 200, await answer.text());
}

describe("a mention on Facebook whose words Meta left out", () => {
  const facebook = async (): Promise<void> => {
    const value = { item: "post", verb: "add", post_id: `5550009_${own}`, sender_name: "Pia Holm", sender_id: "5550009", created_time: 1795370400 };
    const body = JSON.stringify({ object: "page", entry: [{ id: "104920881230045", time: 1795370400, changes: [{ field: "mention", value }] }] });
    const answer = await post(worker.url, here.id, "facebook", body, sign("facebook", here.secret("facebook"), body));
    assert.equal(answer.status, 200, await answer.text());
  };
  test("is fetched by its id", async () => {
    platforms.get("facebook").posts.set(`5550009_${own}`, { id: `5550009_${own}`, message: STRANDED, from: { id: "5550009", name: "Pia Holm" }, created_time: "2026-11-22T17:00:00+0000" });
    await facebook();
    const view = await as(`facebook.5550009_${own}`, delivered);
    assert.equal(view.mention.post.text.words, STRANDED);
    assert.ok(!view.mention.flag.reasons.includes("text_not_delivered"));
  });
  test("stays without them where the token may not read them", async () => {
    const looks = platforms.get("facebook").looks.length;
    platforms.get("facebook").posts.set(`5550009_${own}`, { id: `5550009_${own}`, message: STRANDED });
    platforms.get("facebook").looksFail.push("gone");
    await facebook();
    while (platforms.get("facebook").looks.length === looks) await sleep(50);
    assert.ok(!delivered(await one(ida, `facebook.5550009_${own}`)));
  });
});

describe("what LinkedIn tells of without its words", () => {
  test("is a comment, fetched below its post, with who wrote it", async () => {
    const urn = `urn:li:comment:(urn:li:activity:71,${own})`;
    const said = `${STRANDED} ${own}`;
    platforms.get("linkedin").posts.set(urn, { actor: "urn:li:person:greta", commentUrn: urn, created: { time: 1795366800000 }, id: own, message: { attributes: [], text: said } });
    await linkedin(`urn:li:comment:(activity:71,${own})`, "COMMENT");
    const view = await as(await found(own), delivered);
    assert.equal(view.mention.post.text.words, said);
    assert.deepEqual(happened(view), ["admitted", "fetched"]);
    assert.ok(view.mention.flag.reasons.length > 0 && !view.mention.flag.reasons.includes("text_not_delivered"));
  });
  test("is a post that mentions us, fetched by its URN", async () => {
    const said = `${STRANDED} ${own}`;
    platforms.get("linkedin").posts.set(`urn:li:ugcPost:7${own}`, { author: "urn:li:person:greta", commentary: said, publishedAt: 1795366800000 });
    await linkedin(`urn:li:ugcPost:7${own}`, "SHARE_MENTION");
    assert.equal((await as(await found(own), delivered)).mention.post.text.words, said);
  });
  test("waits, without a token, for a person to open it", async () => {
    const looks = platforms.get("linkedin").looks.length;
    await linkedin(`urn:li:comment:(activity:71,${own})`, "COMMENT", without);
    const { mentions } = await new Desk(worker.url, without, "ida").list({ shelf: "open" });
    const reasons = mentions.filter(({ mention }) => mention.id.startsWith("linkedin")).map(({ mention }) => mention.flag.reasons);
    assert.deepEqual(reasons, [["text_not_delivered"]]);
    assert.equal(platforms.get("linkedin").looks.length, looks);
  });
});

describe("a comment on TikTok, which is told of by its number", () => {
  test("is fetched from the list of its video's comments", async () => {
    const said = `${STRANDED} ${own}`;
    platforms.get("tiktok").posts.set(own, { comment_id: `75${own}`, video_id: "7400", text: said, username: "anouk.flies", display_name: "Anouk", create_time: "1795366800", likes: 4 });
    await tiktok("insert");
    const view = await as(`tiktok.75${own}`, delivered);
    assert.equal(view.mention.post.text.words, said);
    assert.equal(view.mention.post.author.handle, "anouk.flies");
    await tiktok("delete");
    await problem(await ida.ask(`/tiktok.75${own}`), 404);
  });
  test("and that the list does not show stays as it is", async () => {
    const looks = platforms.get("tiktok").looks.length;
    await tiktok("insert");
    while (platforms.get("tiktok").looks.length === looks) await sleep(50);
    const view = await one(ida, `tiktok.75${own}`);
    assert.ok(!delivered(view));
    assert.deepEqual(view.mention.flag.reasons, ["text_not_delivered"]);
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
