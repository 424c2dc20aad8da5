// Puts the extension together: bundles the TypeScript with the two WebAssembly modules' glue, and writes the manifest for
// one browser from the one source.
//
//   node extension/build.mjs --background DIR --panel DIR --out DIR [--grant-all] [--firefox]
//
// DIR of --background and --panel: what `wasm-bindgen --target web` left there, with any --out-name.
// --grant-all: every site's hosts granted at install, for tests and for installs managed by policy.

import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** The cap on the content script. */
const LARGEST_CONTENT_SCRIPT = 30_000;

const { values: options } = parseArgs({
  options: {
    background: { type: "string" },
    panel: { type: "string" },
    out: { type: "string" },
    "grant-all": { type: "boolean", default: false },
    firefox: { type: "boolean", default: false },
  },
});
if (!options.background || !options.panel || !options.out) {
  throw new Error("usage: node extension/build.mjs --background DIR --panel DIR --out DIR [--grant-all] [--firefox]");
}
const out = resolve(options.out);
const modules = { "#background": await webModule(options.background), "#panel": await webModule(options.panel) };

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const sites = await readSites();
await Promise.all([
  bundle("content/main.ts", "content.js", "iife"),
  bundle("background/main.ts", "background.js", "esm"),
  bundle("pages/popup.ts", "popup.js", "esm"),
  bundle("pages/options.ts", "options.js", "esm"),
  cp(modules["#background"].wasm, join(out, "background.wasm")),
  cp(modules["#panel"].wasm, join(out, "panel.wasm")),
  cp(join(here, "../crates/panel/style/panel.css"), join(out, "panel.css")),
  ...["_locales", "icons", "popup.html", "options.html"].map((name) =>
    cp(join(here, name), join(out, name), { recursive: true, filter: (path) => !path.endsWith(".mjs") }),
  ),
  writeJson("manifest.json", manifest(JSON.parse(await readFile(join(here, "manifest.json"), "utf8")))),
  writeJson("sites.json", sites.map(({ site, name, mode, hosts }) => ({ site, name, mode, origins: hosts.map(pattern) }))),
]);
const contentScript = gzipSync(await readFile(join(out, "content.js"))).length;
if (contentScript > LARGEST_CONTENT_SCRIPT) {
  throw new Error(`the content script is ${contentScript} bytes gzipped, over ${LARGEST_CONTENT_SCRIPT}`);
}
console.log(`   ${options.out}: content script ${contentScript} bytes gzipped`);

async function webModule(folder) {
  const files = await readdir(folder);
  const wasm = files.find((name) => name.endsWith("_bg.wasm"));
  if (!wasm) throw new Error(`${folder} has no *_bg.wasm: run wasm-bindgen --target web into it first`);
  return { wasm: resolve(folder, wasm), script: resolve(folder, wasm.replace(/_bg\.wasm$/, ".js")) };
}

async function readSites() {
  const folder = join(here, "src/sites");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8"))));
}

function pattern(host) {
  return `https://${host}/*`;
}

function bundle(entry, outfile, format) {
  return build({
    entryPoints: [join(here, "src", entry)],
    outfile: join(out, outfile),
    bundle: true,
    format,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    target: options.firefox ? "firefox140" : "chrome120",
    alias: Object.fromEntries(Object.entries(modules).map(([name, { script }]) => [name, script])),
    logLevel: "warning",
  });
}

function manifest(source) {
  const made = structuredClone(source);
  const origins = sites.flatMap(({ hosts }) => hosts.map(pattern));
  // A workspace lies on a host of its owner's choice; it is asked for when somebody enters it, and then only that one.
  made.optional_host_permissions = [...origins, "https://*/*", "http://127.0.0.1/*", "http://localhost/*"];
  if (options["grant-all"]) {
    made.host_permissions = [...origins, "http://127.0.0.1/*", "http://localhost/*"];
    made.content_scripts = [{ matches: origins, js: ["content.js"], run_at: "document_idle" }];
  }
  if (options.firefox) {
    delete made.background.service_worker;
    delete made.minimum_chrome_version;
  } else {
    delete made.background.scripts;
    delete made.browser_specific_settings;
  }
  return made;
}

function writeJson(name, value) {
  return writeFile(join(out, name), `${JSON.stringify(value, undefined, 2)}\n`);
}
