/** How a page is read: only what is a post, only what can be seen, again when it changes, and nothing is moved. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { badges, waitForBadges } from "../support/badges.ts";
import { type Browser, startBrowser } from "../support/browser.ts";
import { adapter, addressOf, fixture } from "../support/fixtures.ts";
import { listenToReads } from "../support/reads.ts";
import { LIKE_X, STRICTEST } from "../support/sites.ts";

const TIMELINE = fixture("x", "timeline.html");
const TALL = { width: 1280, height: 5000 };
const USUAL = { width: 1280, height: 900 };

let browser: Browser;
before(async () => {
  browser = await startBrowser({ viewport: TALL });
});
after(() => browser.close());

/** The timeline at an address of its own, so that no test sees another's page. */
async function timeline(name: string, policy = LIKE_X, viewport = TALL): Promise<Page> {
  browser.sites.serve(`https://x.com/${name}`, TIMELINE, policy);
  const page = await browser.context.newPage();
  await page.setViewportSize(viewport);
  await page.goto(`https://x.com/${name}`);
  return page;
}

test("badges appear on a page that forbids everything", async () => {
  const page = await timeline("strictest", STRICTEST);
  await waitForBadges(page, 15);
  assert.equal((await badges(page))[0]?.urgency, "critical");
  await page.locator("earshot-badge").first().focus();
  await page.keyboard.press("Enter");
  await page.locator("earshot-detail").waitFor({ state: "visible" });
  await page.close();
});

test("a quoted post, a direct message, an advertisement and a picture without words are not read", async () => {
  const reads = await listenToReads(browser);
  const page = await timeline("others");
  await waitForBadges(page, 15);
  const texts = (await reads()).map(({ text }) => text);
  assert.equal(texts.length, 15);
  assert.ok(texts.includes("Third outage of the app this week, love it. @northwindair"));
  for (const others of [/Best crew ever/, /private:/, /worst seller/]) {
    assert.ok(!texts.some((text) => others.test(text)), String(others));
  }
  assert.equal(await page.locator('[data-testid="placementTracking"] earshot-badge').count(), 0);
  assert.equal(await page.locator('[data-testid="DMDrawer"] earshot-badge').count(), 0);
  await page.close();
});

test("emoji that are drawn as pictures are read as what they stand for", async () => {
  const reads = await listenToReads(browser);
  const page = await timeline("emoji");
  await waitForBadges(page, 15);
  const text = (await reads()).find(({ handle }) => handle === "sunnivah")?.text;
  assert.equal(text, "Boarding at last ✈️ big thanks to the gate team in Tromsø 😊 @northwindair");
  await page.close();
});

test("only posts in sight are read, the others when they come into sight", async () => {
  const reads = await listenToReads(browser);
  const page = await timeline("visible", LIKE_X, USUAL);
  await page.locator("article").first().locator("earshot-badge").waitFor({ state: "attached" });
  const inSight = await page.locator("article:has(earshot-badge)").evaluateAll((posts) =>
    posts.every((post) => post.getBoundingClientRect().top < innerHeight),
  );
  assert.ok(inSight);
  const before = (await reads()).length;
  assert.ok(before > 2 && before < 15, `${before} of 15 were read`);
  const last = page.locator("article").last();
  await last.scrollIntoViewIfNeeded();
  await last.locator("earshot-badge").waitFor({ state: "attached" });
  assert.equal(new Set((await reads()).map(({ id }) => id)).size, (await reads()).length, "no post is read twice");
  await page.close();
});

test("a node that is given another post is read again", async () => {
  const page = await timeline("recycled");
  await waitForBadges(page, 15);
  const first = page.locator("article").first();
  const before = (await badges(page))[0];
  await first.evaluate((post) => {
    // As virtualised lists do it: the node stays, its address and its words change.
    const link = post.querySelector('a[href*="/status/"]');
    link?.setAttribute("href", "/olabakken/status/1990000000000000007");
    const text = post.querySelector('[data-testid="tweetText"]');
    if (text) text.textContent = "Crew on NW214 this morning were wonderful, thank you so much.";
  });
  await first.locator('earshot-badge[post="1990000000000000007"][sentiment="positive"]').waitFor({ state: "attached" });
  assert.equal(before?.sentiment, "negative");
  assert.equal(await first.locator("earshot-badge").count(), 1);
  await page.close();
});

