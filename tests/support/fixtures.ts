/** Pages to test on: ours, and real ones where they are at hand. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SiteAdapter } from "../../extension/src/sites/adapter.ts";
import { repository } from "./browser.ts";

/** A page that we wrote. */
export function fixture(site: string, name: string): string {
  return readFileSync(join(repository, "tests/fixtures/pages", site, name), "utf8");
}

/**
 * A real page, which stays outside of the repository; `undefined` where it is not there. Some are pieces of one page set
 * one after the other: leaving `main` open puts the later ones back inside of it, where they came from.
 */
export function sample(name: string): string | undefined {
  const path = join(repository, "../shared/samples/pages", name);
  return existsSync(path) ? readFileSync(path, "utf8").replaceAll("</main>", "") : undefined;
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
