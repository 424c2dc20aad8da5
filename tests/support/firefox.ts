/** A real Firefox with the extension loaded, driven over WebDriver BiDi, <https://w3c.github.io/webdriver-bidi/>. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Sites, serveSites } from "./sites.ts";

/** How long Firefox may take to answer at first, in milliseconds: a fresh profile is slow on a slow machine. */
const START_LIMIT = 90_000;
/** The extension's id in its manifest, and the address that this profile gives it. */
const ID = "earshot@earshot.example";
const ADDRESS = "5c8f0a4e-3b1d-4f7a-9e2c-0d6b7a8c9e10";

/** `FIREFOX`, or the first of the usual names on the path. */
export function firefoxProgram(): string | undefined {
  if (process.env.FIREFOX) return process.env.FIREFOX;
  for (const name of ["firefox", "firefox-esr"]) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      if (existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

type Answer = Record<string, unknown>;

/** One line to the browser. */
class Line {
  readonly #socket: WebSocket;
  readonly #open = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const { id, type, result, error, message } = JSON.parse(String(data));
      const asked = this.#open.get(id);
      this.#open.delete(id);
      if (type === "success") asked?.resolve(result);
      else asked?.reject(new Error(`${error}: ${message}`));
    });
  }

  static async to(address: string): Promise<Line> {
    const socket = new WebSocket(address);
    await new Promise((done, failed) => {
      socket.addEventListener("open", done);
      socket.addEventListener("error", () => failed(new Error(`nobody answers at ${address}`)));
    });
    return new Line(socket);
  }

  ask(method: string, params: Answer): Promise<Answer> {
    const id = ++this.#last;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.#open.set(id, { resolve, reject }));
  }

  close(): void {
    this.#socket.close();
  }
}

export class Firefox {
  readonly sites: Sites;
  readonly #line: Line;
  readonly #running: ChildProcess;
  readonly #profile: string;

  private constructor(sites: Sites, line: Line, running: ChildProcess, profile: string) {
    this.sites = sites;
    this.#line = line;
    this.#running = running;
    this.#profile = profile;
  }

  /** Starts it with this unpacked extension, in a world where every host is a server of ours. */
  static async start(program: string, extension: string): Promise<Firefox> {
    const sites = await serveSites();
    const profile = await mkdtemp(join(tmpdir(), "earshot-firefox-"));
    const preferences: Record<string, string | number | boolean> = {
      "network.dns.forceResolve": "127.0.0.1",
      "network.socket.forcePort": `443=${sites.port}`,
      // Asked for a site's hosts by a person's click, Firefox grants them without showing its question.
      "extensions.webextOptionalPermissionPrompts": false,
      "extensions.webextensions.uuids": JSON.stringify({ [ID]: ADDRESS }),
      "browser.shell.checkDefaultBrowser": false,
      "datareporting.policy.dataSubmissionEnabled": false,
      "app.update.enabled": false,
      "browser.safebrowsing.provider.mozilla.updateURL": "",
    };
    const lines = Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
    await writeFile(join(profile, "user.js"), lines.join(""));
    // Pages of the extension count as the browser's own, which automation may touch only where it is told so.
    const running = spawn(program, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "--remote-allow-system-access"], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, MOZ_HEADLESS_WIDTH: "1280", MOZ_HEADLESS_HEIGHT: "3000", HOME: profile },
    });
    try {
      const line = await Line.to(`${await addressOf(running)}/session`);
      await line.ask("session.new", { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
      await line.ask("webExtension.install", { extensionData: { type: "path", path: extension } });
      return new Firefox(sites, line, running, profile);
    } catch (error) {
      running.kill("SIGKILL");
      await sites.close();
      throw error;
    }
  }

  /** The address of one of the extension's own pages. */
  page(name: string): string {
    return `moz-extension://${ADDRESS}/${name}`;
  }

  /** Opens an address in a tab of its own. */
  async open(address: string): Promise<string> {
    const { context } = await this.#line.ask("browsingContext.create", { type: "tab" });
    await this.#line.ask("browsingContext.navigate", { context, url: address, wait: "complete" });
    return String(context);
  }

  /** What an expression comes to in a tab, in a world of its own. */
  async evaluate<T>(context: string, expression: string): Promise<T> {
    const target = { context, sandbox: "test" };
    const answer = await this.#line.ask("script.evaluate", { expression: `JSON.stringify(${expression})`, target, awaitPromise: true });
    const { result, exceptionDetails } = answer as { result?: { value?: string }; exceptionDetails?: { text: string } };
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return JSON.parse(result?.value ?? "null") as T;
  }

  /** Clicks, as a person does, the element that a selector finds. */
  async click(context: string, selector: string): Promise<void> {
    await this.#line.ask("browsingContext.activate", { context });
    const { nodes } = await this.#line.ask("browsingContext.locateNodes", { context, locator: { type: "css", value: selector } });
    const [element] = nodes as { sharedId: string }[];
    if (!element) throw new Error(`nothing is ${selector}`);
    const origin = { type: "element", element: { sharedId: element.sharedId } };
    const actions = [{ type: "pointerMove", x: 0, y: 0, origin }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    await this.#line.ask("input.performActions", { context, actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** Waits until an expression is true in a tab. */
  async until(context: string, expression: string): Promise<void> {
    for (const limit = Date.now() + 30_000; Date.now() < limit; ) {
      if (await this.evaluate<boolean>(context, `Boolean(${expression})`)) return;
      await new Promise((next) => setTimeout(next, 50));
    }
    throw new Error(`not within 30 seconds: ${expression}`);
  }

  async close(): Promise<void> {
    this.#line.close();
    const ended = new Promise((done) => this.#running.once("exit", done));
    this.#running.kill("SIGKILL");
    await ended;
    await this.sites.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where Firefox says that it listens. */
async function addressOf(running: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`Firefox does not answer; it said:\n${said}`)), START_LIMIT);
    running.once("exit", () => failed(new Error(`Firefox ended; it said:\n${said}`)));
    running.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (!address) return;
      clearTimeout(timer);
      found(address);
    });
  });
}
