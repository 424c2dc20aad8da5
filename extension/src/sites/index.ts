/** Every site that the extension can read. */

import type { SiteAdapter } from "./adapter.ts";
import redditOld from "./reddit-old.json" with { type: "json" };
import trustpilot from "./trustpilot.json" with { type: "json" };
import x from "./x.json" with { type: "json" };
import youtube from "./youtube.json" with { type: "json" };

export const sites = [x, redditOld, youtube, trustpilot] as SiteAdapter[];
