/** What the extension's icon says: how many urgent mentions wait, and where a page could not be checked. */

import { engine, SETTINGS } from "./engine.ts";

const ALARM = "urgent";

/** Says on a tab's icon that its posts could not be read, or takes it back. */
export async function showFit(tab: number, site: string, fits: boolean): Promise<void> {
  await Promise.all([
    chrome.action.setBadgeText({ tabId: tab, text: fits ? "" : "?" }),
    chrome.action.setTitle({
      tabId: tab,
      title: chrome.i18n.getMessage(fits ? "extension_name" : "not_checked", [site]),
    }),
  ]).catch(() => {
    // The tab closed in between.
  });
}

/** Asks the workspace once a minute while there is one; never otherwise. */
export async function scheduleUrgent(): Promise<void> {
  const kept = (await chrome.storage.local.get(SETTINGS))[SETTINGS] as { workspace?: unknown } | undefined;
  if (!kept?.workspace) {
    await chrome.alarms.clear(ALARM);
    await showUrgent(undefined);
  } else if (!(await chrome.alarms.get(ALARM))) {
    await chrome.alarms.create(ALARM, { delayInMinutes: 0.5, periodInMinutes: 1 });
  }
}

chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === ALARM) void engine().then(async (background) => showUrgent(await background.urgent()));
});

/** `undefined`: not known, so nothing is claimed. */
async function showUrgent(urgent: number | undefined): Promise<void> {
  await chrome.action.setBadgeBackgroundColor({ color: "#b3142b" });
  await chrome.action.setBadgeText({ text: urgent ? (urgent > 99 ? "99+" : String(urgent)) : "" });
}
