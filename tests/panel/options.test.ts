/** What a person sets up in the options. */

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { type Browser, startBrowser } from "../support/browser.ts";
import { type Company, company } from "../support/company.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";
import { assertAccessible, forget, keep, kept, openOptions, signIn } from "./panel.ts";

let northwind: Company;
let worker: Workerd;
let ida: Browser;
before(async () => {
  northwind = company("northwind");
  worker = await startWorkerd({ settings: northwind.settings });
  ida = await startBrowser();
});
afterEach(() => forget(ida));
after(async () => {
  await Promise.all([ida?.close(), worker?.close()]);
});

async function enter(page: Page, url: string, workspace: string, key: string): Promise<void> {
  await page.getByLabel("Address of the worker").fill(url);
  await page.getByLabel("Workspace", { exact: true }).and(page.locator("input")).fill(workspace);
  await page.getByLabel("Your key").fill(key);
  await page.getByRole("button", { name: "Try and keep" }).click();
}

/** Waits until what is kept fits. */
async function untilKept(check: (settings: Record<string, unknown> | undefined) => boolean): Promise<Record<string, unknown> | undefined> {
  for (;;) {
    const settings = await kept(ida);
    if (check(settings)) return settings;
    await new Promise((next) => setTimeout(next, 50));
  }
}

test("a workspace is tried before it is kept, and says who you are", async () => {
  const page = await openOptions(ida);
  await enter(page, `${worker.url}/`, "northwind", northwind.key("ida"));
  await page.getByText("Connected to Northwind Air as Ida.").waitFor();
  const settings = await untilKept((settings) => settings?.["workspace"] !== undefined);
  assert.deepEqual(settings?.["workspace"], { url: worker.url, workspace: "northwind", key: northwind.key("ida") });
  assert.equal(await page.getByLabel("Your key").inputValue(), "", "a key that is kept is not shown again");
  await page.reload();
  await page.getByRole("button", { name: "Disconnect" }).click();
  await untilKept((settings) => settings?.["workspace"] === undefined);
  await page.close();
});

test("what cannot be a workspace is refused before anything is sent", async () => {
  const page = await openOptions(ida);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByLabel("Your key").waitFor();
  for (const [url, workspace, key, said] of [
    ["northwind.example", "northwind", northwind.key("ida"), "Write the whole address"],
    ["http://northwind.example", "northwind", northwind.key("ida"), "must start with https://"],
    ["https://northwind.example", "../healthz", northwind.key("ida"), "A workspace's id is"],
    ["https://northwind.example", "northwind", "esk_ida_123", "A key looks like"],
    ["https://northwind.example", "northwind", "", "A key looks like"],
  ] as const) {
    await enter(page, url, workspace, key);
    await page.getByText(said).waitFor();
  }
  assert.deepEqual(asked.filter((address) => address.startsWith("http")), []);
  assert.equal((await kept(ida))?.["workspace"], undefined);
  await page.close();
});

test("a key that the workspace does not know is not kept", async () => {
  const page = await openOptions(ida);
  await enter(page, worker.url, "northwind", `esk_ida_${"0".repeat(64)}`);
  await page.getByText("does not know this key").waitFor();
  assert.equal((await kept(ida))?.["workspace"], undefined);
  await page.close();
});

test("a workspace that nobody answers for can be kept untried", async () => {
  const page = await openOptions(ida);
  await enter(page, "http://127.0.0.1:9", "northwind", northwind.key("ida"));
  await page.getByText("Could not reach the workspace").waitFor();
  assert.equal((await kept(ida))?.["workspace"], undefined);
  await page.getByRole("button", { name: "Keep it untried" }).click();
  await untilKept((settings) => settings?.["workspace"] !== undefined);
  await page.close();
});

test("a kept key never travels to another address", async () => {
  await signIn(ida, worker, northwind, "ida");
  const page = await openOptions(ida);
  await page.getByLabel("Address of the worker").fill("https://elsewhere.example");
  await page.getByRole("button", { name: "Try and keep" }).click();
  await page.getByText("A key looks like").waitFor();
  await page.close();
});

