/** What webhook bodies imply, said by `earshot triage` and kept by the simplest model of the desk there is. */

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** One platform's bodies, in the order in which they are posted. */
export interface Bodies {
  platform: string;
  files: string[];
}

/** What should be there once all bodies were posted. */
export interface Implied {
  /** Files that the worker should take. */
  accepted: number;
  /** Mentions that should wait on the desk, by id. */
  flagged: Set<string>;
}

interface Outcome {
  events: ({ event: "posted" | "edited"; mention: string; flagged: boolean } | { event: "deleted"; mention: string } | { event: "dropped" })[];
  refused?: string;
}

/** The bodies of a folder that holds a folder a platform. */
export function bodiesIn(folder: string, platforms: readonly string[]): Bodies[] {
  const found = platforms
    .filter((platform) => existsSync(join(folder, platform)))
    .map((platform) => ({
      platform,
      files: readdirSync(join(folder, platform))
        .filter((name) => /\.(json|xml)$/.test(name) && !name.endsWith(".headers.json"))
        .sort()
        .map((name) => join(folder, platform, name)),
    }))
    .filter(({ files }) => files.length > 0);
  if (found.length === 0) throw new Error(`${folder} has no folder named ${platforms.join(", ")} with bodies in it`);
  return found;
}

/** What these bodies imply in the workspace that the profile describes. */
export function implied(earshot: string, profile: string, bodies: Bodies[]): Implied {
  const flagged = new Set<string>();
  const deleted = new Set<string>();
  let accepted = 0;
  for (const { platform, files } of bodies) {
    const said = execFileSync(earshot, ["triage", "--profile", profile, "--platform", platform, ...files], { encoding: "utf8", maxBuffer: 1 << 28 });
    for (const line of said.trim().split("\n")) {
      const outcome = JSON.parse(line) as Outcome;
      if (outcome.refused === undefined) accepted++;
      for (const event of outcome.events) {
        if (event.event === "deleted") {
          flagged.delete(event.mention);
          deleted.add(event.mention);
        } else if (event.event !== "dropped" && event.flagged && !deleted.has(event.mention)) {
          flagged.add(event.mention);
        }
      }
    }
  }
  return { accepted, flagged };
}
