/** Telling of a mention that cannot wait, once. */

/** A mention that calls for somebody. */
export interface Call {
  id: string;
  reason: string;
  author: string;
  text: string;
}

/** The ids that were told of, until the browser closes. */
const TOLD = "told";
/** A notification shows about this much. */
const LONGEST_TEXT = 160;

/** Tells of those that nobody was told of yet. What waited before the first look is no news. */
export async function callSomebody(calls: Call[]): Promise<void> {
  const told = (await chrome.storage.session.get(TOLD))[TOLD] as string[] | undefined;
  await chrome.storage.session.set({ [TOLD]: calls.map(({ id }) => id) });
  if (!told) return;
  for (const { id, reason, author, text } of calls.filter((call) => !told.includes(call.id))) {
    await chrome.notifications.create(id, {
      type: "basic",
      iconUrl: "icons/128.png",
      title: chrome.i18n.getMessage(`reason_${reason}`) || chrome.i18n.getMessage("level_critical"),
      message: `${author}: ${text.slice(0, LONGEST_TEXT)}`,
    });
  }
}

chrome.notifications.onClicked.addListener((id) => {
  void chrome.notifications.clear(id);
  void chrome.tabs.create({ url: chrome.runtime.getURL("popup.html") });
});
