/** What the content script sent to be read, as the service worker heard it. */

import type { FoundPost, ToBackground } from "../../extension/src/messages.ts";
import type { Browser } from "./browser.ts";

declare global {
  var heard: ToBackground[] | undefined;
}

/** Starts to listen; ask before the page is opened. Ends with the service worker. */
export async function listenToReads(browser: Browser): Promise<() => Promise<FoundPost[]>> {
  const worker = await browser.worker();
  await worker.evaluate(() => {
    const listens = globalThis.heard !== undefined;
    globalThis.heard = [];
    if (listens) return;
    chrome.runtime.onConnect.addListener((port) => port.onMessage.addListener((message) => globalThis.heard?.push(message)));
  });
  return async () => {
    const heard = (await worker.evaluate(() => globalThis.heard)) ?? [];
    return heard.flatMap((message) => (message.say === "read" ? message.posts : []));
  };
}
