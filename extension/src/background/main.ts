/** The service worker: a thin shell around `crates/background`. Stopped and started by the browser at any moment. */

import type { CorrectionOutcome, FlagOutcome, FromBackground, ReadPost, ToBackground } from "../messages.ts";
import { PORT } from "../messages.ts";
import { applyCorrections, applySettings, CORRECTIONS, engine, SETTINGS } from "./engine.ts";
import { isOn, registerSites } from "./sites.ts";
import { scheduleUrgent, showFit } from "./toolbar.ts";

const ports = new Set<chrome.runtime.Port>();

chrome.runtime.onConnect.addListener((port) => {
  // Only our own content scripts: a page has no line to here.
  if (port.name !== PORT || port.sender?.id !== chrome.runtime.id) return;
  ports.add(port);
  port.onDisconnect.addListener(() => ports.delete(port));
  port.onMessage.addListener((message: ToBackground) => {
    void answer(message, port).catch((error: unknown) => {
      const tab = port.sender?.tab?.id;
      console.error("not checked:", error instanceof Error ? error.message : "the engine did not start");
      if (tab !== undefined) void showFit(tab, false);
    });
  });
});

async function answer(message: ToBackground, port: chrome.runtime.Port): Promise<void> {
  const say = (said: FromBackground): void => {
    if (ports.has(port)) port.postMessage(said);
  };
  switch (message.say) {
    case "read": {
      if (!(await isOn(message.site))) return say({ say: "off" });
      const posts = (await engine()).read_batch(message.posts) as ReadPost[];
      return say({ say: "readings", batch: message.batch, posts });
    }
    case "flag": {
      const outcome = (await (await engine()).flag(message.post)) as FlagOutcome;
      return say({ say: "flagged", request: message.request, outcome });
    }
    case "correct": {
      const outcome = (await (await engine()).correct(message.text, message.words, message.says)) as CorrectionOutcome;
      return say({ say: "corrected", request: message.request, outcome });
    }
    case "take_back": {
      const outcome = (await (await engine()).take_back(message.undo)) as CorrectionOutcome;
      return say({ say: "corrected", request: message.request, outcome });
    }
    case "fit": {
      const tab = port.sender?.tab?.id;
      if (tab !== undefined) await showFit(tab, message.fits);
      return;
    }
    case "options":
      return chrome.runtime.openOptionsPage();
  }
}

chrome.storage.local.onChanged.addListener((changes) => {
  const settings = changes[SETTINGS];
  const corrections = changes[CORRECTIONS];
  if (!settings && !corrections) return;
  const applied = [settings && applySettings(settings.newValue), corrections && applyCorrections(corrections.newValue)];
  void Promise.all(applied).then(() => {
    for (const port of ports) port.postMessage({ say: "changed" } satisfies FromBackground);
  });
  if (!settings) return;
  void registerSites();
  void scheduleUrgent();
});

// The staff key lies in storage: no content script may read it there.
if (chrome.storage.local.setAccessLevel) {
  void chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
}
chrome.runtime.onInstalled.addListener(() => {
  void registerSites();
  void scheduleUrgent();
});
chrome.runtime.onStartup.addListener(() => {
  void registerSites();
  void scheduleUrgent();
});
chrome.permissions.onAdded.addListener(() => void registerSites());
chrome.permissions.onRemoved.addListener(() => void registerSites());
