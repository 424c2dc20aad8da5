/** What a manager does in the popup, with a colleague in another browser and both at one real desk. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Browser, startBrowser } from "../support/browser.ts";
import { type Company, company } from "../support/company.ts";
import { Desk, deliver, told as webhook, urgent } from "../support/desk.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";
import { assertAccessible, lookAgain, openPopup, put, row, shelf, signIn, told } from "./panel.ts";

let northwind: Company;
let worker: Workerd;
let ida: Browser;
let ben: Browser;
let desk: Desk;
before(async () => {
  northwind = company("northwind");
  worker = await startWorkerd({ settings: northwind.settings });
  [ida, ben] = await Promise.all([startBrowser(), startBrowser()]);
  await Promise.all([signIn(ida, worker, northwind, "ida"), signIn(ben, worker, northwind, "ben")]);
  desk = new Desk(worker.url, northwind, "ada");
});
after(async () => {
  await Promise.all([ida?.close(), ben?.close(), worker?.close()]);
});

test("a flagged webhook shows with its words marked, why it waits, who wrote it and how long is left", async () => {
  const body = webhook("created", urgent("panel-1", { author: { handle: "marisa_h", name: "Marisa Hollbrook", followers: 12449 } }));
  assert.equal((await deliver(worker.url, northwind, "standard", body)).status, 200);
  const page = await openPopup(ida);
  const mention = row(page, "stranded at the airport with two small kids");
  await mention.waitFor();
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Northwind Air");
  assert.match((await mention.locator(".who").textContent()) ?? "", /Marisa Hollbrook/);
  assert.match((await mention.locator(".where").textContent()) ?? "", /Forum.*@marisa_h.*12\.4K/);
  assert.match((await mention.locator(".due").textContent()) ?? "", /left$/);
  assert.notEqual(await mention.locator("mark").count(), 0);
  assert.notEqual(await mention.locator(".chip.why").textContent(), "");
  assert.match((await page.locator(".fresh").textContent()) ?? "", /^as of \d\d:\d\d$/);
  await page.close();
});

test("the most urgent comes first, and shelves say how many they hold", async () => {
  await put(desk, "Crew on the early flight were wonderful, thank you so much, we loved every minute!");
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, "Crew on the early flight").waitFor();
  const levels = await page.locator("[data-mention]").evaluateAll((rows) => rows.map((each) => each.className.split(" ")[1] ?? ""));
  const rank = ["critical", "high", "normal", "low", "none"];
  assert.deepEqual(levels, levels.toSorted((one, other) => rank.indexOf(one) - rank.indexOf(other)));
  const { counts } = await new Desk(worker.url, northwind, "ida").list();
  assert.equal(await page.getByRole("tab", { name: "Waiting" }).textContent(), `Waiting${counts.waiting}`);
  await shelf(page, "Praise");
  await row(page, "Crew on the early flight").waitFor();
  await shelf(page, "Mine");
  await page.getByText("You hold nothing").waitFor();
  await page.close();
});

test("search finds words and names, filters narrow, and Escape shows everything again", async () => {
  await put(desk, "My suitcase with the blue ribbon never arrived in Tromsø.", { author: { name: "Aino Virtanen" } });
  await put(desk, "The app shows somebody else's booking to me.", { id: { platform: "trustpilot", native: "narrow-1" } });
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, "blue ribbon").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("BLUE RIBBON");
  await row(page, "somebody else's booking").waitFor({ state: "detached" });
  await row(page, "blue ribbon").waitFor();
  assert.equal(await page.locator("[data-mention]").count(), 1);
  await page.getByRole("searchbox").fill("virtanen");
  await row(page, "blue ribbon").waitFor();
  await page.getByRole("searchbox").fill("no such words anywhere");
  await page.getByText("Nothing fits").waitFor();
  await page.keyboard.press("Escape");
  await row(page, "somebody else's booking").waitFor();
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Platform" }).selectOption("trustpilot");
  await row(page, "blue ribbon").waitFor({ state: "detached" });
  await row(page, "somebody else's booking").waitFor();
  await page.getByRole("combobox", { name: "Urgency" }).selectOption("critical");
  await page.getByText("Nothing fits").waitFor();
  await page.close();
});

test("what one claims the other sees as held, and the popup of who holds it offers the next step", async () => {
  const words = "Rebooked twice today and still no seat, gate C2.";
  await put(desk, words);
  const [idas, bens] = await Promise.all([openPopup(ida), openPopup(ben)]);
  await Promise.all([shelf(idas, "Waiting"), shelf(bens, "Waiting")]);
  await Promise.all([row(idas, words).waitFor(), row(bens, words).waitFor()]);
  await row(idas, words).hover();
  await row(idas, words).getByRole("button", { name: "Claim" }).click();
  await told(idas, "Claimed");
  await row(idas, words).getByRole("button", { name: "Resolve" }).waitFor();
  assert.match((await row(idas, words).locator(".due").textContent()) ?? "", /^yours/);
  await lookAgain(bens);
  // It left the shelf of those that nobody holds.
  await row(bens, words).waitFor({ state: "detached" });
  await bens.keyboard.press("/");
  await bens.getByRole("searchbox").fill("gate C2");
  await bens.getByText("Nothing fits").waitFor();
  await shelf(idas, "Mine");
  await row(idas, words).waitFor();
  await Promise.all([idas.close(), bens.close()]);
});

test("who is too late is told who was faster, and the row says so", async () => {
  const words = "Nobody at desk 14 and my connection leaves in an hour.";
  const { ticket } = await put(desk, words);
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, words).waitFor();
  await new Desk(worker.url, northwind, "ben").act(ticket.id, "claim");
  await row(page, words).hover();
  await row(page, words).getByRole("button", { name: "Claim" }).click();
  await told(page, /^Ben took this one just now\.$/);
  await row(page, words).locator(".due", { hasText: "held by Ben" }).waitFor();
  assert.equal(await row(page, words).getByRole("button").count(), 0, "there is nothing for Ida to do");
  await page.close();
});

test("a note reaches colleagues, with the history of who did what", async () => {
  const words = "Wheelchair was not at the gate in Bodø.";
  await put(desk, words);
  const [idas, bens] = await Promise.all([openPopup(ida), openPopup(ben)]);
  await shelf(idas, "Waiting");
  await row(idas, words).click();
  await idas.keyboard.press("c");
  await told(idas, "Claimed");
  await idas.keyboard.press("n");
  await idas.keyboard.type("Chair is at C4 now.\nCalled her back.");
  await idas.keyboard.press("Control+Enter");
  await idas.locator(".note", { hasText: "Chair is at C4 now." }).waitFor();
  assert.equal(await idas.getByRole("textbox", { name: "Note for colleagues" }).inputValue(), "");
  await bens.keyboard.press("/");
  await bens.getByRole("searchbox").fill("wheelchair");
  await shelf(bens, "Urgent");
  const held = await new Desk(worker.url, northwind, "ben").list({ search: "wheelchair" });
  assert.equal(held.mentions[0]?.notes, 1);
  const { history = [] } = await desk.one(held.mentions[0]?.mention.id ?? "");
  assert.deepEqual(history.map(({ what }) => what), ["admitted", "claimed", "noted"]);
  assert.equal(history.at(-1)?.text, "Chair is at C4 now.\nCalled her back.");
  const told_ = await idas.locator(".history li").allTextContents();
  assert.match(told_.join("|"), /Ada sent it to the desk.*Ida claimed it.*Ida wrote/);
  await Promise.all([idas.close(), bens.close()]);
});

test("a note that cannot be sent is not lost, not even when the popup closes", async () => {
  const words = "Seat 22F has no belt, flight NW 71.";
  const { ticket } = await put(desk, words);
  let page = await openPopup(ida);
  await page.route("**/note", (route) => route.abort());
  await shelf(page, "Waiting");
  await row(page, words).click();
  await page.keyboard.press("n");
  await page.keyboard.type("Told the crew.");
  await page.keyboard.press("Control+Enter");
  await told(page, /Could not reach the workspace.*Nothing was changed/);
  assert.equal(await page.getByRole("textbox", { name: "Note for colleagues" }).inputValue(), "Told the crew.");
  await page.waitForTimeout(300);
  await page.close();
  page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, words).click();
  await page.keyboard.press("n");
  assert.equal(await page.getByRole("textbox", { name: "Note for colleagues" }).inputValue(), "Told the crew.");
  await page.getByRole("button", { name: "Keep note" }).click();
  await page.locator(".note", { hasText: "Told the crew." }).waitFor();
  assert.equal((await desk.one(ticket.id)).notes, 1);
  await page.close();
});

