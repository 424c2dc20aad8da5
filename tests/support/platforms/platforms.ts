/** A server that answers as the platforms' APIs do: it keeps what it is told, shows it, refuses, breaks, and goes silent. */

import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { APIS, READ_ONLY, type Api, type Refusal } from "./apis.ts";

/** What goes wrong with one request to say something. */
export type Fault =
  | Refusal
  /** 503, and nothing was kept. */
  | "trouble before"
  /** 502 with a page of HTML, and it was kept all the same. */
  | "trouble after"
  /** The connection is cut before anything was kept. */
  | "cut before"
  /** The connection is cut, and it was kept. */
  | "cut after"
  /** No answer ever, and it was kept. */
  | "silent after"
  /** No answer ever, and nothing was kept. */
  | "silent before"
  /** 302 to another host, and nothing was kept. */
  | "redirected"
  /** 200 with half of the answer, and it was kept. */
  | "half an answer";

/** Something that was said. */
export interface Said {
  id: string;
  /** What it answers, by the platform's own id: a post, a thread, a conversation. */
  on: string;
  text: string;
  at: Date;
  privately: boolean;
}

/** A request as it came. */
export interface Asked {
  method: string;
  /** Path and query, below the platform's own. */
  path: string;
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
}

/** One platform, as it stands. */
export class Platform {
  readonly name: string;
  readonly api: Api;
  /** What it holds. */
  readonly said: Said[] = [];
  /** The words that it was to say, a request each; and the requests that only looked. */
  readonly told: string[] = [];
  readonly looks: Asked[] = [];
  /** What the next requests to say something come to; without any, all goes well. */
  readonly faults: Fault[] = [];
  /** What the next looks come to. */
  readonly looksFail: ("trouble" | "cut" | Refusal)[] = [];
  /** Texts of posts, for those that fetch them, by the posts' own ids. */
  readonly posts = new Map<string, Record<string, unknown>>();
  /** What it remembers between two steps of one reply. */
  readonly containers = new Map<string, Omit<Said, "id" | "at">>();
  /** Where redirects lead. */
  elsewhere = "";
  #heard: (() => void)[] = [];
  #next = 9000;

  constructor(name: string, api: Api) {
    this.name = name;
    this.api = api;
  }

  /** Resolves as soon as the next request to say something has come, and what becomes of it is done. */
  heard(): Promise<void> {
    return new Promise((done) => this.#heard.push(done));
  }

  id(): string {
    return String(this.#next++);
  }

  keep(said: Omit<Said, "id" | "at">, id = this.id()): Said {
    const kept = { ...said, id, at: new Date() };
    this.said.push(kept);
    return kept;
  }

  /** How often it holds these words. */
  holds(text: string): number {
    return this.said.filter((said) => said.text.includes(text)).length;
  }

  answer(asked: Asked, response: ServerResponse): void {
    const refuse = this.api.refuses(asked);
    if (refuse !== undefined) return this.#send(response, this.api.refusals[refuse]);
    const shown = this.api.shows(this, asked);
    if (shown !== undefined) {
      this.looks.push(asked);
      const fault = this.looksFail.shift();
      if (fault === "cut") return void response.socket?.destroy();
      if (fault === "trouble") return this.#send(response, { status: 503, body: "<html>busy</html>" });
      return this.#send(response, fault === undefined ? { status: 200, body: shown } : this.api.refusals[fault]);
    }
    const taken = this.api.takes(this, asked);
    if (taken === undefined) return this.#send(response, { status: 404, body: { error: `no ${asked.method} ${asked.path}` } });
    // A step that nobody can see yet is no reply: faults wait for the one that counts.
    if (taken.hidden !== undefined) return this.#send(response, { status: 200, body: taken.hidden });
    this.told.push(taken.text);
    const fault = this.faults.shift();
    const finish = (): void => this.#heard.splice(0).forEach((done) => done());
    const isKept = fault === undefined || ["trouble after", "cut after", "silent after", "half an answer"].includes(fault);
    const kept = isKept ? taken.keep() : undefined;
    if (fault !== undefined && fault in this.api.refusals) this.#send(response, this.api.refusals[fault as Refusal]);
    else if (fault === "redirected") response.writeHead(302, { location: `${this.elsewhere}/stolen` }).end();
    else if (fault === "trouble before") this.#send(response, { status: 503, body: "" });
    else if (fault === "trouble after") this.#send(response, { status: 502, body: "<html>bad gateway</html>" });
    else if (fault === "cut before" || fault === "cut after") response.socket?.destroy();
    else if (fault === "half an answer") {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"id":');
      setImmediate(() => response.socket?.destroy());
    } else if (kept !== undefined && fault === undefined) this.#send(response, kept);
    finish();
  }

  #send(response: ServerResponse, answer: { status: number; body: unknown } | undefined): void {
    const { status, body } = answer ?? { status: 500, body: "this platform has no such refusal" };
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, { "content-type": typeof body === "string" ? "text/html" : "application/json" }).end(text);
  }
}

/** All of them, each below a path of its own. */
export class Platforms {
  readonly url: string;
  readonly all: Map<string, Platform>;
  /** Requests to no platform of ours. */
  readonly strayed: Asked[] = [];
  readonly #server: Server;

  private constructor(server: Server, all: Map<string, Platform>) {
    this.#server = server;
    this.all = all;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const platform of all.values()) platform.elsewhere = this.url.replace("127.0.0.1", "localhost");
  }

  static async start(): Promise<Platforms> {
    const all = new Map(Object.entries({ ...APIS, ...READ_ONLY }).map(([name, api]) => [name, new Platform(name, api)]));
    let started: Platforms | undefined;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const [, name = "", rest = ""] = /^\/([a-z]+)(\/.*)$/.exec(request.url ?? "") ?? [];
        const text = Buffer.concat(chunks).toString();
        const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
        const asked = { method: request.method ?? "", path: rest, headers: request.headers, body };
        const platform = all.get(name);
        if (platform === undefined) {
          started?.strayed.push(asked);
          response.writeHead(404).end();
        } else platform.answer(asked, response);
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    started = new Platforms(server, all);
    return started;
  }

  get(name: string): Platform {
    const platform = this.all.get(name);
    if (platform === undefined) throw new Error(`there is no ${name} here`);
    return platform;
  }

  /** The worker's settings with which a workspace answers through all of them. */
  settings(workspace: string): Record<string, string> {
    const variable = workspace.toUpperCase().replaceAll("-", "_");
    const settings: Record<string, string> = {};
    for (const { name, api } of this.all.values()) {
      settings[`TOKEN_${variable}_${name.toUpperCase()}`] = api.token;
      settings[`ACCOUNT_${variable}_${name.toUpperCase()}`] = JSON.stringify({ ...api.account, address: `${this.url}/${name}` });
    }
    return settings;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
