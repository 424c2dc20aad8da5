/** `crates/background`, started when it is first needed. */

import start, { Background } from "#background";

export const SETTINGS = "settings";
export const CORRECTIONS = "corrections";

let started: Promise<Background> | undefined;

/** The engine with the settings as they are. A start that failed is tried again by the next question. */
export function engine(): Promise<Background> {
  started ??= make().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

/** Gives a running engine new settings; one that does not run reads them when it starts. */
export async function applySettings(settings: unknown): Promise<void> {
  if (started) (await started).apply_settings(settings);
}

/** Gives a running engine new corrections; one that does not run reads them when it starts. */
export async function applyCorrections(corrections: unknown): Promise<void> {
  if (started) (await started).apply_corrections(corrections);
}

async function make(): Promise<Background> {
  const [, kept] = await Promise.all([
    start({ module_or_path: chrome.runtime.getURL("background.wasm") }),
    chrome.storage.local.get([SETTINGS, CORRECTIONS]),
  ]);
  const background = new Background();
  background.apply_settings(kept[SETTINGS]);
  background.apply_corrections(kept[CORRECTIONS]);
  return background;
}
