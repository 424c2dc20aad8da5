/** Which sites are read: those that were switched on and that the browser grants. */

import { matchPatterns } from "../sites/adapter.ts";
import { sites } from "../sites/index.ts";
import { SETTINGS } from "./engine.ts";

/** A site that the settings do not name is on where its hosts are granted: an administrator may grant them by policy. */
export async function isOn(site: string): Promise<boolean> {
  const kept = (await chrome.storage.local.get(SETTINGS))[SETTINGS] as { sites?: Record<string, boolean> } | undefined;
  return kept?.sites?.[site] !== false;
}

/** Makes the registered content scripts those of the sites that are on and granted. */
export async function registerSites(): Promise<void> {
  // A build with everything granted at install declares its content script in the manifest.
  if (chrome.runtime.getManifest().content_scripts) return;
  const registered = new Map(
    (await chrome.scripting.getRegisteredContentScripts()).map((script) => [script.id, script]),
  );
  for (const adapter of sites) {
    const origins = matchPatterns(adapter);
    const wanted =
      adapter.mode === "badge" && (await isOn(adapter.site)) && (await chrome.permissions.contains({ origins }));
    const present = registered.get(adapter.site);
    if (wanted) {
      const script = { id: adapter.site, matches: origins, js: ["content.js"], persistAcrossSessions: true };
      // An update of the extension drops the registrations and may bring other hosts.
      if (present) await chrome.scripting.updateContentScripts([script]);
      else {
        await chrome.scripting.registerContentScripts([script]);
        await startInOpenTabs(origins);
      }
    } else if (present) {
      await chrome.scripting.unregisterContentScripts({ ids: [adapter.site] });
    }
  }
}

/** A site that was just switched on is read in the tabs that are already open. */
async function startInOpenTabs(origins: string[]): Promise<void> {
  for (const { id } of await chrome.tabs.query({ url: origins })) {
    if (id === undefined) continue;
    await chrome.scripting.executeScript({ target: { tabId: id }, files: ["content.js"] }).catch(() => {
      // The tab shows an error page, or closed in between: there is nothing to read in it.
    });
  }
}
