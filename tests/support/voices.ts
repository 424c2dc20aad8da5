/** How platforms tell of a post: their fixtures, with other ids, words and times in them, signed as they sign. */

import { createHmac, randomUUID } from "node:crypto";
import { fixture } from "./company.ts";

/** A post as a platform tells of it. */
export interface Telling {
  /** A number that makes the platform's id; no two posts have the same. */
  post: number;
  words: string;
  /** When it was edited, in seconds since 1970, where it was. */
  at?: number;
}

/** One platform. */
export interface Voice {
  platform: string;
  posted(...tellings: Telling[]): string;
  edited?(telling: Telling): string;
  deleted?(post: number): string;
  /** How many posts one body may hold. */
  most: number;
  /** What it gets for a body that is signed and cannot be read. */
  broken: 200 | 400;
  headers(secret: string, body: string): Record<string, string>;
}

type Json = Record<string, any>;
const hmac = (secret: string | Buffer, text: string, encoding: "hex" | "base64"): string => createHmac("sha256", secret).update(text).digest(encoding);
const seconds = (): string => String(Math.floor(Date.now() / 1000));
const read = (name: string): Json => JSON.parse(fixture(name));
const write = (body: Json): string => JSON.stringify(body);

const meta = (secret: string, body: string): Record<string, string> => ({ "x-hub-signature-256": `sha256=${hmac(secret, body, "hex")}` });

const facebook: Voice = {
  platform: "facebook",
  most: 20,
  broken: 200,
  headers: meta,
  posted: (...tellings) => {
    const body = read("facebook/comment_stranded.json");
    const [entry] = body.entry;
    const [change] = entry.changes;
    entry.changes = tellings.map(({ post, words }) => ({ ...change, value: { ...change.value, comment_id: `7700112233_99${post}`, message: words } }));
    return write(body);
  },
  edited: ({ post, words, at }) => {
    const body = read("facebook/comment_edited.json");
    Object.assign(body.entry[0].changes[0].value, { comment_id: `7700112233_99${post}`, message: words });
    body.entry[0].time = at;
    return write(body);
  },
  deleted: (post) => {
    const body = read("facebook/comment_removed.json");
    body.entry[0].changes[0].value.comment_id = `7700112233_99${post}`;
    return write(body);
  },
};

const instagram: Voice = {
  platform: "instagram",
  most: 1,
  broken: 200,
  headers: meta,
  posted: (...[telling]) => {
    const body = read("instagram/comment_medical.json");
    Object.assign(body.entry[0].changes[0].value, { id: `1799${telling?.post}`, text: telling?.words });
    return write(body);
  },
};

const whatsapp: Voice = {
  platform: "whatsapp",
  most: 20,
  broken: 200,
  headers: meta,
  posted: (...tellings) => {
    const body = read("whatsapp/message_stranded.json");
    const { value } = body.entry[0].changes[0];
    const [message] = value.messages;
    value.messages = tellings.map(({ post, words }) => ({ ...message, id: `wamid.DAY${post}`, text: { body: words } }));
    return write(body);
  },
};

const x: Voice = {
  platform: "x",
  most: 1,
  broken: 200,
  headers: (secret, body) => ({ "x-twitter-webhooks-signature": `sha256=${hmac(secret, body, "base64")}` }),
  posted: (...[telling]) => {
    const body = read("x/mention_stranded.json");
    const first = `2077${telling?.post}`;
    body.data.event_uuid = first;
    Object.assign(body.data.payload, { id: first, conversation_id: first, edit_history_tweet_ids: [first], text: `@northwindair ${telling?.words}` });
    return write(body);
  },
  edited: ({ post, words, at = 0 }) => {
    const body = read("x/mention_stranded.json");
    const [first, now] = [`2077${post}`, `2078${post}${at}`];
    body.data.event_uuid = now;
    Object.assign(body.data.payload, {
      id: now, conversation_id: first, edit_history_tweet_ids: [first, now], text: `@northwindair ${words}`,
      created_at: new Date(at * 1000).toISOString(),
    });
    return write(body);
  },
  deleted: (post) => {
    const body = read("x/post_deleted.json");
    body.data.payload.id = `2077${post}`;
    return write(body);
  },
};

const telegram: Voice = {
  platform: "telegram",
  most: 1,
  broken: 400,
  headers: (secret) => ({ "x-telegram-bot-api-secret-token": secret }),
  posted: (...[telling]) => {
    const body = read("telegram/message_locked_out.json");
    Object.assign(body.message, { message_id: telling?.post, text: telling?.words });
    return write(body);
  },
  edited: ({ post, words, at }) => {
    const body = read("telegram/message_edited.json");
    Object.assign(body.edited_message, { message_id: post, text: words, edit_date: at });
    return write(body);
  },
};

const slack: Voice = {
  platform: "slack",
  most: 1,
  broken: 400,
  headers: (secret, body) => {
    const time = seconds();
    return { "x-slack-request-timestamp": time, "x-slack-signature": `v0=${hmac(secret, `v0:${time}:${body}`, "hex")}` };
  },
  posted: (...[telling]) => {
    const body = read("slack/mention_in_a_channel.json");
    const ts = `${1_700_000_000 + (telling?.post ?? 0)}.000100`;
    Object.assign(body.event, { ts, event_ts: ts, text: `<@U0EARBOT1> ${telling?.words}` });
    return write(body);
  },
  edited: ({ post, words, at }) => {
    const body = read("slack/message_changed.json");
    const ts = `${1_700_000_000 + post}.000100`;
    Object.assign(body.event.message, { ts, text: `<@U0EARBOT1> ${words}`, user: "U0PARTNER1" });
    body.event.message.edited.ts = `${at}.000100`;
    return write(body);
  },
  deleted: (post) => {
    const body = read("slack/message_deleted.json");
    const ts = `${1_700_000_000 + post}.000100`;
    body.event.deleted_ts = ts;
    body.event.previous_message.ts = ts;
    return write(body);
  },
};

const standard: Voice = {
  platform: "standard",
  most: 25,
  broken: 400,
  headers: (secret, body) => {
    const [id, time] = [`msg_${randomUUID()}`, seconds()];
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": `v1,${hmac(key, `${id}.${time}.${body}`, "base64")}` };
  },
  posted: (...tellings) => {
    const author = { id: "u1", handle: "marisa_h", name: "Marisa Hollbrook" };
    const data = tellings.map(({ post, words }) => ({ id: `day-${post}`, platform: "forum", text: words, author, lang: "en" }));
    return write({ type: "message.created", data });
  },
  edited: ({ post, words, at = 0 }) => {
    const updated_at = new Date(at * 1000).toISOString();
    return write({ type: "message.updated", data: { id: `day-${post}`, platform: "forum", text: words, author: { handle: "marisa_h" }, updated_at } });
  },
  deleted: (post) => write({ type: "message.deleted", data: { id: `day-${post}`, platform: "forum" } }),
};

/** Every platform that is spoken here. */
export const VOICES: Voice[] = [facebook, instagram, whatsapp, x, telegram, slack, standard];
