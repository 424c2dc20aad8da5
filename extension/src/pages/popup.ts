/** The popup: everything in it is `crates/panel`. */

import start, { start_popup } from "#panel";

await start({ module_or_path: chrome.runtime.getURL("panel.wasm") });
start_popup();
