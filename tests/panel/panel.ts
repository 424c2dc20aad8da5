/** Popup and options as a person uses them: real extension, real workerd. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Locator, Page } from "playwright-core";
import type { Browser } from "../support/browser.ts";
import type { Company } from "../support/company.ts";
import type { Desk, View } from "../support/desk.ts";
import type { Workerd } from "../support/workerd.ts";

/** What the extension keeps. */
export type Kept = Record<string, unknown>;

/** Gives the extension a workspace and a key, as the options keep them. */
export async function signIn(browser: Browser, worker: Workerd, company: Company, who: string, key = company.key(who)): Promise<void> {
  await keep(browser, { workspace: { url: worker.url, workspace: company.id, key } });
}

export async function keep(browser: Browser, settings: Kept): Promise<void> {
  await (await browser.worker()).evaluate((kept) => chrome.storage.local.set({ settings: kept }), settings);
}

/** What the extension keeps as settings. */
export async function kept(browser: Browser): Promise<Kept | undefined> {
  const worker = await browser.worker();
  return worker.evaluate(async () => (await chrome.storage.local.get("settings"))["settings"] as Kept | undefined);
}

/** Forgets everything, as a fresh profile has it. */
export async function forget(browser: Browser): Promise<void> {
  await (await browser.worker()).evaluate(async () => {
    await chrome.storage.local.clear();
    await chrome.storage.session.clear();
  });
}

/** Opens the popup's page at the popup's size. */
export async function openPopup(browser: Browser, size = { width: 420, height: 600 }): Promise<Page> {
  const page = await browser.context.newPage();
  await page.setViewportSize(size);
  page.on("pageerror", (error) => assert.fail(`the popup threw: ${error.message}`));
  await page.goto(`chrome-extension://${browser.id}/popup.html`);
  return page;
}

export async function openOptions(browser: Browser): Promise<Page> {
  const page = await browser.context.newPage();
  page.on("pageerror", (error) => assert.fail(`the options threw: ${error.message}`));
  await page.goto(`chrome-extension://${browser.id}/options.html`);
  return page;
}

/** The row of the mention with these words. */
export function row(page: Page, words: string): Locator {
  return page.locator("[data-mention]", { hasText: words });
}

/** Shows a shelf by its tab. */
export async function shelf(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name }).click();
  await page.locator(`[role=tab][aria-selected=true]`, { hasText: name }).waitFor();
}

/** What comes back into view asks the workspace again. */
export async function lookAgain(page: Page): Promise<void> {
  // An answer younger than two seconds is not asked for again.
  await page.waitForTimeout(2100);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
}

/** Waits until something in the toast says this. */
export async function told(page: Page, words: RegExp | string): Promise<void> {
  await page.locator(".toast", { hasText: words }).waitFor();
}

let number = 0;

/** A post that staff flag by hand, with words of its own. */
export function post(words: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  number += 1;
  return {
    id: { platform: "x", native: `9000${process.pid}${number}` },
    kind: "post",
    channel: "elsewhere",
    text: { state: "delivered", words },
    author: { handle: "solveig_k", name: "Solveig Krog", followers: 12449 },
    visibility: "broadcast",
    permalink: "https://x.com/solveig_k/status/1",
    ...more,
  };
}

/** Puts a post on the desk. */
export async function put(desk: Desk, words: string, more: Record<string, unknown> = {}): Promise<View> {
  const answer = await desk.flag(post(words, more));
  assert.ok(answer.ok, `the desk took it: ${answer.status}`);
  return (await answer.json()) as View;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fails with everything that axe finds wrong with names, roles and contrast. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  // A toast that is still coming has half its contrast.
  await page.waitForTimeout(150);
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
    interface Violation {
      id: string;
      help: string;
      nodes: { html: string; failureSummary: string }[];
    }
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join("\n")}`);
  });
  assert.deepEqual(found, [], `${what}:\n${found.join("\n")}`);
}
