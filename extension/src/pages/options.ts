/** The options: everything in them is `crates/panel`. */

import start, { start_options } from "#panel";

await start({ module_or_path: chrome.runtime.getURL("panel.wasm") });
start_options();
