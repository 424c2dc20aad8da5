/** Every site: as many badges as there are posts, on pages of ours and on real ones. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { badges, scrollThrough, waitForBadges } from "../support/badges.ts";
import { type Browser, startBrowser } from "../support/browser.ts";
import { adapter, addressOf, fixture, sample } from "../support/fixtures.ts";
import { listenToReads } from "../support/reads.ts";

let browser: Browser;
before(async () => {
  browser = await startBrowser({ viewport: { width: 1280, height: 5000 } });
});
after(() => browser.close());

const SENTIMENTS = ["negative", "neutral", "positive", "unknown"];
const LEVELS = ["none", "low", "normal", "high", "critical"];

for (const site of ["x", "reddit-old", "youtube", "trustpilot"].map(adapter)) {
  for (const [name, expected] of Object.entries(site.expected.fixtures)) {
    test(`${site.name}: ${expected} badges on our ${name}, each with what a badge must say`, async () => {
      const address = addressOf(site, name);
      browser.sites.serve(address, fixture(site.site, name));
      const reads = await listenToReads(browser);
      const page = await browser.open(address);
      await waitForBadges(page, expected);
      const found = await badges(page);
      for (const badge of found) {
        assert.ok(SENTIMENTS.includes(badge.sentiment), badge.sentiment);
        assert.ok(LEVELS.includes(badge.urgency), badge.urgency);
        assert.match(badge.name, /Show why$/);
      }
      assert.equal(new Set(found.map(({ post }) => post)).size, expected, "a badge per post");
      const posts = await reads();
      assert.deepEqual(found.map(({ post }) => post).sort(), posts.map(({ id }) => id).sort(), "each post read once");
      for (const post of posts) {
        assert.equal(post.platform, site.platform);
        assert.equal(post.text, post.text.trim());
        assert.match(post.permalink ?? "", /^https:\/\//, `permalink of ${post.id}`);
      }
      await page.close();
    });
  }

  for (const [name, expected] of Object.entries(site.expected.samples)) {
    const page = sample(name);
    test(
      `${site.name}: ${expected} badges on the real ${name}`,
      { skip: page === undefined && `${name} is not beside the repository` },
      async () => {
        const address = addressOf(site, name);
        browser.sites.serve(address, page ?? "");
        const tab = await browser.open(address);
        const containers = site.posts.map(({ container }) => container).join(", ");
        assert.equal(await scrollThrough(tab, containers), expected);
        await tab.close();
      },
    );
  }
}

test("X: every value of a post is found", async () => {
  browser.sites.serve("https://x.com/values", fixture("x", "timeline.html"));
  const reads = await listenToReads(browser);
  const page = await browser.open("https://x.com/values");
  await waitForBadges(page, 15);
  const first = (await reads()).find(({ handle }) => handle === "maralind");
  assert.equal(
    first?.text,
    "Stuck at gate B14 with my two kids, flight cancelled, nobody answers the phone for 3 hours. @northwindair what do we do tonight?",
  );
  assert.deepEqual(
    { ...first, text: "", id: "", permalink: "", published: 0 },
    {
      platform: "x", id: "", kind: "post", text: "", language: "en", author: "Mara Lind", handle: "maralind",
      permalink: "", published: 0, likes: 9, shares: 2, replies: 4,
    },
  );
  assert.match(first?.permalink ?? "", new RegExp(`^https://x\\.com/maralind/status/${first?.id}$`));
  await page.close();
});

test("old Reddit: a comment's own words only, without what it quotes and without its answers", async () => {
  const address = "https://old.reddit.com/r/northwindair/own";
  browser.sites.serve(address, fixture("reddit-old", "comments.html"));
  const reads = await listenToReads(browser);
  const page = await browser.open(address);
  await waitForBadges(page, 8);
  const posts = await reads();
  const text = (id: string): string | undefined => posts.find((post) => post.id === id)?.text;
  assert.equal(
    text("t1_fk1a02"),
    "Ask for the duty manager at the airport. Worked for me, they were lovely and sorted it in ten minutes.",
  );
  assert.equal(text("t1_fk1a06"), "The new lounge opens in March.\n\nCoffee machine and all.");
  assert.match(text("t3_9zq1a2") ?? "", /^Three weeks for a refund\nNorthwind Air cancelled/);
  assert.equal(posts.find(({ id }) => id === "t1_fk1a01")?.likes, 214);
  await page.close();
});

test("Trustpilot: stars, title and text; the business's answer is not read", async () => {
  const address = "https://www.trustpilot.com/review/stars";
  browser.sites.serve(address, fixture("trustpilot", "review.html"));
  const reads = await listenToReads(browser);
  const page = await browser.open(address);
  await waitForBadges(page, 6);
  const posts = await reads();
  assert.deepEqual(posts.map(({ stars }) => stars), [1, 5, 2, 4, 3, 1]);
  assert.equal(posts[2]?.text, "Charged twice.\n\nI was charged twice for seat 14A. When do I get my money back?");
  assert.ok(posts.every(({ text }) => !/sorry|Thank you, Yuki|telling us/.test(text)));
  await page.close();
});

test("YouTube: handles, likes and answers to comments", async () => {
  const address = "https://www.youtube.com/watch-values";
  browser.sites.serve(address, fixture("youtube", "watch.html"));
  const reads = await listenToReads(browser);
  const page = await browser.open(address);
  await waitForBadges(page, 7);
  const posts = await reads();
  assert.deepEqual(posts.map(({ handle }) => handle ?? "-"), [
    "snowpetrel", "tarnwalker", "kittiwake_films", "ledger_and_lake", "marlow.h", "ada_on_rails", "-",
  ]);
  assert.deepEqual(posts.map(({ likes }) => likes), [1200, 48, 310, 3, 0, 77, 12]);
  assert.equal(posts[1]?.id, "Ugx0Northwind01AaABAg.9xReply01");
  await page.close();
});