test("resolving takes a mention off the shelf at once, and undo brings it back as it was", async () => {
  const words = "Charged for a bag that I never had, booking 7K2.";
  const { ticket } = await put(desk, words);
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, words).click();
  await page.keyboard.press("c");
  await told(page, "Claimed");
  await page.keyboard.press("e");
  await row(page, words).waitFor({ state: "detached" });
  await told(page, "Resolved.");
  assert.equal((await desk.one(ticket.id)).ticket.state.is, "resolved");
  await page.keyboard.press("z");
  await told(page, "Taken back.");
  const { state } = (await desk.one(ticket.id)).ticket;
  assert.deepEqual([state.is, state.by], ["claimed", "ida"]);
  await shelf(page, "Mine");
  await row(page, words).waitFor();
  await page.close();
});

test("dismissed mentions stand under Closed and can be opened again", async () => {
  const words = "Northwind Air opens a second hangar in Stavanger.";
  const { ticket } = await put(desk, words);
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, words).click();
  await page.keyboard.press("x");
  await told(page, "Dismissed.");
  await shelf(page, "Closed");
  await row(page, words).locator(".due", { hasText: "dismissed by Ida" }).waitFor();
  await row(page, words).hover();
  await row(page, words).getByRole("button", { name: "Reopen" }).click();
  await told(page, "Open again.");
  assert.equal((await desk.one(ticket.id)).ticket.state.is, "waiting");
  await page.close();
});

