/** The badges on a page. */

import type { Page } from "playwright-core";

export interface Badge {
  post: string;
  sentiment: string;
  urgency: string;
  name: string;
}

/** Every badge, in the page's order. */
export function badges(page: Page): Promise<Badge[]> {
  return page.locator("earshot-badge").evaluateAll((elements) =>
    elements.map((element) => ({
      post: element.getAttribute("post") ?? "",
      sentiment: element.getAttribute("sentiment") ?? "",
      urgency: element.getAttribute("urgency") ?? "",
      name: element.getAttribute("aria-label") ?? "",
    })),
  );
}

/** Waits until there are exactly so many. */
export async function waitForBadges(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelectorAll("earshot-badge").length === wanted, count, {
    timeout: 15_000,
  });
}

/** Brings every post into sight, one after the other, and waits for the badge of each. Returns how many there are. */
export async function scrollThrough(page: Page, containers: string): Promise<number> {
  const posts = page.locator(containers);
  const count = await posts.count();
  for (let index = 0; index < count; index++) {
    await posts.nth(index).evaluate((post) => post.scrollIntoView({ block: "center" }));
    await posts.nth(index).locator("earshot-badge").first().waitFor({ state: "attached", timeout: 15_000 });
  }
  return page.locator("earshot-badge").count();
}
