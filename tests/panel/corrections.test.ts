/** "That's wrong" in the popup: what a person here says is shown here, and the desk keeps its own. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { type Browser, startBrowser } from "../support/browser.ts";
import { type Company, company } from "../support/company.ts";
import { Desk } from "../support/desk.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";
import { openPopup, put, row, shelf, signIn, told } from "./panel.ts";

const WORDS = "Stuck at gate B14, nobody answers for hours, help!";

let northwind: Company;
let worker: Workerd;
let ida: Browser;
let desk: Desk;
before(async () => {
  northwind = company("northwind");
  worker = await startWorkerd({ settings: northwind.settings });
  ida = await startBrowser();
  await signIn(ida, worker, northwind, "ida");
  desk = new Desk(worker.url, northwind, "ada");
  await put(desk, WORDS);
  await put(desk, "Is the lounge open on Sunday?", { id: { platform: "reddit", native: "lounge-1" } });
});
afterEach(async () => {
  await (await ida.worker()).evaluate(() => chrome.storage.local.remove("corrections"));
});
after(async () => {
  await Promise.all([ida?.close(), worker?.close()]);
});

const kept = async (): Promise<unknown> =>
  (await ida.worker()).evaluate(async () => (await chrome.storage.local.get("corrections"))["corrections"]);

test("by key: a mention reads as the person says, the desk keeps its own, and undo takes it back", async () => {
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  const mention = row(page, WORDS);
  await mention.waitFor();
  const level = (await mention.getAttribute("class"))?.split(" ")[1];
  assert.ok(level === "critical" || level === "high", level);
  await mention.focus();
  await page.keyboard.press("w");
  const form = page.getByRole("group", { name: "What is right?" });
  await form.waitFor();
  assert.equal(await form.getByRole("radio", { name: "negative" }).isChecked(), true, "it starts with what was read");
  await form.getByRole("radio", { name: "Can wait" }).check();
  await form.getByLabel("For these words").press("Control+Enter");
  await told(page, "Kept on this computer");
  await page.locator(".detail.low").waitFor();
  await page.locator(".read", { hasText: "corrected by you" }).waitFor();
  assert.deepEqual(await kept(), [{ text: WORDS, urgency: "low" }]);
  await page.keyboard.press("Escape");
  await row(page, WORDS).locator(".chip", { hasText: "corrected by you" }).waitFor();
  assert.match((await row(page, WORDS).getAttribute("class")) ?? "", /\blow\b/);
  const there = (await desk.list()).mentions.find((view) => view.mention.post.text.words === WORDS);
  assert.equal(there?.ticket.level, level, "the desk's own reading stays");
  await page.keyboard.press("z");
  await told(page, "Taken back");
  await row(page, WORDS).locator(".chip", { hasText: "corrected by you" }).waitFor({ state: "detached" });
  assert.deepEqual(await kept(), []);
  await page.close();
});

test("a correction made elsewhere in this browser shows in an open popup", async () => {
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, WORDS).waitFor();
  await (await ida.worker()).evaluate(() =>
    chrome.storage.local.set({ corrections: [{ text: "stuck at gate B14", phrase: true, about_us: false }] }),
  );
  await row(page, WORDS).locator(".chip", { hasText: "not about us, you said" }).waitFor();
  await page.close();
});

test("what cannot be known again is refused and nothing is kept", async () => {
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, WORDS).focus();
  await page.keyboard.press("w");
  const form = page.getByRole("group", { name: "What is right?" });
  await form.getByRole("button", { name: "Keep" }).click();
  await told(page, "Nothing was changed");
  await form.getByRole("checkbox", { name: "Not about us" }).check();
  await form.getByLabel("For these words").fill("stuck");
  await form.getByRole("button", { name: "Keep" }).click();
  await told(page, "One word says too little");
  assert.equal(await kept(), undefined);
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  await page.close();
});

test("corrections that cannot be read are told, and not overwritten", async () => {
  await (await ida.worker()).evaluate(() => chrome.storage.local.set({ corrections: "all of them" }));
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, WORDS).focus();
  await page.keyboard.press("w");
  await told(page, "cannot be read by this version");
  assert.equal(await page.getByRole("group", { name: "What is right?" }).count(), 0);
  assert.equal(await kept(), "all of them");
  await page.close();
});

test("the places to narrow to are those that the mentions come from", async () => {
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, "lounge").waitFor();
  await page.keyboard.press("/");
  const places = page.getByRole("combobox", { name: "Platform" });
  assert.deepEqual(await places.locator("option").allTextContents(), ["All places", "Reddit", "X"]);
  await places.selectOption("reddit");
  await row(page, WORDS).waitFor({ state: "detached" });
  assert.deepEqual(await places.locator("option").allTextContents(), ["All places", "Reddit", "X"], "they stay while one is chosen");
  assert.equal(await places.inputValue(), "reddit");
  await page.close();
});
