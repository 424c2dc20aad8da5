/**
 * What desk and KV must hold after deliveries, by the product's rules and none of its code:
 *
 * - A post that is worth a look is admitted once; telling of it again changes nothing.
 * - An edit that is newer than what is known takes its place, worth a look or not; an older one changes nothing. One of
 *   a post that is not on the desk brings it there if it is worth a look. If not it is kept in mind, and takes its place
 *   when an older version comes that is worth a look: the order in which versions come does not matter.
 * - A deletion takes everything, and the post never comes back, also where the deletion came first.
 */

import type { Told } from "./day.ts";

/** A mention on the desk. */
export interface Held {
  mark: string | undefined;
  at: number | undefined;
  edits: number;
}

export class Rules {
  readonly held = new Map<string, Held>();
  readonly gone = new Set<string>();
  /** Edits that came before anything that is worth a look. */
  readonly inMind = new Map<string, { mark: string | undefined; at: number | undefined }>();

  tell({ what, mark, at }: Told, mention: string, flagged: boolean): void {
    if (what === "deleted") {
      this.held.delete(mention);
      this.inMind.delete(mention);
      this.gone.add(mention);
      return;
    }
    if (this.gone.has(mention)) return;
    const isOlder = (than: { at: number | undefined }): boolean => what === "posted" || (than.at !== undefined && at !== undefined && at <= than.at);
    const known = this.held.get(mention);
    if (!known) {
      const kept = this.inMind.get(mention);
      const overtaken = kept !== undefined && isOlder(kept);
      if (flagged && overtaken) this.held.set(mention, { ...kept, edits: 1 });
      else if (flagged) this.held.set(mention, { mark, at: what === "edited" ? at : undefined, edits: 0 });
      else if (what === "edited" && !overtaken) this.inMind.set(mention, { mark, at });
      if (flagged) this.inMind.delete(mention);
      return;
    }
    if (isOlder(known)) return;
    if (known.mark === mark) return;
    Object.assign(known, { mark, at: at ?? known.at, edits: known.edits + 1 });
  }
}