test("a brand is kept with every way that people write it", async () => {
  const page = await openOptions(ida);
  await page.getByLabel("Name of a brand to add").fill("Northwind Air");
  await page.getByRole("button", { name: "Add a brand" }).click();
  const brand = page.getByRole("group", { name: "Northwind Air" });
  await brand.getByLabel("Another name people write").fill("NWA, Northwind");
  await brand.getByLabel("Another name people write").press("Enter");
  await brand.getByLabel("Capitals matter in NWA").click();
  await brand.getByLabel("Handles").fill("@northwindair, @nwa_help");
  await brand.getByLabel("Hashtags").fill("#flynorthwind");
  await brand.getByLabel("Not when it says").fill("Northwind Orchestra");
  await brand.getByLabel("Not when it says").blur();
  await page.getByLabel("Name of a brand to add").fill("Contoso Airways");
  await page.getByLabel("Name of a brand to add").press("Enter");
  await page.getByRole("group", { name: "Contoso Airways" }).getByLabel("Whose brand it is").selectOption("competitor");
  const wanted = [
    {
      id: "northwind-air", name: "Northwind Air", side: "ours",
      aliases: ["Northwind Air", { text: "NWA", case_matters: true }, "Northwind"],
      handles: ["northwindair", "nwa_help"], hashtags: ["flynorthwind"], exclusions: ["Northwind Orchestra"],
    },
    { id: "contoso-airways", name: "Contoso Airways", side: "competitor", aliases: ["Contoso Airways"], handles: [], hashtags: [], exclusions: [] },
  ];
  const settings = await untilKept((settings) => (settings?.["brands"] as { side: string }[] | undefined)?.[1]?.side === "competitor");
  assert.deepEqual(settings?.["brands"], wanted);
  await page.getByRole("group", { name: "Contoso Airways" }).getByRole("button", { name: "Remove", exact: true }).first().click();
  await untilKept((settings) => (settings?.["brands"] as unknown[]).length === 1);
  await page.getByRole("button", { name: "Undo" }).click();
  const back = await untilKept((settings) => (settings?.["brands"] as unknown[]).length === 2);
  assert.deepEqual(back?.["brands"], wanted);
  await page.close();
});

test("sites are switched one at a time", async () => {
  const page = await openOptions(ida);
  const reddit = page.getByRole("switch", { name: "Reddit (old)" });
  await reddit.waitFor();
  assert.equal(await reddit.isChecked(), true, "its hosts are granted in this build");
  await reddit.click();
  const settings = await untilKept((settings) => settings?.["sites"] !== undefined);
  assert.deepEqual(settings?.["sites"], { "reddit-old": false });
  assert.equal(await page.getByRole("switch", { name: "YouTube comments" }).isChecked(), true);
  await reddit.click();
  await untilKept((settings) => (settings?.["sites"] as Record<string, boolean>)["reddit-old"] === true);
  await page.close();
});

test("thresholds are kept", async () => {
  const page = await openOptions(ida);
  await page.getByLabel("A badge carries a word from").selectOption("high");
  await page.getByLabel("A new mention makes a notification from").selectOption("none");
  const settings = await untilKept(
    (settings) => (settings?.["thresholds"] as Record<string, string> | undefined)?.["notify_from"] === "none",
  );
  assert.deepEqual(settings?.["thresholds"], { words_from: "high", notify_from: "none" });
  await page.reload();
  await page.getByLabel("A badge carries a word from").waitFor();
  assert.equal(await page.getByLabel("A badge carries a word from").inputValue(), "high");
  await page.close();
});

test("forgetting asks first, then leaves nothing", async () => {
  await signIn(ida, worker, northwind, "ida");
  const page = await openOptions(ida);
  await page.getByRole("button", { name: "Remove everything kept here" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  assert.notEqual(await kept(ida), undefined);
  await page.getByRole("button", { name: "Remove everything kept here" }).click();
  await page.getByRole("button", { name: "Remove everything", exact: true }).click();
  await page.getByText("Everything that was kept here is gone.").waitFor();
  const left = await (await ida.worker()).evaluate(async () => Object.keys(await chrome.storage.local.get()));
  assert.deepEqual(left.filter((key) => key === "settings"), []);
  assert.equal(await page.getByLabel("Address of the worker").inputValue(), "");
  await page.close();
});

test("settings that cannot be read are said to be so and are not overwritten", async () => {
  await keep(ida, { brands: "all of them" });
  const page = await openOptions(ida);
  await page.getByText("cannot be read by this version").waitFor();
  assert.equal(await page.getByRole("button", { name: "Add a brand" }).count(), 0);
  assert.deepEqual(await kept(ida), { brands: "all of them" });
  await page.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`names, roles and contrast hold in the options, ${colorScheme}`, async () => {
    await keep(ida, { brands: [{ id: "northwind", name: "Northwind Air", aliases: ["Northwind", { text: "NWA", case_matters: true }] }] });
    const page = await openOptions(ida);
    await page.emulateMedia({ colorScheme });
    await page.getByRole("switch").first().waitFor();
    await assertAccessible(page, "options");
    await page.getByRole("button", { name: "Try and keep" }).click();
    await page.locator(".failed").waitFor();
    await page.getByRole("button", { name: "Remove everything kept here" }).click();
    await assertAccessible(page, "options with a problem and a question");
    await page.close();
  });
}
