/** Talking to a workspace: as a platform, and as a member of staff. */

import assert from "node:assert/strict";
import { type Company, type SignedPlatform, sign } from "./company.ts";

/** Delivers a body as the platform would, signed with the company's secret or another. */
export async function deliver(
  url: string,
  company: Company,
  platform: SignedPlatform,
  body: string | Uint8Array<ArrayBuffer>,
  secret = company.secret(platform),
): Promise<Response> {
  return post(url, company.id, platform, body, sign(platform, secret, body));
}

/** Posts a body to a webhook's address with these headers. */
export function post(
  url: string,
  workspace: string,
  platform: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/v1/hooks/${workspace}/${platform}`, { method: "POST", body, headers });
}

/** Waits until it is so, and says after ten seconds, or as many as it is given, what was not. */
export async function until(what: string, is: () => boolean | Promise<boolean>, seconds = 10): Promise<void> {
  for (const limit = Date.now() + seconds * 1000; Date.now() < limit; ) {
    if (await is()) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.fail(`${what}: not within ${seconds} seconds`);
}

/** A delivery of Standard Webhooks that tells of these posts. */
export function told(type: "created" | "updated" | "deleted", ...posts: Record<string, unknown>[]): string {
  return JSON.stringify({ type: `message.${type}`, data: posts });
}

/** A post that triage flags: somebody who cannot wait. */
export function urgent(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const text = "I am stranded at the airport with two small kids, flight cancelled, nobody helps us. Please help now!";
  return { id, platform: "forum", text, author: { id: "u1", handle: "marisa_h", name: "Marisa Hollbrook" }, lang: "en", ...more };
}

// The contract, as far as the tests look at it.
export interface View {
  mention: {
    id: string;
    post: { text: { state: string; words?: string }; author: { handle?: string; name?: string }; permalink?: string };
    reading: { urgency: { level: string; score: number } };
    flag: { by: { source: string; name?: string }; reasons: string[] };
    received: number;
  };
  ticket: { id: string; level: string; score: number; admitted: number; deadline: number; state: { is: string; by?: string } };
  notes: number;
  history?: { what: string; by?: string; at: number; text?: string; before?: string; outcome?: string }[];
}
export interface Page {
  mentions: View[];
  counts: Record<"urgent" | "waiting" | "mine" | "praise" | "open" | "closed", number>;
  next: string | null;
  workspace: string;
  you: string;
}
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
}

/** The workspace as one member of staff sees it. */
export class Desk {
  readonly url: string;
  readonly company: Company;
  readonly who: string;

  constructor(url: string, company: Company, who: string) {
    this.url = url;
    this.company = company;
    this.who = who;
  }

  /** Asks, whatever the answer. */
  ask(path: string, method = "GET", body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.company.key(this.who)}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    return fetch(`${this.url}/v1/${this.company.id}/mentions${path}`, init);
  }

  async list(query: Record<string, string> = {}): Promise<Page> {
    const asked = new URLSearchParams(query).toString();
    return json(await this.ask(asked === "" ? "" : `?${asked}`), 200);
  }

  async one(id: string): Promise<View> {
    return json(await this.ask(`/${id}`), 200);
  }

  async act(id: string, verb: string, body?: unknown): Promise<View> {
    return json(await this.ask(`/${id}/${verb}`, "POST", body), 200);
  }

  /** Flags a post that stands on a page. */
  flag(post: Record<string, unknown>, note?: string): Promise<Response> {
    return this.ask("", "POST", note === undefined ? { post } : { post, note });
  }
}

/** The answer's JSON, after a look at its status. */
export async function json<T>(answer: Response, status: number): Promise<T> {
  const text = await answer.text();
  assert.equal(answer.status, status, text);
  return JSON.parse(text) as T;
}

/** The problem that an answer is, after a look at its status and form. */
export async function problem(answer: Response, status: number): Promise<Problem> {
  const type = answer.headers.get("content-type");
  const told = await json<Problem>(answer, status);
  assert.equal(type, "application/problem+json");
  assert.equal(told.status, status);
  return told;
}
