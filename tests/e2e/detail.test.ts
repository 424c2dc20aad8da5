/** What is behind a badge, by key and by name. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { waitForBadges } from "../support/badges.ts";
import { type Browser, startBrowser } from "../support/browser.ts";
import { fixture } from "../support/fixtures.ts";

let browser: Browser;
let page: Page;
before(async () => {
  browser = await startBrowser({ viewport: { width: 1280, height: 3000 } });
  browser.sites.serve("https://x.com/detail", fixture("x", "timeline.html"));
  page = await browser.open("https://x.com/detail");
  await waitForBadges(page, 15);
});
after(() => browser.close());

/** What a screen reader would say of the open detail: its shadow root is closed to scripts, not to people. */
async function said(): Promise<string> {
  const session = await browser.context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const dialog = nodes.find(({ role, name }) => role?.value === "dialog" && /Earshot/.test(String(name?.value)));
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const words: string[] = [];
  const walk = (id: string): void => {
    const node = byId.get(id);
    if (!node) return;
    if (node.role?.value === "StaticText") words.push(String(node.name?.value));
    node.childIds?.forEach(walk);
  };
  if (dialog) walk(dialog.nodeId);
  await session.detach();
  return words.join(" ");
}

const detail = () => page.locator("earshot-detail");

test("every badge has a name that says urgency, reason and sentiment", async () => {
  const first = page.getByRole("button", { name: /^Critical, stranded, negative\. Show why$/ });
  assert.equal(await first.count(), 1);
  const badge = page.locator("earshot-badge").first();
  assert.equal(await badge.getAttribute("role"), "button");
  assert.equal(await badge.getAttribute("aria-haspopup"), "dialog");
});

test("Tab reaches a badge, Enter opens it, Escape closes it and gives the focus back", async () => {
  await page.locator("article").first().focus();
  for (let presses = 0; presses < 12; presses++) {
    if ((await page.evaluate(() => document.activeElement?.tagName)) === "EARSHOT-BADGE") break;
    await page.keyboard.press("Tab");
  }
  const focused = page.locator("earshot-badge:focus");
  assert.equal(await focused.count(), 1);
  await page.keyboard.press("Enter");
  await detail().waitFor({ state: "visible" });
  assert.equal(await page.locator("earshot-badge").first().getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  await detail().waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "EARSHOT-BADGE");
  assert.equal(await page.locator("earshot-badge").first().getAttribute("aria-expanded"), "false");
});

test("the detail says why, in the post's own words", async () => {
  await page.locator("earshot-badge").first().click();
  await detail().waitFor({ state: "visible" });
  const words = await said();
  for (const expected of ["Critical", "stranded", "Stuck at gate", "Send to desk", "read on this computer", "English"]) {
    assert.ok(words.includes(expected), `"${expected}" in: ${words}`);
  }
  await page.keyboard.press("Escape");
});

test("a second click closes it, a click elsewhere too", async () => {
  const badge = page.locator("earshot-badge").first();
  await badge.click();
  await detail().waitFor({ state: "visible" });
  await badge.click();
  await detail().waitFor({ state: "detached" });
  await badge.click();
  await detail().waitFor({ state: "visible" });
  await page.mouse.click(20, 500);
  await detail().waitFor({ state: "detached" });
});

test("a text of which only the beginning is there is said to be partial", async () => {
  await page.locator("article", { hasText: "You lost my suitcase" }).locator("earshot-badge").click();
  await detail().waitFor({ state: "visible" });
  assert.match(await said(), /Only the beginning was read/);
  await page.keyboard.press("Escape");
});

test("without a workspace, sending says what is missing and where to enter it", async () => {
  await page.locator("earshot-badge").nth(1).click();
  await detail().waitFor({ state: "visible" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  while (!/No workspace is set/.test(await said())) await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.match(await said(), /Open options/);
  await page.keyboard.press("Escape");
});

test("a badge neither opens the post it stands in nor sends the page's shortcuts", async () => {
  await page.evaluate(() => {
    document.body.addEventListener("click", () => document.body.setAttribute("data-clicked", ""));
    document.body.addEventListener("keydown", () => document.body.setAttribute("data-typed", ""));
  });
  await page.locator("earshot-badge").first().click();
  await detail().waitFor({ state: "visible" });
  await page.keyboard.press("l");
  await page.keyboard.press("Escape");
  await detail().waitFor({ state: "detached" });
  assert.equal(await page.locator("body[data-clicked]").count(), 0);
  assert.equal(await page.locator("body[data-typed]").count(), 0);
});

test("a script of the page can open a detail but cannot send from it", async () => {
  await page.evaluate(() => document.querySelector<HTMLElement>("earshot-badge")?.click());
  await detail().waitFor({ state: "visible" });
  assert.equal(await page.evaluate(() => document.querySelector("earshot-detail")?.shadowRoot ?? null), null);
  await page.keyboard.press("Escape");
});