test("a step that the desk refuses is taken back on the screen", async () => {
  const words = "Lost a red scarf on row 9.";
  const { ticket } = await put(desk, words);
  const page = await openPopup(ida);
  await page.route("**/resolve", (route) => route.abort());
  await shelf(page, "Waiting");
  await row(page, words).click();
  await page.keyboard.press("e");
  await told(page, "Nothing was changed");
  await row(page, words).waitFor();
  assert.equal((await desk.one(ticket.id)).ticket.state.is, "waiting");
  await page.close();
});

test("without a way to answer from here, answering claims the mention first, then opens the post in a tab", async () => {
  const words = "Is the 06:40 to Alta cancelled or not?";
  const { ticket } = await put(desk, words, { permalink: "https://x.com/solveig_k/status/42" });
  ida.sites.serve("https://x.com/solveig_k/status/42", "<!doctype html><title>The post</title>");
  const page = await openPopup(ida);
  await shelf(page, "Waiting");
  await row(page, words).click();
  await page.keyboard.press("r");
  await page.getByRole("button", { name: "Open the post" }).waitFor();
  const opened = ida.context.waitForEvent("page");
  await page.keyboard.press("Control+Enter");
  const tab = await opened;
  await tab.waitForURL("https://x.com/solveig_k/status/42");
  assert.equal((await desk.one(ticket.id)).ticket.state.by, "ida");
  await tab.close();
  await page.close();
});

test("a whole shift by keyboard alone: the keyboard is always where the eye is", async () => {
  const words = ["Keyboard one: bag is gone.", "Keyboard two: bag is gone.", "Keyboard three: bag is gone."];
  for (const each of words) await put(desk, each);
  const page = await openPopup(ida);
  await page.locator("[data-mention]").first().waitFor();
  await page.keyboard.press("2");
  await page.keyboard.press("/");
  await page.keyboard.type("keyboard");
  await page.locator("[data-mention]").nth(2).waitFor();
  await row(page, "stranded at the airport").waitFor({ state: "detached" });
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element?.closest("[data-mention]")?.getAttribute("data-mention") ?? element?.id ?? "";
    });
  const ids = await page.locator("[data-mention]").evaluateAll((rows) => rows.map((each) => each.getAttribute("data-mention")));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), ids[0], "three tabs lead from the field to the list");
  await page.keyboard.press("j");
  assert.equal(await focused(), ids[1]);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), ids[2]);
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.locator(".detail").waitFor();
  assert.equal(await focused(), "detail-heading");
  await page.keyboard.press("c");
  await told(page, "Claimed");
  await page.keyboard.press("n");
  await page.keyboard.type("zzz e x c");
  assert.equal(await page.getByRole("textbox", { name: "Note for colleagues" }).inputValue(), "zzz e x c", "letters are letters in a field");
  await page.keyboard.press("Control+Enter");
  await page.locator(".note", { hasText: "zzz e x c" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.locator(".detail").waitFor({ state: "detached" });
  assert.equal(await focused(), ids[1]);
  await page.keyboard.press("e");
  await page.locator(`[data-mention="${ids[1]}"]`).waitFor({ state: "detached" });
  await page.waitForFunction((id) => document.activeElement?.getAttribute("data-mention") === id, ids[2] ?? "");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("e");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await focused(), ids[2]);
  assert.equal((await desk.one(ids[2] ?? "")).ticket.state.is, "waiting", "keys under the sheet do nothing");
  await page.close();
});

