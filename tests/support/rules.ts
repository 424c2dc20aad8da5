/**
 * What desk and KV must hold after deliveries, by the product's rules and none of its code:
 *
 * - A post that is worth a look is admitted once; telling of it again changes nothing.
 * - An edit that is newer than what is known takes its place, worth a look or not; an older one changes nothing. One of
 *   a post that is not on the desk brings it there if it is worth a look, and is let go if not.
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

  tell({ what, mark, at }: Told, mention: string, flagged: boolean): void {
    if (what === "deleted") {
      this.held.delete(mention);
      this.gone.add(mention);
      return;
    }
    if (this.gone.has(mention)) return;
    const known = this.held.get(mention);
    if (!known) {
      if (flagged) this.held.set(mention, { mark, at: what === "edited" ? at : undefined, edits: 0 });
      return;
    }
    if (what === "posted" || (known.at !== undefined && at !== undefined && at <= known.at)) return;
    if (known.mark === mark) return;
    Object.assign(known, { mark, at: at ?? known.at, edits: known.edits + 1 });
  }
}
