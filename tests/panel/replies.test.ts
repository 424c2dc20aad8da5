/** Answering from the popup: real extension, real workerd, and a server that behaves as the platforms do. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { type Browser, startBrowser } from "../support/browser.ts";
import { type Company, company } from "../support/company.ts";
import { Desk } from "../support/desk.ts";
import { Platforms } from "../support/platforms/platforms.ts";
import { one } from "../support/platforms/replies.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";
import { assertAccessible, openPopup, put, row, shelf, signIn, told } from "./panel.ts";

let northwind: Company;
let worker: Workerd;
let platforms: Platforms;
let ida: Browser;
let desk: Desk;
let number = 4000;
before(async () => {
  northwind = company("northwind");
  platforms = await Platforms.start();
  worker = await startWorkerd({
    settings: { ...northwind.settings, ...platforms.settings(northwind.id), REPLY_ANSWER_SECONDS: "3", REPLY_LOOK_SECONDS: "1" },
  });
  ida = await startBrowser();
  await signIn(ida, worker, northwind, "ida");
  desk = new Desk(worker.url, northwind, "ida");
});
after(async () => {
  await Promise.all([ida?.close(), worker?.close(), platforms?.close()]);
});

/** A fresh post on a platform, on the desk, with words of its own. */
async function fresh(name: string, more: Record<string, unknown> = {}): Promise<{ id: string; words: string }> {
  const own = String(++number);
  const words = `Where is my bag, it is lost since Monday? (${own})`;
  const post = platforms.all.has(name) ? platforms.get(name).api.post(own) : { id: { platform: name, native: own } };
  const { mention } = await put(desk, words, { ...post, text: { state: "delivered", words }, ...more });
  return { id: mention.id, words };
}

/** The popup with this mention open and the answer's box under the hand. */
async function answering(words: string): Promise<Page> {
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, words).waitFor();
  await row(page, words).focus();
  await page.keyboard.press("r");
  await page.locator("#answer").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "answer", "what is typed next lands in the answer");
  return page;
}

const send = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

test("an answer is said once, in public or in private as chosen, and resolving is offered after it", async () => {
  for (const [how, privately] of [["public", false], ["private", true]] as const) {
    const { id, words } = await fresh("facebook");
    const page = await answering(words);
    await page.getByRole("radiogroup", { name: "Who reads it" }).waitFor();
    if (privately) await page.getByRole("radio", { name: "In private" }).check();
    await page.locator("#answer").fill(`We found it, a driver is on the way. (${id})`);
    await send(page, `Send in ${how}`).click();
    await page.getByText(`Said in ${how} on Facebook at`).waitFor();
    const said = platforms.get("facebook").said.filter(({ text }) => text.includes(id));
    assert.deepEqual(said.map((each) => each.privately), [privately]);
    const { reply, ticket } = await one(desk, id);
    assert.deepEqual([reply?.state.is, ticket.state.is, ticket.state.by], ["sent", "claimed", "ida"]);
    await told(page, "Resolve it with E");
    await page.locator(".actions").getByRole("button", { name: "Resolve" }).click();
    await told(page, "Resolved.");
    assert.equal((await one(desk, id)).ticket.state.is, "resolved");
    await page.close();
  }
});

