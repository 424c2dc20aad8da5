/** Pages to test on: ours, and real ones where they are at hand. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SiteAdapter } from "../../extension/src/sites/adapter.ts";
import { repository } from "./browser.ts";

/** A page that we wrote. */
export function fixture(site: string, name: string): string {
  return readFileSync(join(repository, "tests/fixtures/pages", site, name), "utf8");
}

/** A real page, which stays outside of the repository; `undefined` where it is not there. */
export function sample(name: string): string | undefined {
  const path = join(repository, "../shared/samples/pages", name);
  if (!existsSync(path)) return undefined;
  const page = readFileSync(path, "utf8");
  // Pieces of one page, saved one after the other: all come from inside `main`, which only the first piece has.
  return page.includes("data-fixture-part") ? page.replaceAll(/<(\/?)main\b/g, "<$1div") : page;
}

/** The adapter of a site. */
export function adapter(site: string): SiteAdapter {
  return JSON.parse(readFileSync(join(repository, "extension/src/sites", `${site}.json`), "utf8"));
}

/** An address that the adapter serves. */
export function addressOf(site: SiteAdapter, name: string): string {
  const [host] = site.hosts.filter((pattern) => !pattern.startsWith("*."));
  return `https://${site.site === "trustpilot" ? "www.trustpilot.com" : host}/${name}`;
}
