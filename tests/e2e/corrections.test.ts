/** "That's wrong": what a person says of a wording holds at once, everywhere in this browser, and leaves it only as a file. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { badges, waitForBadges } from "../support/badges.ts";
import { type Browser, startBrowser, stopServiceWorker } from "../support/browser.ts";
import { OpenDetail } from "../support/detail.ts";
import { fixture } from "../support/fixtures.ts";

const STUCK = "Stuck at gate B14";
const WHOLE =
  "Stuck at gate B14 with my two kids, flight cancelled, nobody answers the phone for 3 hours. @northwindair what do we do tonight?";

let browser: Browser;
before(async () => {
  browser = await startBrowser({ viewport: { width: 1280, height: 3000 } });
});
afterEach(async () => {
  await (await browser.worker()).evaluate(() => chrome.storage.local.clear());
  for (const page of browser.context.pages().slice(1)) await page.close();
});
after(() => browser.close());

async function timeline(name: string): Promise<Page> {
  browser.sites.serve(`https://x.com/${name}`, fixture("x", "timeline.html"));
  const page = await browser.open(`https://x.com/${name}`);
  await waitForBadges(page, 15);
  return page;
}

const badge = (page: Page, words: string) => page.locator("article", { hasText: words }).first().locator("earshot-badge");

/** Waits until the badge of the post with these words has these attributes. */
async function reads(page: Page, words: string, attributes: string): Promise<void> {
  await page.locator("article", { hasText: words }).first().locator(`earshot-badge${attributes}`).waitFor({ state: "attached" });
}

const kept = async (): Promise<unknown> =>
  (await browser.worker()).evaluate(async () => (await chrome.storage.local.get("corrections"))["corrections"]);

test("what a person says holds at once on every tab, and undo gives back what was read", async () => {
  const [page, other] = [await timeline("here"), await timeline("there")];
  const before = await badges(page);
  await page.bringToFront();
  const detail = await OpenDetail.of(page, STUCK);
  await detail.press("button", "That's wrong");
  assert.equal((await detail.control("radio", "negative")).checked, true, "it starts with what was read");
  assert.equal((await detail.control("radio", "Critical")).checked, true);
  await detail.press("radio", "positive");
  await detail.press("radio", "Can wait");
  await detail.press("button", "Keep");
  await detail.says(/Kept on this computer/);
  await detail.says(/corrected by you/);
  for (const each of [page, other]) await reads(each, STUCK, '[sentiment="positive"][urgency="low"]');
  assert.match((await badge(other, STUCK).getAttribute("aria-label")) ?? "", /positive, corrected by you\. Show why$/);
  assert.deepEqual(await kept(), [{ text: WHOLE, sentiment: "positive", urgency: "low" }]);

  await detail.press("button", "Undo");
  await detail.says(/Taken back/);
  for (const each of [page, other]) await reads(each, STUCK, '[sentiment="negative"][urgency="critical"]');
  assert.deepEqual(await badges(page), before);
  assert.deepEqual(await kept(), []);
});

test("a phrase holds wherever its words stand", async () => {
  const page = await timeline("phrase");
  const detail = await OpenDetail.of(page, STUCK);
  await detail.press("button", "That's wrong");
  await detail.press("radio", "Nothing to answer");
  await detail.press("textbox", "For these words");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("stuck at GATE b14");
  await detail.press("button", "Keep");
  await detail.says(/Kept on this computer/);
  await reads(page, STUCK, '[urgency="none"]');
  const long = page.locator("article", { hasText: "You lost my suitcase" });
  await long.locator('[data-testid="tweetText"]').evaluate((text) => {
    text.textContent = "Hours later and we are still stuck at gate B14!! Help!";
  });
  await page.locator('article:has-text("Hours later") earshot-badge[urgency="none"]').waitFor({ state: "attached" });
});

test("words that were marked on the page are the words it is about", async () => {
  const page = await timeline("marked");
  await page.locator("article", { hasText: STUCK }).first().locator('[data-testid="tweetText"]').evaluate((text) => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const node = walker.nextNode();
    if (node) getSelection()?.setBaseAndExtent(node, 0, node, "Stuck at gate B14".length);
  });
  const detail = await OpenDetail.of(page, STUCK);
  await detail.press("button", "That's wrong");
  assert.equal((await detail.control("textbox", "For these words")).value, "Stuck at gate B14");
});