test("what is typed outlives the popup, each mention its own, and is gone when it is said", async () => {
  const [one, other] = [await fresh("mastodon"), await fresh("mastodon")];
  let page = await answering(one.words);
  await page.keyboard.type("We are looking into");
  await (await ida.worker()).evaluate(async () => {
    while (!JSON.stringify(await chrome.storage.session.get("answers")).includes("looking into")) {
      await new Promise((next) => setTimeout(next, 20));
    }
  });
  await page.close();
  page = await answering(other.words);
  assert.equal(await page.locator("#answer").inputValue(), "");
  await page.close();
  page = await answering(one.words);
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#answer")?.value === "We are looking into");
  await page.keyboard.press("End");
  await page.keyboard.type(" it.");
  await page.getByRole("button", { name: "Send in public" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByText("Said in public on Mastodon").waitFor();
  await page.getByRole("button", { name: "Say more" }).click();
  assert.equal(await page.locator("#answer").inputValue(), "");
  await page.close();
});

test("a refusal is told in words to act on, the words stay, and another try is another answer", async () => {
  const { id, words } = await fresh("mastodon");
  platforms.get("mastodon").faults.push("expired");
  const page = await answering(words);
  await page.locator("#answer").fill(`Please send us your tag number. (${id})`);
  await send(page, "Send in public").click();
  const said = page.locator(".refused");
  await said.waitFor();
  assert.match((await said.textContent()) ?? "", /^Mastodon did not take it: .*token.*\.$/i);
  assert.equal(await page.locator("#answer").inputValue(), `Please send us your tag number. (${id})`);
  await assertAccessible(page, "a refused answer");
  await send(page, "Send in public").click();
  await page.getByText("Said in public on Mastodon").waitFor();
  assert.equal(platforms.get("mastodon").holds(id), 1);
  await page.close();
});

test("where nobody knows whether it was said, looking comes before sending again", async () => {
  const { id, words } = await fresh("telegram");
  platforms.get("telegram").faults.push("cut after");
  const page = await answering(words);
  await page.locator("#answer").fill(`It is on the belt. (${id})`);
  await send(page, /^Send in/).click();
  await page.getByText("may or may not have been said").waitFor();
  assert.equal(await page.locator("#answer").count(), 0, "nothing can be sent meanwhile");
  await assertAccessible(page, "an answer of unknown fate");
  await page.getByRole("button", { name: "It is there", exact: true }).click();
  await page.getByText(/Said in public on Telegram/).waitFor();
  assert.equal(platforms.get("telegram").holds(id), 1);
  await page.close();
});

test("an answer that a person looked for and did not find can be sent again", async () => {
  const { id, words } = await fresh("telegram");
  platforms.get("telegram").faults.push("cut before");
  const page = await answering(words);
  await page.locator("#answer").fill(`It is on the belt. (${id})`);
  await send(page, /^Send in/).click();
  await page.getByRole("button", { name: "It is not there" }).click();
  await page.getByText("Ida looked: the answer is not there.").waitFor();
  assert.equal(await page.locator("#answer").inputValue(), `It is on the belt. (${id})`);
  await send(page, /^Send in/).click();
  await page.getByText(/Said in public on Telegram/).waitFor();
  assert.equal(platforms.get("telegram").holds(id), 1);
  await page.close();
});

test("words that are too long are counted and not sent", async () => {
  const { id, words } = await fresh("x");
  const page = await answering(words);
  await send(page, "Send in public").waitFor();
  await page.locator("#answer").fill(`${"ø".repeat(300)} (${id})`);
  await page.getByText(/^\d+ too many$/).waitFor();
  assert.equal(await page.locator("#answer").getAttribute("aria-invalid"), "true");
  await send(page, "Send in public").click();
  await told(page, /characters too many for X/);
  assert.equal(platforms.get("x").holds(id), 0);
  await page.close();
});

test("without a token the words are copied, the mention is claimed, and the post opens", async () => {
  const { id, words } = await fresh("reddit", { permalink: "https://old.reddit.com/r/northwind/answer" });
  ida.sites.serve("https://old.reddit.com/r/northwind/answer", "<!doctype html><title>The post</title>");
  await ida.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await answering(words);
  await page.locator(".elsewhere").waitFor();
  await page.locator("#answer").fill("We found your bag.");
  const opened = ida.context.waitForEvent("page");
  await send(page, "Copy and open the post").click();
  const tab = await opened;
  await tab.waitForURL(/northwind\/answer$/);
  assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), "We found your bag.");
  assert.equal((await desk.one(id)).ticket.state.by, "ida");
  await tab.close();
  await page.close();
});

test("a lost connection loses no word and says nothing twice", async () => {
  for (const arrives of [true, false]) {
    const { id, words } = await fresh("mastodon");
    const page = await answering(words);
    await send(page, "Send in public").waitFor();
    await page.locator("#answer").fill(`On our way. (${id})`);
    // The workspace takes it and its answer never arrives; or not even the request does.
    let tries = 0;
    await page.route("**/reply", async (route) => {
      if (tries++ > 0) return route.continue();
      if (arrives) await route.fetch();
      await route.abort();
    });
    await send(page, "Send in public").click();
    await told(page, "they are never said twice");
    if (!arrives) {
      assert.equal(await page.locator("#answer").inputValue(), `On our way. (${id})`);
      await send(page, "Send in public").click();
    }
    await page.getByText("Said in public on Mastodon").waitFor();
    assert.equal(platforms.get("mastodon").holds(id), 1);
    await page.close();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`names, roles and contrast hold while answering and correcting, ${colorScheme}`, async () => {
    const { words } = await fresh("facebook");
    const page = await answering(words);
    await page.emulateMedia({ colorScheme });
    await page.getByRole("radio", { name: "In public" }).waitFor();
    await page.locator("#answer").fill("We found it.");
    await assertAccessible(page, "the answer's box");
    await page.keyboard.press("Escape");
    await page.locator("#answer").waitFor({ state: "detached" });
    await page.keyboard.press("w");
    await page.getByRole("group", { name: "What is right?" }).waitFor();
    await assertAccessible(page, "the correction's form");
    await page.close();
  });
}
