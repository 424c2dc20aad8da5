/** A Chromium with the extension loaded, in a world where every host is a server of ours. */

import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { type BrowserContext, type Page, type Worker, chromium } from "playwright-core";
import { type Sites, serveSites } from "./sites.ts";

export const repository = resolve(import.meta.dirname, "../..");

/** The unpacked extension, built with `--grant-all`. */
export const EXTENSION = process.env.EARSHOT_EXTENSION ?? join(repository, "dist/extension");

/** A browser with the extension, its own profile and its own internet. */
export interface Browser {
  context: BrowserContext;
  sites: Sites;
  /** The extension's id, for addresses of its pages. */
  id: string;
  /** Opens an address and waits until the page is there. */
  open(address: string): Promise<Page>;
  /** The service worker, started if the browser had stopped it. */
  worker(): Promise<Worker>;
  /** What the service worker said on its console. */
  log: string[];
  close(): Promise<void>;
}

/** Starts a browser. `viewport` in CSS pixels. */
export async function startBrowser(
  options: {
    viewport?: { width: number; height: number };
    colorScheme?: "light" | "dark";
    scale?: number;
    /** In a window, for people to see. */
    headed?: boolean;
    /** Another build of the extension. */
    extension?: string;
  } = {},
): Promise<Browser> {
  const extension = options.extension ?? EXTENSION;
  if (!existsSync(join(extension, "manifest.json"))) {
    throw new Error(`${extension} holds no extension: run "cargo xtask build --grant-all" first`);
  }
  const sites = await serveSites();
  const profile = await mkdtemp(join(tmpdir(), "earshot-profile-"));
  const launch = chromium.launchPersistentContext(profile, {
    executablePath: chromiumProgram(),
    headless: false,
    ignoreDefaultArgs: ["--disable-extensions"],
    ignoreHTTPSErrors: true,
    viewport: options.viewport ?? { width: 1280, height: 900 },
    ...(options.colorScheme && { colorScheme: options.colorScheme }),
    ...(options.scale && { deviceScaleFactor: options.scale }),
    args: [
      ...(options.headed ? [] : ["--headless=new"]),
      "--no-sandbox",
      "--disable-quic",
      "--disable-background-networking",
      "--ignore-certificate-errors",
      `--host-resolver-rules=MAP * 127.0.0.1:${sites.port}, EXCLUDE 127.0.0.1`,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  const context = await launch.catch(async (error: unknown) => {
    // A server left open would keep the tests from ending.
    await sites.close();
    throw error;
  });
  const log: string[] = [];
  context.on("serviceworker", (worker) => worker.on("console", (said) => log.push(said.text())));
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  const id = new URL(worker.url()).host;
  return {
    context,
    sites,
    id,
    log,
    async open(address) {
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
    async worker() {
      return context.serviceWorkers().at(-1) ?? (await context.waitForEvent("serviceworker"));
    },
    async close() {
      await context.close();
      await sites.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Ends the service worker as the browser does when it idles. Resolves when it has stopped; call what it resolves to, to
 * wait until something has started it again.
 */
export async function stopServiceWorker(browser: Browser): Promise<() => Promise<void>> {
  const page = await browser.context.newPage();
  const session = await browser.context.newCDPSession(page);
  const waiting = new Map<string, () => void>();
  let status = "";
  session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    for (const { scriptURL, runningStatus } of versions) {
      if (!scriptURL.includes(browser.id)) continue;
      status = runningStatus;
      waiting.get(status)?.();
    }
  });
  const reach = async (wanted: string): Promise<void> => {
    if (status !== wanted) await new Promise<void>((done) => waiting.set(wanted, done));
  };
  await session.send("ServiceWorker.enable");
  if (status !== "stopped") {
    await reach("running");
    await session.send("ServiceWorker.stopAllWorkers");
    await reach("stopped");
  }
  return async () => {
    await reach("running");
    await page.close();
  };
}

/** `CHROMIUM`, or the first of the usual names on the path. */
export function chromiumProgram(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome-for-testing"]) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      if (existsSync(join(folder, name))) return join(folder, name);
    }
  }
  throw new Error("no Chromium found: install the package chromium, or name the program in CHROMIUM");
}