test("a node that is given a post without words loses its badge", async () => {
  const page = await timeline("emptied");
  await waitForBadges(page, 15);
  await page.locator("article").first().locator('[data-testid="tweetText"]').evaluate((text) => text.remove());
  await waitForBadges(page, 14);
  await page.close();
});

test("a text that grows is read again", async () => {
  const reads = await listenToReads(browser);
  const page = await timeline("grown");
  await waitForBadges(page, 15);
  const long = page.locator("article", { hasText: "You lost my suitcase" });
  await long.locator('[data-testid="tweetText"]').evaluate((text) => {
    const rest = document.createElement("span");
    rest.textContent = "delivered, to an address in another country.";
    text.append(rest);
  });
  await browser.worker().then((worker) =>
    worker.evaluate(async () => {
      // The worker's own list says when the longer text has arrived.
      while (!globalThis.heard?.some((m) => m.say === "read" && m.posts.some(({ text }) => text.endsWith("another country.")))) {
        await new Promise((next) => setTimeout(next, 5));
      }
    }),
  );
  assert.equal((await reads()).filter(({ handle }) => handle === "rafaelmq").length, 2);
  assert.equal(await long.locator("earshot-badge").count(), 1);
  await page.close();
});

test("a post that was read before is not read again when it comes back", async () => {
  const reads = await listenToReads(browser);
  const page = await timeline("again");
  await waitForBadges(page, 15);
  await page.evaluate(() => {
    const list = document.querySelector("#timeline");
    const copies = [...(list?.children ?? [])].map((cell) => cell.cloneNode(true) as Element);
    for (const copy of copies) copy.querySelector("earshot-badge")?.remove();
    list?.replaceChildren(...copies);
  });
  await waitForBadges(page, 15);
  assert.equal((await reads()).length, 15);
  await page.close();
});

test("a timeline that the site replaces as a whole is found again", async () => {
  const page = await timeline("replaced");
  await waitForBadges(page, 15);
  await page.evaluate(() => {
    const main = document.querySelector("main");
    const fresh = main?.cloneNode(true) as Element;
    for (const badge of fresh.querySelectorAll("earshot-badge")) badge.remove();
    for (const cell of [...fresh.querySelectorAll('[data-testid="cellInnerDiv"]')].slice(3)) cell.remove();
    main?.replaceWith(fresh);
  });
  await waitForBadges(page, 3);
  await page.close();
});

for (const { site, name } of ["x", "reddit-old", "youtube", "trustpilot"].map((site) => {
  const known = adapter(site);
  return { site: known, name: Object.keys(known.expected.fixtures)[0] ?? "" };
})) {
  test(`${site.name}: badges change neither the page's text nor the place of anything`, async () => {
    const page = fixture(site.site, name);
    const address = addressOf(site, "unmoved");
    browser.sites.serve("https://plain.example/unmoved", page);
    browser.sites.serve(address, page);
    const [plain, marked] = await Promise.all([browser.open("https://plain.example/unmoved"), browser.open(address)]);
    await waitForBadges(marked, site.expected.fixtures[name] ?? 0);
    const look = (tab: Page) =>
      tab.evaluate(() => ({
        text: document.body.textContent,
        boxes: [...document.querySelectorAll("article, .thing, ytd-comment-thread-renderer, p, h2, [data-testid=tweetText], #content-text")].map(
          (element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return [x, y, width, height].map((length) => length.toFixed(1)).join(" ");
          },
        ),
      }));
    assert.deepEqual(await look(marked), await look(plain));
    await Promise.all([plain.close(), marked.close()]);
  });
}

test("a site whose markup no longer fits says so instead of looking calm", async () => {
  const changed = TIMELINE.replaceAll('data-testid="tweetText"', 'data-testid="postText"');
  browser.sites.serve("https://x.com/changed", changed);
  const page = await browser.open("https://x.com/changed");
  const worker = await browser.worker();
  const title = await worker.evaluate(async () => {
    for (;;) {
      const [tab] = await chrome.tabs.query({ url: "https://x.com/changed" });
      const said = tab?.id === undefined ? "" : await chrome.action.getBadgeText({ tabId: tab.id });
      if (tab?.id !== undefined && said === "?") return chrome.action.getTitle({ tabId: tab.id });
      await new Promise((next) => setTimeout(next, 5));
    }
  });
  assert.match(title, /not checked/);
  assert.equal(await page.locator("earshot-badge").count(), 0);
  await page.close();
});
