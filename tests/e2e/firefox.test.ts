/** The Firefox package in a real Firefox: badges on a page with X's policy, and the pages of the extension itself. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { repository } from "../support/browser.ts";
import { Firefox, firefoxProgram } from "../support/firefox.ts";
import { fixture } from "../support/fixtures.ts";
import { STRICTEST } from "../support/sites.ts";

/** The unpacked package for Firefox, which has no site's hosts until a person grants them. */
const EXTENSION = process.env.EARSHOT_FIREFOX_EXTENSION ?? join(repository, "dist/extension-firefox");
const program = firefoxProgram();
const missing = program === undefined ? "no Firefox on this machine: install one, or name it in FIREFOX" : !existsSync(EXTENSION) && `${EXTENSION} is not built`;

let firefox: Firefox | undefined;
before(async () => {
  if (program !== undefined && !missing) firefox = await Firefox.start(program, EXTENSION);
});
after(() => firefox?.close());

const BADGES = `[...document.querySelectorAll("earshot-badge")].map((badge) => badge.getAttribute("urgency"))`;

const X = "#site-x";

test("a site is read from the moment that a person switches it on, and no other with it", { skip: missing }, async () => {
  assert.ok(firefox);
  firefox.sites.serve("https://x.com/usual", fixture("x", "timeline.html"));
  firefox.sites.serve("https://old.reddit.com/r/usual", fixture("reddit-old", "comments.html"));
  const page = await firefox.open("https://x.com/usual");
  const options = await firefox.open(firefox.page("options.html"));
  await firefox.until(options, `document.querySelectorAll(".sites [role=switch]").length === 4`);
  assert.equal(await firefox.evaluate(options, `document.querySelectorAll(".sites :checked").length`), 0);
  assert.deepEqual(await firefox.evaluate(page, BADGES), []);
  await firefox.click(options, X);
  await firefox.until(options, `document.querySelector("${X}").checked`);
  // In the tab that was open before; those in sight, the others wait until they come into it.
  await firefox.until(page, `${BADGES}.length > 3`);
  assert.equal((await firefox.evaluate<string[]>(page, BADGES))[0], "critical");
  assert.equal(await firefox.evaluate(options, `document.querySelectorAll(".sites :checked").length`), 1);
  const other = await firefox.open("https://old.reddit.com/r/usual");
  assert.deepEqual(await firefox.evaluate(other, BADGES), []);
});

test("badges appear in Firefox on a page that forbids everything", { skip: missing }, async () => {
  assert.ok(firefox);
  firefox.sites.serve("https://x.com/strictest", fixture("x", "timeline.html"), STRICTEST);
  const page = await firefox.open("https://x.com/strictest");
  await firefox.until(page, `${BADGES}.length > 3`);
});

test("the popup opens in Firefox and says what would be there", { skip: missing }, async () => {
  assert.ok(firefox);
  const popup = await firefox.open(firefox.page("popup.html"));
  await firefox.until(popup, `document.body.textContent.includes("No workspace yet")`);
});