test("words that are not the post's, and no change at all, are told and keep nothing", async () => {
  const page = await timeline("refused");
  const detail = await OpenDetail.of(page, STUCK);
  await detail.press("button", "That's wrong");
  await detail.press("button", "Keep");
  await detail.says(/Nothing was changed/);
  await detail.press("radio", "neutral");
  await detail.press("textbox", "For these words");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("somebody else's words");
  await detail.press("button", "Keep");
  await detail.says(/do not stand in the post/);
  assert.equal(await kept(), undefined);
});

test("what is not about us names no brand and carries no word", async () => {
  const page = await timeline("elsewhere");
  const detail = await OpenDetail.of(page, STUCK);
  await detail.press("button", "That's wrong");
  await detail.press("checkbox", "Not about us");
  await detail.press("button", "Keep");
  await detail.says(/not about us/);
  await page.locator("article", { hasText: STUCK }).first().locator('earshot-badge[aria-label*="not about us"]').waitFor();
});

test("by key alone, and after the browser stopped the service worker", async () => {
  const page = await timeline("keys");
  const started = await stopServiceWorker(browser);
  await page.bringToFront();
  await badge(page, STUCK).focus();
  await page.keyboard.press("Enter");
  await page.locator("earshot-detail").waitFor({ state: "visible" });
  // Past "Send to desk".
  for (const key of ["Tab", "Tab", "Enter"]) await page.keyboard.press(key);
  // The keyboard is on the feeling that was read; then come urgency, eight emotions, whose it is, and the words.
  await page.keyboard.press("ArrowRight");
  for (let presses = 0; presses < 12; presses++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await started();
  await reads(page, STUCK, '[sentiment="neutral"]');
});

test("a script of the page can neither open the form nor keep anything", async () => {
  const page = await timeline("script");
  await page.evaluate(() => document.querySelector<HTMLElement>("earshot-badge")?.click());
  await page.locator("earshot-detail").waitFor({ state: "visible" });
  await page.evaluate(() => {
    const detail = document.querySelector("earshot-detail");
    for (const name of ["click", "keydown"]) detail?.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
  });
  assert.equal(await page.evaluate(() => document.querySelector("earshot-detail")?.shadowRoot ?? null), null);
  assert.equal(await kept(), undefined);
});

test("nothing of a correction is sent anywhere", async () => {
  const page = await timeline("silent");
  const asked = browser.sites.requests.length;
  const detail = await OpenDetail.of(page, STUCK);
  await detail.press("button", "That's wrong");
  await detail.press("radio", "neutral");
  await detail.press("button", "Keep");
  await detail.says(/Kept on this computer/);
  // What the browser itself asks its maker is none of ours.
  assert.deepEqual(browser.sites.requests.slice(asked).filter((address) => !/google(apis)?\.com\//.test(address)), []);
});

test("the options list corrections, hand them out as training reads them, and take them back in", async () => {
  const lines = [
    { text: "Late again today, wow", sentiment: "negative", urgency: "high" },
    { text: "sick seats", phrase: true, sentiment: "positive", emotions: ["joy"] },
  ];
  await (await browser.worker()).evaluate((corrections) => chrome.storage.local.set({ corrections }), lines);
  const page = await browser.open(`chrome-extension://${browser.id}/options.html`);
  const section = page.getByRole("region", { name: "Corrections" });
  await section.getByText("positive · joy").waitFor();
  assert.deepEqual(await section.locator("li > p").allTextContents(), ["sick seats", "Late again today, wow"], "newest first");

  const downloading = page.waitForEvent("download");
  await section.getByRole("button", { name: "Export as a file" }).click();
  const download = await downloading;
  assert.equal(download.suggestedFilename(), "earshot-corrections.jsonl");
  const file = readFileSync(await download.path(), "utf8");
  assert.equal(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));

  await section.getByRole("button", { name: "Remove the correction of: sick seats" }).click();
  await section.getByText("sick seats").waitFor({ state: "detached" });
  await section.getByRole("button", { name: "Undo" }).click();
  await section.getByText("sick seats").waitFor();

  await (await browser.worker()).evaluate(() => chrome.storage.local.remove("corrections"));
  await section.getByText("None yet").waitFor();
  const buffer = Buffer.from(`${file}no line of ours\n`);
  await page.getByLabel("Import a file").setInputFiles({ name: "mine.jsonl", mimeType: "text/plain", buffer });
  await section.getByText("Line 3: it is no JSON object.").waitFor();
  await section.getByText("Late again today, wow").waitFor();
  assert.deepEqual(await kept(), lines);
});
