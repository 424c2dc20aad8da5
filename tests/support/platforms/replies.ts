/** Answering from the desk, as the contract has it. */

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Desk, type View, json } from "../desk.ts";

export interface Reply {
  key: string;
  by: string;
  at: number;
  text: string;
  privately: boolean;
  state: { is: "pending" | "sent" | "refused" | "unknown" | "not_sent"; id?: string; permalink?: string; why?: string; by?: string };
}

export interface Terms {
  longest: number;
  until?: number;
}

export interface Answering {
  way: "here" | "elsewhere";
  publicly?: Terms;
  privately?: Terms;
  why?: string;
  detail?: string;
}

/** A mention with what is known of its answer. */
export type Answered = View & { reply?: Reply; answering?: Answering };

export interface Draft {
  key?: string;
  text: string;
  privately?: boolean;
}

/** Asks to answer, whatever comes of it. */
export function ask(desk: Desk, id: string, draft: Draft): Promise<Response> {
  return desk.ask(`/${id}/reply`, "POST", { key: randomUUID(), ...draft });
}

/** Answers. */
export async function reply(desk: Desk, id: string, draft: Draft): Promise<Answered> {
  return json(await ask(desk, id, draft), 200);
}

/** Tells whether a reply is there. */
export function looked(desk: Desk, id: string, key: string, found: boolean): Promise<Response> {
  return desk.ask(`/${id}/looked`, "POST", { key, found });
}

export async function one(desk: Desk, id: string): Promise<Answered> {
  return (await desk.one(id)) as Answered;
}

/** Flags a post, and says under which id the desk has it. */
export async function flag(desk: Desk, post: Record<string, unknown>): Promise<string> {
  const view = await json<View>(await desk.flag(post), 201);
  return view.mention.id;
}

/** The mention as soon as it is known what became of its answer. */
export async function settled(desk: Desk, id: string, limit = 30_000): Promise<Answered & { reply: Reply }> {
  const end = Date.now() + limit;
  for (;;) {
    const view = await one(desk, id);
    if (view.reply !== undefined && view.reply.state.is !== "pending") return { ...view, reply: view.reply };
    if (Date.now() > end) throw new Error(`after ${limit} ms it is not known what became of the answer: ${JSON.stringify(view.reply)}`);
    await sleep(100);
  }
}
