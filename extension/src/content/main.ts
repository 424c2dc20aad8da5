/** The content script: starts on the pages of the sites that a person switched on. */

import { servesHost } from "../sites/adapter.ts";
import { sites } from "../sites/index.ts";
import { Page } from "./page.ts";

declare global {
  /** In the content script's own world: a page that was open when its site was switched on may be given the script twice. */
  var earshotPage: Page | undefined;
}

const adapter = sites.find((site) => servesHost(site, location.hostname));
if (adapter?.mode === "badge" && !globalThis.earshotPage) {
  globalThis.earshotPage = new Page(adapter, () => {
    globalThis.earshotPage = undefined;
  });
  globalThis.earshotPage.start();
}