test("hostile texts are shown and do nothing", async () => {
  const markup = `<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script><a href="javascript:globalThis.hacked=1">press</a> hostile markup`;
  await put(desk, markup, { author: { name: "<b>Bold</b> \u202Eevil\u202C <img src=x onerror=globalThis.hacked=1>", handle: "\"><script>" }, permalink: "javascript:globalThis.hacked=1" });
  await put(desk, `hostile bidi \u202E\u2066 fortune \u202D ${"\u0336\u034f\u0489".repeat(200)}`, { permalink: "data:text/html,<script>alert(1)</script>" });
  await put(desk, `hostile length ${"A".repeat(9_985)}`);
  const page = await openPopup(ida);
  page.on("dialog", () => assert.fail("something opened a dialog"));
  await shelf(page, "Waiting");
  await row(page, "hostile length").waitFor();
  for (const words of ["hostile markup", "hostile bidi", "hostile length"]) {
    const mention = row(page, words);
    await mention.waitFor();
    const box = await mention.boundingBox();
    assert.ok(box && box.width <= 420 && box.height < 130, `${words}: a row stays a row, not ${JSON.stringify(box)}`);
    await mention.click();
    await page.locator(".detail").waitFor();
    assert.equal(await page.locator(".detail, .list").locator("img, script, a, iframe, style, b:not(.mood b)").count(), 0, words);
    const wide = await page.locator(".detail .scroll").evaluate((element) => element.scrollWidth - element.clientWidth);
    assert.ok(wide <= 0, `${words}: nothing sticks out`);
    await page.keyboard.press("Escape");
  }
  await row(page, "hostile markup").click();
  assert.equal(await page.locator(".words").textContent(), markup);
  const tabs = ida.context.pages().length;
  await page.keyboard.press("o");
  await told(page, "without an address that can be opened");
  await page.keyboard.press("r");
  await page.getByRole("button", { name: "Copy", exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: /Open/ }).count(), 0);
  await page.keyboard.press("Escape");
  assert.equal(ida.context.pages().length, tabs);
  assert.equal(await page.evaluate(() => "hacked" in globalThis), false);
  await page.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`names, roles and contrast hold on every screen of the popup, ${colorScheme}`, async () => {
    await put(desk, `Contrast ${colorScheme}: charged me twice and nobody answers.`);
    const page = await openPopup(ida);
    await page.emulateMedia({ colorScheme });
    await page.locator("[data-mention]").first().waitFor();
    await assertAccessible(page, "list");
    await shelf(page, "Waiting");
    await page.locator("[data-mention]").first().waitFor();
    await assertAccessible(page, "waiting");
    await page.keyboard.press("/");
    await page.getByRole("searchbox").fill("zebra");
    await page.getByText("Nothing fits").waitFor();
    await assertAccessible(page, "search, empty");
    await page.keyboard.press("Escape");
    await row(page, `Contrast ${colorScheme}`).click();
    await page.locator(".detail").waitFor();
    await page.keyboard.press("c");
    await told(page, "Claimed");
    await assertAccessible(page, "detail with a toast");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await assertAccessible(page, "keys");
    await page.keyboard.press("Escape");
    await shelf(page, "Closed");
    await page.locator("[data-mention]").first().waitFor();
    await assertAccessible(page, "closed");
    await page.close();
  });
}
