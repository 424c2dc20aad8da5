/** What the extension's icon says: how many urgent mentions wait, and where a page could not be checked. */

import { engine, SETTINGS } from "./engine.ts";
import { type Call, callSomebody } from "./notifications.ts";

const ALARM = "urgent";

/** What waits on the desk, as `crates/background` counts it. */
interface Waiting {
  urgent: number;
  calls: Call[];
}

/** Says on a tab's icon that its posts could not be read, or takes it back. */
export async function showFit(tab: number, fits: boolean): Promise<void> {
  await Promise.all([
    chrome.action.setBadgeText({ tabId: tab, text: fits ? "" : "?" }),
    chrome.action.setTitle({ tabId: tab, title: chrome.i18n.getMessage(fits ? "extension_name" : "not_checked") }),
  ]).catch(() => {
    // The tab closed in between.
  });
}

/** Asks the workspace once a minute while there is one; never otherwise. */
export async function scheduleUrgent(): Promise<void> {
  const kept = (await chrome.storage.local.get(SETTINGS))[SETTINGS] as { workspace?: unknown } | undefined;
  if (!kept?.workspace) {
    await chrome.alarms.clear(ALARM);
    await showUrgent(0);
  } else if (!(await chrome.alarms.get(ALARM))) {
    await chrome.alarms.create(ALARM, { delayInMinutes: 0.5, periodInMinutes: 1 });
  }
}

chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === ALARM) void lookAtDesk();
});

async function lookAtDesk(): Promise<void> {
  const waiting = (await (await engine()).waiting()) as Waiting | undefined;
  // Not reached is not known, and of what is not known nothing is claimed.
  await showUrgent(waiting?.urgent ?? 0);
  if (waiting) await callSomebody(waiting.calls);
}

async function showUrgent(urgent: number): Promise<void> {
  await chrome.action.setBadgeBackgroundColor({ color: "#b3142b" });
  await chrome.action.setBadgeText({ text: urgent > 99 ? "99+" : urgent > 0 ? String(urgent) : "" });
}
