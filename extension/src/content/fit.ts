/** Whether a site's adapter still fits the site. A page that looks calm because nothing was read would be a lie. */

import type { SiteAdapter } from "../sites/adapter.ts";

/** So many posts must be missing something before the adapter, not the post, is to blame. */
const ENOUGH = 4;

export type Finding = "read" | "no id" | "no text" | "no place";

export class Fit {
  readonly #adapter: SiteAdapter;
  readonly #changed: (fits: boolean) => void;
  readonly #findings = new Map<Finding, number>();
  #fits = true;

  constructor(adapter: SiteAdapter, changed: (fits: boolean) => void) {
    this.#adapter = adapter;
    this.#changed = changed;
  }

  /** Notes what became of one post. */
  found(finding: Finding): void {
    this.#findings.set(finding, (this.#findings.get(finding) ?? 0) + 1);
  }

  /** Judges, and reports a changed verdict. `known`: how many posts are known on this page. */
  judge(known: number): void {
    const read = this.#findings.get("read") ?? 0;
    const without = ["no id", "no text", "no place"].reduce((sum, finding) => sum + (this.#findings.get(finding as Finding) ?? 0), 0);
    const nothingRead = read === 0 && without >= ENOUGH;
    const nothingFound = known === 0 && document.querySelectorAll(this.#adapter.signsOfPosts).length >= ENOUGH;
    const fits = !nothingRead && !nothingFound;
    if (fits === this.#fits) return;
    this.#fits = fits;
    this.#changed(fits);
  }
}
