/** What is in the package, without a browser: adapters, words, manifests, sizes. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { hashOf } from "../../extension/src/content/hash.ts";
import { Lately } from "../../extension/src/content/lately.ts";
import { inUnits } from "../../extension/src/content/spans.ts";
import { type Field, type SiteAdapter, servesHost } from "../../extension/src/sites/adapter.ts";
import { EXTENSION, repository } from "../support/browser.ts";

const source = join(repository, "extension");
const folder = join(source, "src/sites");
const adapters = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, adapter: JSON.parse(readFileSync(join(folder, name), "utf8")) as SiteAdapter }));

const ADAPTER_KEYS = "site platform name mode hosts checked lists signsOfPosts posts expected".split(" ");
const SHAPE_KEYS =
  "kind container nested skip id text language author handle permalink published stars likes shares replies partial badge".split(" ");

for (const { name, adapter } of adapters) {
  test(`${name} is a whole site adapter`, () => {
    assert.deepEqual(ADAPTER_KEYS.filter((key) => !(key in adapter)), [], "missing");
    assert.deepEqual(Object.keys(adapter).filter((key) => !ADAPTER_KEYS.includes(key)), [], "unknown");
    assert.equal(`${adapter.site}.json`, name);
    assert.match(adapter.platform, /^[a-z0-9-]{1,32}$/);
    assert.ok(["badge", "panel"].includes(adapter.mode));
    assert.match(adapter.checked, /^20\d\d-(0[1-9]|1[0-2])$/);
    assert.ok(adapter.hosts.length > 0);
    for (const host of adapter.hosts) assert.match(host, /^(\*\.)?([a-z0-9-]+\.)+[a-z]+$/);
    for (const shape of adapter.posts) {
      assert.deepEqual(Object.keys(shape).filter((key) => !SHAPE_KEYS.includes(key)), [], "unknown");
      assert.ok(["post", "comment", "review"].includes(shape.kind));
      assert.ok(shape.text.parts.length > 0 && shape.badge.at.length > 0);
      for (const value of Object.values(shape)) {
        const match = typeof value === "object" ? (value as Field).match : undefined;
        // A field's value is the first group.
        if (match !== undefined) assert.match(match, /^[^(]*\((?!\?)/);
        if (match !== undefined) assert.doesNotThrow(() => new RegExp(match));
      }
    }
    assert.ok(Object.keys(adapter.expected.fixtures).length > 0, "a page of ours to hold it against");
  });
}

test("a subdomain belongs to a site whose hosts say so, a look-alike never", () => {
  const hosts = (...hosts: string[]) => ({ ...(adapters[0]?.adapter as SiteAdapter), hosts });
  assert.ok(servesHost(hosts("x.com"), "x.com"));
  assert.ok(servesHost(hosts("*.trustpilot.com"), "de.trustpilot.com"));
  assert.ok(!servesHost(hosts("x.com"), "notx.com"));
  assert.ok(!servesHost(hosts("*.trustpilot.com"), "eviltrustpilot.com"));
});

const locale = (language: string): Record<string, { message: string; placeholders?: unknown }> =>
  JSON.parse(readFileSync(join(source, "_locales", language, "messages.json"), "utf8"));

test("every signal has its word in every language", () => {
  const signals = join(repository, "crates/reading/src/signals");
  const codes = readdirSync(signals)
    .filter((name) => name.endsWith(".rs"))
    .flatMap((name) => [...readFileSync(join(signals, name), "utf8").matchAll(/\bcode: "(\w+)"/g)].map((match) => match[1]));
  assert.ok(codes.length > 10, "the signals are where this test looks for them");
  const flag = readFileSync(join(repository, "crates/mention/src/flag.rs"), "utf8");
  const flags = [...flag.matchAll(/Self::named\("(\w+)"\)/g)].map((match) => match[1]);
  assert.ok(flags.length > 10, "triage's reasons are where this test looks for them");
  codes.push(...flags);
  for (const language of readdirSync(join(source, "_locales"))) {
    const words = locale(language);
    assert.deepEqual(codes.filter((code) => !words[`reason_${code}`]?.message), [], language);
  }
});

test("every language has the same messages with the same values", () => {
  const english = locale("en");
  for (const language of readdirSync(join(source, "_locales"))) {
    const words = locale(language);
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort(), language);
    for (const [key, { message, placeholders }] of Object.entries(words)) {
      assert.ok(message.length > 0 && !message.includes("!"), `${language} ${key}`);
      assert.deepEqual(placeholders, english[key]?.placeholders, `${language} ${key}`);
    }
  }
});

test("every message that the code asks for is there", () => {
  const files = readdirSync(join(source, "src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const asked = files.flatMap((name) => [...readFileSync(join(source, "src", name), "utf8").matchAll(/\bmessage\("(\w+)"/g)].map(([, key]) => key));
  const english = locale("en");
  assert.ok(asked.length > 10);
  assert.deepEqual(asked.filter((key) => key === undefined || !english[key]), []);
});

test("spans in bytes become spans in units, whatever stands before them", () => {
  const cases: [string, string][] = [
    ["plain words", "words"],
    ["größer als Öl", "Öl"],
    ["👩‍👩‍👧 lost my bag 😡", "😡"],
    ["เที่ยวบินล่าช้า", "บิน"],
  ];
  for (const [text, part] of cases) {
    const start = Buffer.byteLength(text.slice(0, text.indexOf(part)));
    const [span] = inUnits(text, [{ start, end: start + Buffer.byteLength(part) }]);
    assert.equal(text.slice(span?.start, span?.end), part);
  }
  assert.deepEqual(inUnits("ö", [{ start: 1, end: 2 }, { start: 0, end: 9 }, { start: 2, end: 2 }]), [], "spans that are none");
});

test("texts that differ have different hashes", () => {
  const texts = ["", "a", "b", "ab", "ba", "Where is my order?", "Where is my order", "😡", "😠"];
  assert.equal(new Set(texts.map(hashOf)).size, texts.length);
});

test("what was used longest ago is forgotten first", () => {
  const kept = new Lately<number>(2);
  kept.set("a", 1);
  kept.set("b", 2);
  kept.get("a");
  kept.set("c", 3);
  assert.deepEqual([kept.get("a"), kept.get("b"), kept.get("c")], [1, undefined, 3]);
});

test("the manifest asks for little and runs nothing from elsewhere", () => {
  const manifest = JSON.parse(readFileSync(join(source, "manifest.json"), "utf8"));
  assert.deepEqual(manifest.permissions, ["storage", "scripting", "alarms", "notifications"]);
  assert.equal(manifest.host_permissions, undefined);
  assert.equal(manifest.web_accessible_resources, undefined);
  const policy = manifest.content_security_policy.extension_pages as string;
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  assert.deepEqual(manifest.browser_specific_settings.gecko.data_collection_permissions.required, ["none"]);
});

test("the content script is under 30 KB gzipped, builds no markup from strings and holds no timer", () => {
  const script = readFileSync(join(EXTENSION, "content.js"));
  const size = gzipSync(script).length;
  assert.ok(size < 30_000, `${size} bytes`);
  for (const forbidden of [/innerHTML|outerHTML|insertAdjacentHTML|document\.write/, /setTimeout|setInterval|requestIdleCallback/, /\beval\(|new Function/]) {
    assert.doesNotMatch(script.toString(), forbidden);
  }
});

test("every ink stands out from its paper, 4.5 to 1, in light and in dark", () => {
  const theme = readFileSync(join(source, "src/content/theme.ts"), "utf8");
  const pages: Record<string, string[]> = { LIGHT: ["#ffffff"], DARK: ["#000000", "#15202b", "#1a1a1b"] };
  for (const [name, papers] of Object.entries(pages)) {
    const text = new RegExp(`const ${name} = \x60([^\x60]+)`).exec(theme)?.[1] ?? "";
    const colours = new Map([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, key, colour]) => [key, colour]));
    const colour = (key: string): string => colours.get(key) ?? assert.fail(`${name} has no ${key}`);
    const pairs = [
      ...["ink", "soft"].map((ink) => [colour(ink), colour("paper")]),
      ...["mark", "normal", "high", "critical", "go"].map((paper) => [colour(`${paper}-ink`), colour(paper)]),
      // The quiet marks stand on the site's own paper.
      ...["faint", "good", "bad"].flatMap((ink) => papers.map((paper) => [colour(ink), paper])),
    ] as [string, string][];
    for (const [ink, paper] of pairs) {
      assert.ok(contrast(ink, paper) >= 4.5, `${name}: ${ink} on ${paper} is ${contrast(ink, paper).toFixed(2)}`);
    }
  }
});

/** <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio> */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
