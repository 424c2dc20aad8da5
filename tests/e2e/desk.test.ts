/** From a page to the desk and to a colleague's popup: two browsers, one real workerd. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { waitForBadges } from "../support/badges.ts";
import { type Browser, startBrowser, stopServiceWorker } from "../support/browser.ts";
import { type Company, company, northwind } from "../support/company.ts";
import { Desk, deliver, told, urgent } from "../support/desk.ts";
import { fixture } from "../support/fixtures.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";

let northwindAir: Company;
let worker: Workerd;
let ida: Browser;
let ben: Browser;
before(async () => {
  northwindAir = company("northwind");
  worker = await startWorkerd({ settings: northwindAir.settings });
  [ida, ben] = await Promise.all([signedIn("ida"), signedIn("ben")]);
});
after(async () => {
  await Promise.all([ida?.close(), ben?.close(), worker?.close()]);
});

/** A browser whose extension was given the workspace and a key, as the options page keeps them. */
async function signedIn(who: string): Promise<Browser> {
  const browser = await startBrowser({ viewport: { width: 1280, height: 3000 } });
  const settings = {
    workspace: { url: worker.url, workspace: "northwind", key: northwindAir.key(who) },
    brands: northwind().brands,
  };
  await (await browser.worker()).evaluate((kept) => chrome.storage.local.set({ settings: kept }), settings);
  return browser;
}

const popup = (browser: Browser): Promise<Page> => browser.open(`chrome-extension://${browser.id}/popup.html`);

/** Presses *Send to desk* behind the badge at this place, by key. */
async function send(page: Page, place: number): Promise<void> {
  await page.locator("earshot-badge").nth(place).focus();
  await page.keyboard.press("Enter");
  await page.locator("earshot-detail").waitFor({ state: "visible" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
}

/** Waits until the desk has so many open mentions, and gives them. */
async function waiting(count: number): ReturnType<Desk["list"]> {
  const desk = new Desk(worker.url, northwindAir, "mona");
  for (;;) {
    const page = await desk.list();
    if (page.counts.open === count) return page;
  }
}

test("a post that staff sends from a page waits on the desk with everything that the page said", async () => {
  ida.sites.serve("https://x.com/send", fixture("x", "timeline.html"));
  const page = await ida.open("https://x.com/send");
  await waitForBadges(page, 15);
  await send(page, 0);
  const [view] = (await waiting(1)).mentions;
  assert.match(view?.mention.id ?? "", /^x\.\d+$/);
  assert.match(view?.mention.post.text.words ?? "", /^Stuck at gate B14 .* tonight\?$/);
  assert.equal(view?.mention.post.author.handle, "maralind");
  assert.match(view?.mention.post.permalink ?? "", /^https:\/\/x\.com\/maralind\/status\//);
  assert.deepEqual(view?.mention.flag.by, { source: "staff", name: "ida" });
  assert.equal(view?.mention.reading.urgency.level, "critical");
  assert.equal((await worker.kv()).size, 1);
  await page.close();
});

test("a post that is sent twice is one mention", async () => {
  ida.sites.serve("https://x.com/twice", fixture("x", "timeline.html"));
  const page = await ida.open("https://x.com/twice");
  await waitForBadges(page, 15);
  await send(page, 0);
  await page.keyboard.press("Escape");
  await page.locator("earshot-detail").waitFor({ state: "detached" });
  await send(page, 1);
  assert.equal((await waiting(2)).mentions.length, 2);
  await page.close();
});

test("a post is sent also when the browser had stopped the service worker", async () => {
  ida.sites.serve("https://x.com/asleep", fixture("x", "timeline.html"));
  const page = await ida.open("https://x.com/asleep");
  await waitForBadges(page, 15);
  const started = await stopServiceWorker(ida);
  await page.bringToFront();
  await send(page, 8);
  await started();
  await waiting(3);
  await page.close();
});

test("a flagged webhook shows in the popup, and a claim in one browser is seen in the other", async () => {
  const id = "earshot-e2e-1";
  const delivered = await deliver(worker.url, northwindAir, "standard", told("created", urgent(id)));
  assert.equal(delivered.status, 200);
  await waiting(4);
  const [idas, bens] = await Promise.all([popup(ida), popup(ben)]);
  const row = (page: Page) => page.locator("[data-mention]", { hasText: "stranded at the airport with two small kids" });
  await Promise.all([row(idas).waitFor(), row(bens).waitFor()]);
  await row(idas).hover();
  await row(idas).locator('[data-action="claim"]').click();
  const mine = new Desk(worker.url, northwindAir, "ida");
  while ((await mine.list()).counts.mine !== 1) await idas.evaluate(() => new Promise(requestAnimationFrame));
  // Ben opens his popup again.
  await bens.reload();
  await row(bens).filter({ hasText: /ida/i }).waitFor();
  await Promise.all([idas.close(), bens.close()]);
});

test("the toolbar tells how many urgent mentions wait", async () => {
  const { counts } = await new Desk(worker.url, northwindAir, "ida").list();
  assert.ok(counts.urgent > 0);
  const worked = await ida.worker();
  const shown = await worked.evaluate(async () => {
    // The alarm rings once a minute; the test does not wait for it.
    await chrome.alarms.create("urgent", { when: Date.now() });
    for (;;) {
      const text = await chrome.action.getBadgeText({});
      if (text) return text;
      await new Promise((next) => setTimeout(next, 20));
    }
  });
  assert.equal(shown, String(counts.urgent));
});

test("a mention that cannot wait and that nobody holds makes one notification", async () => {
  const worked = await ben.worker();
  /** Looks at the desk now, and gives the notifications that are shown when `wanted` is among them. */
  const look = (wanted: string) =>
    worked.evaluate(async (id) => {
      for (;;) {
        await chrome.alarms.create("urgent", { when: Date.now() });
        await new Promise((next) => setTimeout(next, 50));
        const shown = Object.keys(await chrome.notifications.getAll());
        const looked = (await chrome.storage.session.get("told"))["told"] !== undefined;
        if (looked && (id === "" || shown.includes(id))) return shown;
      }
    }, wanted);
  assert.deepEqual(await look(""), [], "what waited before is no news");
  const body = told("created", urgent("earshot-e2e-2", { text: "Third hour stranded at gate B14 with my baby, no food, nobody answers. Help us now, please!" }));
  assert.equal((await deliver(worker.url, northwindAir, "standard", body)).status, 200);
  const { mentions } = await waiting(5);
  const news = mentions.find(({ mention }) => /Third hour/.test(mention.post.text.words ?? ""))?.mention;
  assert.equal(news?.reading.urgency.level, "critical");
  assert.deepEqual(await look(news?.id ?? "?"), [news?.id]);
});

test("a workspace that does not answer is named, and the post can be sent again", async () => {
  ben.sites.serve("https://x.com/down", fixture("x", "timeline.html"));
  const page = await ben.open("https://x.com/down");
  await waitForBadges(page, 15);
  await worker.kill();
  await send(page, 2);
  const session = await ben.context.newCDPSession(page);
  for (;;) {
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const said = nodes.map(({ name }) => String(name?.value ?? ""));
    if (said.some((text) => /Could not reach the workspace/.test(text))) {
      assert.ok(said.includes("Try again"));
      break;
    }
  }
  await worker.start();
  await page.keyboard.press("Enter");
  await waiting(6);
  await page.close();
});
