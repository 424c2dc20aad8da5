/** What the popup shows when there is no desk to show. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { type Browser, startBrowser } from "../support/browser.ts";
import { type Company, company } from "../support/company.ts";
import { Desk } from "../support/desk.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";
import { assertAccessible, forget, lookAgain, openPopup, put, row, shelf, signIn } from "./panel.ts";

const WORDS = "Passport is in the seat pocket of NW 12, please look.";

let northwind: Company;
let worker: Workerd;
let ida: Browser;
before(async () => {
  northwind = company("northwind");
  worker = await startWorkerd({ settings: northwind.settings });
  ida = await startBrowser();
  await put(new Desk(worker.url, northwind, "ada"), WORDS);
});
afterEach(() => forget(ida));
after(async () => {
  await Promise.all([ida?.close(), worker?.close()]);
});

/** Waits until the browser keeps this for the session. */
async function untilKept(key: string): Promise<void> {
  const working = await ida.worker();
  await working.evaluate(async (wanted) => {
    while (!(wanted in (await chrome.storage.session.get()))) await new Promise((next) => setTimeout(next, 20));
  }, key);
}

test("without a workspace the popup says what would be here and leads to the options", async () => {
  const page = await openPopup(ida);
  await page.getByText("No workspace yet").waitFor();
  await page.getByText("posts are read on this computer and stay here").waitFor();
  await assertAccessible(page, "no workspace");
  const opened = ida.context.waitForEvent("page");
  await page.getByRole("button", { name: "Set up a workspace" }).click();
  const options = await opened;
  await options.waitForURL(/options\.html$/);
  await options.close();
  await page.close();
});

test("a workspace that is set while the popup is open shows its list", async () => {
  const page = await openPopup(ida);
  await page.getByText("No workspace yet").waitFor();
  await signIn(ida, worker, northwind, "ida");
  await page.getByRole("tab", { name: "Waiting" }).click();
  await row(page, WORDS).waitFor();
  await page.close();
});

test("a key that is not accepted is named, and what was kept with it is gone", async () => {
  await signIn(ida, worker, northwind, "ida");
  let page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, WORDS).waitFor();
  await untilKept("shelf_waiting");
  await page.close();
  await signIn(ida, worker, northwind, "ida", `esk_ida_${"0".repeat(64)}`);
  page = await openPopup(ida);
  await page.getByText("did not accept your key").waitFor();
  await assertAccessible(page, "unauthorised");
  assert.equal(await page.getByText(WORDS).count(), 0);
  const kept = await (await ida.worker()).evaluate(async () => JSON.stringify(await chrome.storage.session.get()));
  assert.ok(!kept.includes("Passport"), "no text of the workspace is kept for a key that it does not know");
  await page.close();
});

test("what was kept of one workspace is never shown for another", async () => {
  await signIn(ida, worker, northwind, "ida");
  let page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, WORDS).waitFor();
  await untilKept("shelf_waiting");
  await page.close();
  const elsewhere = { workspace: { url: "http://127.0.0.1:9", workspace: "contoso", key: northwind.key("ida") } };
  await (await ida.worker()).evaluate((settings) => chrome.storage.local.set({ settings }), elsewhere);
  page = await openPopup(ida);
  await shelf(page, "Waiting");
  await page.getByText("Could not reach the workspace").first().waitFor();
  assert.equal(await page.getByText(WORDS).count(), 0);
  await page.close();
});

test("out of reach, the popup shows what was here and when, and is live again by itself", async () => {
  await signIn(ida, worker, northwind, "ida");
  let page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, WORDS).waitFor();
  await page.locator(".fresh.live").waitFor();
  await worker.kill();
  await lookAgain(page);
  await page.getByText(/Could not reach the workspace, showing what was here at \d\d:\d\d\./).waitFor();
  await row(page, WORDS).waitFor();
  await page.close();

  page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, WORDS).waitFor();
  await page.getByText(/showing what was here at \d\d:\d\d\./).waitFor();
  await assertAccessible(page, "offline");
  await page.keyboard.press("c");
  await page.locator(".toast", { hasText: "Nothing was changed" }).waitFor();
  assert.match((await row(page, WORDS).locator(".due").textContent()) ?? "", /left$/, "the claim was taken back on the screen");
  await shelf(page, "Praise");
  await page.getByText("Nothing was kept of this shelf").waitFor();

  await worker.start();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".fresh.live").waitFor();
  await page.close();
});

test("a workspace that sends no list says why in its own words", async () => {
  await signIn(ida, worker, northwind, "ida");
  const page = await ida.context.newPage();
  const problem = { type: "internal", title: "Something broke", status: 500, detail: "the desk is being moved; try again in a minute" };
  await page.route("**/mentions?*", (route) =>
    route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(problem) }),
  );
  await page.goto(`chrome-extension://${ida.id}/popup.html`);
  await page.getByText("The desk is being moved; try again in a minute.").waitFor();
  await page.close();
});

test("while the desk is asked for the first time, rows to come are drawn, still", async () => {
  await signIn(ida, worker, northwind, "ida");
  const page = await ida.context.newPage();
  let answer = (): void => {};
  await page.route("**/mentions?*", async (route) => {
    await new Promise<void>((done) => (answer = done));
    await route.continue();
  });
  await page.goto(`chrome-extension://${ida.id}/popup.html`);
  await page.locator(".skeleton").waitFor();
  await assertAccessible(page, "loading");
  const moving = await page.evaluate(() => document.getAnimations().length);
  assert.equal(moving, 0);
  answer();
  await page.locator(".skeleton").waitFor({ state: "detached" });
  await page.close();
});
