/** The platforms' APIs for answering, as their documents have them; `crates/hooks/src/reply` names those. */

import type { Asked, Platform, Said } from "./platforms.ts";

/** How a platform says no. */
export type Refusal = "expired" | "limited" | "gone" | "window closed";

interface Answer {
  status: number;
  body: unknown;
}

/** What comes of a request to say something. */
interface Taken {
  /** A step that nobody can see yet: what it is answered. */
  hidden?: unknown;
  /** The words. */
  text: string;
  /** Keeps it, and says what it is answered. */
  keep: () => Answer;
}

export interface Api {
  token: string;
  /** What stands beside the token in the worker's settings, but for the address. */
  account: { id?: string; user?: string };
  /** A post to answer; `id` becomes part of its own id, so that each test has one. */
  post: (id: string) => Record<string, unknown>;
  /** Whether it shows what it holds. */
  canLook: boolean;
  refusals: Partial<Record<Refusal, Answer>>;
  /** Refuses a request for its token. */
  refuses: (asked: Asked) => Refusal | undefined;
  /** What a request that only looks is shown. */
  shows: (platform: Platform, asked: Asked) => unknown;
  takes: (platform: Platform, asked: Asked) => Taken | undefined;
}

const ACCOUNT = "104920881230045";
const PERSON = "7201";

const bearer = (token: string) => (asked: Asked): Refusal | undefined =>
  asked.headers.authorization === `Bearer ${token}` ? undefined : "expired";

const flagged = (platform: string, native: string, kind: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: { platform, native },
  kind,
  channel: "ours",
  text: { state: "delivered", words: "Stranded in Oslo, please help!" },
  author: { id: PERSON, handle: "greta" },
  visibility: kind === "message" ? "direct" : "public",
  ...more,
});

const string = (value: unknown): string => (typeof value === "string" ? value : "");
const field = (value: unknown, ...names: string[]): unknown =>
  names.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value);
const path = (asked: Asked): string => decodeURIComponent(asked.path.split("?")[0] ?? "");
const match = (asked: Asked, method: string, pattern: RegExp): string[] | undefined =>
  asked.method === method ? (pattern.exec(path(asked))?.slice(1) ?? undefined) : undefined;

const simple = (platform: Platform, on: string, text: string, body: (said: Said) => unknown, status = 200, privately = false): Taken => ({
  text,
  keep: () => ({ status, body: body(platform.keep({ on, text, privately })) }),
});

/** <https://developers.facebook.com/docs/graph-api/guides/error-handling> */
const graph = (code: number, error_subcode?: number): Answer => ({
  status: 400,
  body: { error: { message: "told in English", type: "OAuthException", code, error_subcode, fbtrace_id: "AbC" } },
});
const GRAPH: Api["refusals"] = {
  expired: graph(190, 463),
  limited: graph(32),
  gone: graph(100, 33),
  "window closed": graph(10, 2_018_278),
};
const plain = (status: number, body: unknown = {}): Answer => ({ status, body });
const PLAIN: Api["refusals"] = { expired: plain(401), limited: plain(429), gone: plain(404) };

const graphMessages = (platform: Platform, asked: Asked): unknown => {
  if (match(asked, "GET", /^\/\d+\/conversations$/) === undefined) return undefined;
  const messages = platform.said
    .filter((said) => said.privately)
    .map(({ id, text, at }) => ({ id, message: text, created_time: at.toISOString().replace(/\.\d+Z$/, "+0000") }))
    .reverse();
  return { data: [{ id: "t_1", messages: { data: messages } }] };
};

const graphMessage = (platform: Platform, asked: Asked): Taken | undefined => {
  if (match(asked, "POST", /^\/(\d+)\/messages$/) === undefined) return undefined;
  const on = string(field(asked.body, "recipient", "id")) || string(field(asked.body, "recipient", "comment_id"));
  return simple(platform, on, string(field(asked.body, "message", "text")), (said) => ({ recipient_id: PERSON, message_id: `m_${said.id}` }), 200, true);
};

export const APIS: Record<string, Api> = {
  facebook: {
    token: "facebook-token",
    account: { id: ACCOUNT },
    post: (id) => flagged("facebook", `77_${id}`, "comment", { thread: "1_77" }),
    canLook: true,
    refusals: GRAPH,
    refuses: bearer("facebook-token"),
    shows: (platform, asked) => {
      const known = platform.posts.get(path(asked).slice(1));
      if (known !== undefined) return known;
      const [on] = match(asked, "GET", /^\/(\w+)$/) ?? [];
      if (on === undefined) return graphMessages(platform, asked);
      const comments = platform.said
        .filter((said) => said.on === on)
        .map(({ id, text, at }) => ({ id, message: text, created_time: at.toISOString().replace(/\.\d+Z$/, "+0000") }));
      // The Graph API leaves out an empty list.
      return comments.length === 0 ? { id: on } : { id: on, comments: { data: comments.reverse() } };
    },
    takes: (platform, asked) => {
      const [on] = match(asked, "POST", /^\/([\w]+)\/comments$/) ?? [];
      if (on === undefined) return graphMessage(platform, asked);
      return simple(platform, on, string(asked.body["message"]), (said) => ({ id: `77_${said.id}` }));
    },
  },
  instagram: {
    token: "instagram-token",
    account: { id: ACCOUNT },
    post: (id) => flagged("instagram", `1799${id}`, "comment", { thread: "1800" }),
    canLook: true,
    refusals: GRAPH,
    refuses: bearer("instagram-token"),
    shows: (platform, asked) => {
      const [, what = "", of = ""] = /fields=mentioned_(comment|media)\.\w+\((\d+)\)/.exec(decodeURIComponent(asked.path)) ?? [];
      if (what !== "") return platform.posts.get(of) && { [`mentioned_${what}`]: platform.posts.get(of), id: ACCOUNT };
      const [on] = match(asked, "GET", /^\/(\w+)$/) ?? [];
      if (on === undefined) return graphMessages(platform, asked);
      const replies = platform.said
        .filter((said) => said.on === on)
        .map(({ id, text, at }) => ({ id, text, timestamp: at.toISOString().replace(/\.\d+Z$/, "+0000") }));
      return replies.length === 0 ? { id: on } : { id: on, replies: { data: replies } };
    },
    takes: (platform, asked) => {
      const [on] = match(asked, "POST", /^\/([\w]+)\/replies$/) ?? [];
      if (on === undefined) return graphMessage(platform, asked);
      return simple(platform, on, string(asked.body["message"]), (said) => ({ id: said.id }));
    },
  },
  threads: {
    token: "threads-token",
    account: { id: ACCOUNT },
    post: (id) => flagged("threads", `8901${id}`, "comment", { thread: "1" }),
    canLook: true,
    refusals: { expired: graph(190), limited: graph(613), gone: graph(100, 33) },
    refuses: bearer("threads-token"),
    shows: (platform, asked) => {
      const [on] = match(asked, "GET", /^\/([\w]+)\/replies$/) ?? [];
      if (on === undefined) return undefined;
      const replies = platform.said.filter((said) => said.on === on);
      return { data: replies.map(({ id, text, at }) => ({ id, text, timestamp: at.toISOString().replace(/\.\d+Z$/, "+0000") })) };
    },
    takes: (platform, asked) => {
      if (match(asked, "POST", /^\/\d+\/threads$/) !== undefined) {
        const container = `container-${platform.id()}`;
        platform.containers.set(container, { on: string(asked.body["reply_to_id"]), text: string(asked.body["text"]), privately: false });
        return { hidden: { id: container }, text: "", keep: () => plain(500) };
      }
      if (match(asked, "POST", /^\/\d+\/threads_publish$/) === undefined) return undefined;
      const container = platform.containers.get(string(asked.body["creation_id"]));
      return container && { text: container.text, keep: () => ({ status: 200, body: { id: platform.keep(container).id } }) };
    },
  },
  whatsapp: {
    token: "whatsapp-token",
    account: { id: "106540352242922" },
    post: (id) => flagged("whatsapp", `wamid.${id}==`, "message"),
    canLook: false,
    refusals: { expired: graph(190), limited: graph(130_429), gone: graph(551), "window closed": graph(131_047) },
    refuses: bearer("whatsapp-token"),
    shows: () => undefined,
    takes: (platform, asked) => {
      if (match(asked, "POST", /^\/\d+\/messages$/) === undefined) return undefined;
      const on = string(field(asked.body, "context", "message_id"));
      return simple(platform, on, string(field(asked.body, "text", "body")), (said) => ({ messages: [{ id: `wamid.${said.id}` }] }), 200, true);
    },
  },
  x: {
    token: "x-token",
    account: { id: ACCOUNT },
    post: (id) => flagged("x", `2099${id}`, "post", { visibility: "broadcast" }),
    canLook: true,
    refusals: {
      expired: plain(401, { title: "Unauthorized", status: 401 }),
      limited: plain(429, { title: "Too Many Requests", status: 429 }),
      gone: plain(403, { detail: "You attempted to reply to a Tweet that is deleted or not visible to you.", status: 403 }),
    },
    refuses: bearer("x-token"),
    shows: (platform, asked) => {
      const messages = match(asked, "GET", /^\/2\/dm_conversations\/with\/(\d+)\/dm_events$/);
      const search = match(asked, "GET", /^\/2\/tweets\/search\/recent$/);
      if (messages === undefined && search === undefined) return undefined;
      const [on, from] = /in_reply_to_tweet_id:(\d+) from:(\d+)/.exec(decodeURIComponent(asked.path))?.slice(1) ?? [];
      if (search !== undefined && from !== ACCOUNT) return { data: [] };
      const data = platform.said
        .filter((said) => (messages === undefined ? said.on === on : said.privately))
        .map(({ id, text, at }) => ({ id, text, created_at: at.toISOString() }));
      // An empty search has no `data` at all.
      return data.length === 0 ? { meta: { result_count: 0 } } : { data, meta: { result_count: data.length } };
    },
    takes: (platform, asked) => {
      const text = string(asked.body["text"]);
      const [person] = match(asked, "POST", /^\/2\/dm_conversations\/with\/(\d+)\/messages$/) ?? [];
      if (person !== undefined) return simple(platform, person, text, (said) => ({ data: { dm_event_id: said.id } }), 201, true);
      if (match(asked, "POST", /^\/2\/tweets$/) === undefined) return undefined;
      const on = string(field(asked.body, "reply", "in_reply_to_tweet_id"));
      if (platform.said.some((said) => said.on === on && said.text === text)) {
        return { text, keep: () => plain(403, { detail: "You are not allowed to create a Tweet with duplicate content.", status: 403 }) };
      }
      return simple(platform, on, text, (said) => ({ data: { id: said.id, text } }), 201);
    },
  },
  linkedin: {
    token: "linkedin-token",
    account: { id: "urn:li:organization:42" },
    post: (id) => flagged("linkedin", `urn:li:comment:(urn:li:activity:1,${id})`, "comment", { thread: "urn:li:activity:1" }),
    canLook: true,
    refusals: PLAIN,
    refuses: (asked) => (asked.headers["linkedin-version"] === undefined ? "gone" : bearer("linkedin-token")(asked)),
    shows: (platform, asked) => {
      const [below, number] = match(asked, "GET", /^\/rest\/socialActions\/(.+)\/comments\/(\d+)$/) ?? [];
      if (number !== undefined) return platform.posts.get(`urn:li:comment:(${below},${number})`);
      const [urn] = match(asked, "GET", /^\/rest\/posts\/(.+)$/) ?? [];
      if (urn !== undefined) return platform.posts.get(urn);
      const [on] = match(asked, "GET", /^\/rest\/socialActions\/(.+)\/comments$/) ?? [];
      if (on === undefined) return undefined;
      const elements = platform.said
        .filter((said) => said.on === on)
        .map(({ id, text, at }) => ({ id, actor: "urn:li:organization:42", created: { time: at.getTime() }, message: { attributes: [], text } }));
      return { elements, paging: { start: 0, count: 10, total: elements.length, links: [] } };
    },
    takes: (platform, asked) => {
      const [on] = match(asked, "POST", /^\/rest\/socialActions\/(.+)\/comments$/) ?? [];
      if (on === undefined) return undefined;
      const urn = (said: Said): string => `urn:li:comment:(urn:li:activity:1,${said.id})`;
      return simple(platform, on, string(field(asked.body, "message", "text")), (said) => ({ commentUrn: urn(said) }), 201);
    },
  },
  discourse: {
    token: "discourse-key",
    account: { user: "northwind" },
    post: (id) => flagged("discourse", `79${id}`, "comment", { thread: "46582", permalink: `https://forum.example/t/a/46582/${Number(id)}` }),
    canLook: true,
    refusals: {
      expired: plain(401, { errors: ["You need to be logged in to do that."], error_type: "not_logged_in" }),
      limited: plain(429, { errors: ["You've performed this action too many times."], error_type: "rate_limit" }),
      gone: plain(404, { errors: ["The requested URL or resource could not be found."], error_type: "not_found" }),
    },
    refuses: (asked) => (asked.headers["api-key"] === "discourse-key" && asked.headers["api-username"] === "northwind" ? undefined : "expired"),
    shows: (platform, asked) => {
      const [on] = match(asked, "GET", /^\/posts\/(\d+)\/replies\.json$/) ?? [];
      if (on === undefined) return undefined;
      const number = String(Number(on.slice(2)));
      const replies = platform.said.filter((said) => said.on === number);
      return replies.map(({ id, text, at }) => ({ id: Number(id), created_at: at.toISOString(), cooked: `<p>${html(text)}</p>` }));
    },
    takes: (platform, asked) => {
      if (match(asked, "POST", /^\/posts\.json$/) === undefined) return undefined;
      const on = String(asked.body["reply_to_post_number"]);
      return simple(platform, on, string(asked.body["raw"]), (said) => ({ id: Number(said.id), topic_id: 46582 }));
    },
  },
  mastodon: {
    token: "mastodon-token",
    account: {},
    post: (id) => flagged("mastodon", `1093${id}`, "comment"),
    canLook: true,
    refusals: {
      expired: plain(401, { error: "The access token is invalid" }),
      limited: plain(429, { error: "Too many requests" }),
      gone: plain(404, { error: "Record not found" }),
    },
    refuses: bearer("mastodon-token"),
    shows: (platform, asked) => {
      const [on] = match(asked, "GET", /^\/api\/v1\/statuses\/(\d+)\/context$/) ?? [];
      if (on === undefined) return undefined;
      const descendants = platform.said
        .filter((said) => said.on === on)
        .map(({ id, text, at }) => ({ id, created_at: at.toISOString(), url: `https://social.example/@northwind/${id}`, content: `<p>${html(text)}</p>` }));
      return { ancestors: [], descendants };
    },
    takes: (platform, asked) => {
      if (match(asked, "POST", /^\/api\/v1\/statuses$/) === undefined) return undefined;
      const status = (said: Said): unknown => ({ id: said.id, url: `https://social.example/@northwind/${said.id}`, content: `<p>${html(said.text)}</p>` });
      const key = `key-${string(asked.headers["idempotency-key"])}`;
      const known = platform.said.find((said) => said.id === platform.containers.get(key)?.on);
      if (known !== undefined) return { text: known.text, keep: () => ({ status: 200, body: status(known) }) };
      const id = platform.id();
      platform.containers.set(key, { on: id, text: "", privately: false });
      const on = string(asked.body["in_reply_to_id"]);
      const privately = asked.body["visibility"] === "direct";
      const text = string(asked.body["status"]);
      return { text, keep: () => ({ status: 200, body: status(platform.keep({ on, text, privately }, id)) }) };
    },
  },
  telegram: {
    token: "110201543:telegram-token",
    account: {},
    post: (id) => flagged("telegram", `-100123_${Number(id)}`, "comment"),
    canLook: false,
    refusals: {
      expired: plain(401, { ok: false, error_code: 401, description: "Unauthorized" }),
      limited: plain(429, { ok: false, error_code: 429, description: "Too Many Requests: retry after 17", parameters: { retry_after: 17 } }),
      gone: plain(400, { ok: false, error_code: 400, description: "Bad Request: message to be replied not found" }),
    },
    refuses: (asked) => (asked.path.startsWith("/bot110201543:telegram-token/") && asked.headers.authorization === undefined ? undefined : "expired"),
    shows: () => undefined,
    takes: (platform, asked) => {
      if (match(asked, "POST", /^\/bot[\w:-]+\/sendMessage$/) === undefined) return undefined;
      const on = String(field(asked.body, "reply_parameters", "message_id"));
      return simple(platform, on, string(asked.body["text"]), (said) => ({ ok: true, result: { message_id: Number(said.id) } }));
    },
  },
  slack: {
    token: "xoxb-slack-token",
    account: {},
    post: (id) => flagged("slack", `C111-15959${id}.009600`, "post"),
    canLook: true,
    refusals: {
      expired: plain(200, { ok: false, error: "token_expired" }),
      limited: plain(429, { ok: false, error: "ratelimited" }),
      gone: plain(200, { ok: false, error: "channel_not_found" }),
    },
    refuses: bearer("xoxb-slack-token"),
    shows: (platform, asked) => {
      if (match(asked, "GET", /^\/conversations\.replies$/) === undefined) return undefined;
      const on = new URLSearchParams(asked.path.split("?")[1]).get("ts");
      const messages = platform.said.filter((said) => said.on === on).map(({ id, text }) => ({ type: "message", ts: id, text }));
      return { ok: true, messages, has_more: false };
    },
    takes: (platform, asked) => {
      if (match(asked, "POST", /^\/chat\.postMessage$/) === undefined) return undefined;
      const ts = `${Math.floor(Date.now() / 1000)}.${platform.id()}00`;
      const on = string(asked.body["thread_ts"]);
      const text = string(asked.body["text"]);
      return { text, keep: () => ({ status: 200, body: { ok: true, channel: "C111", ts: platform.keep({ on, text, privately: false }, ts).id } }) };
    },
  },
  zendesk: {
    token: "zendesk-token",
    account: { user: "desk@northwind.example" },
    post: (id) => flagged("zendesk", `${id}-901`, "message", { thread: id }),
    canLook: true,
    refusals: { ...PLAIN, expired: plain(401, { error: "Couldn't authenticate you" }) },
    refuses: (asked) => (asked.headers.authorization === `Basic ${btoa("desk@northwind.example/token:zendesk-token")}` ? undefined : "expired"),
    shows: (platform, asked) => {
      const [on] = match(asked, "GET", /^\/api\/v2\/tickets\/(\d+)\/comments\.json$/) ?? [];
      if (on === undefined) return undefined;
      const comments = platform.said.filter((said) => said.on === on).map(({ id, text, at }) => ({ id: Number(id), body: text, public: true, created_at: at.toISOString() }));
      return { comments: comments.reverse(), next_page: null, previous_page: null, count: comments.length };
    },
    takes: (platform, asked) => {
      const [on] = match(asked, "PUT", /^\/api\/v2\/tickets\/(\d+)\.json$/) ?? [];
      if (on === undefined) return undefined;
      return simple(platform, on, string(field(asked.body, "ticket", "comment", "body")), (said) => ({ ticket: { id: Number(on) }, audit: { id: Number(said.id) } }));
    },
  },
  trustpilot: {
    token: "trustpilot-token",
    account: {},
    post: (id) => flagged("trustpilot", `53bf${id}`, "review", { stars: 1 }),
    canLook: true,
    refusals: PLAIN,
    refuses: bearer("trustpilot-token"),
    shows: (platform, asked) => {
      const [on] = match(asked, "GET", /^\/v1\/private\/reviews\/(\w+)$/) ?? [];
      if (on === undefined) return undefined;
      const reply = platform.said.findLast((said) => said.on === on);
      return { id: on, stars: 1, text: "Stranded", createdAt: "2026-11-22T10:00:00Z", companyReply: reply && { text: reply.text, createdAt: reply.at.toISOString() } };
    },
    takes: (platform, asked) => {
      const [on] = match(asked, "POST", /^\/v1\/private\/reviews\/(\w+)\/reply$/) ?? [];
      if (on === undefined) return undefined;
      return simple(platform, on, string(asked.body["message"]), () => "", 201);
    },
  },
  google: {
    token: "google-token",
    account: {},
    post: (id) => flagged("google", `accounts/12/locations/34/reviews/56${id}`, "review", { stars: 1 }),
    canLook: true,
    refusals: PLAIN,
    refuses: bearer("google-token"),
    shows: (platform, asked) => {
      const [name] = match(asked, "GET", /^\/v4\/(accounts\/\w+\/locations\/\w+\/reviews\/\w+)$/) ?? [];
      if (name === undefined) return undefined;
      const fetched = platform.posts.get(name);
      if (fetched !== undefined) return fetched;
      const reply = platform.said.findLast((said) => said.on === name);
      return { name, comment: "Stranded", createTime: "2026-11-22T10:00:00Z", reviewReply: reply && { comment: reply.text, updateTime: reply.at.toISOString() } };
    },
    takes: (platform, asked) => {
      const [on] = match(asked, "PUT", /^\/v4\/(accounts\/\w+\/locations\/\w+\/reviews\/\w+)\/reply$/) ?? [];
      if (on === undefined) return undefined;
      const text = string(asked.body["comment"]);
      return simple(platform, on, text, (said) => ({ comment: text, updateTime: said.at.toISOString() }));
    },
  },
  youtube: {
    token: "youtube-token",
    account: {},
    post: (id) => flagged("youtube", `Ugx${id}`, "comment", { thread: "dQw4w9" }),
    canLook: true,
    refusals: {
      expired: plain(401, { error: { code: 401, errors: [{ reason: "authError" }] } }),
      limited: plain(403, { error: { code: 403, errors: [{ reason: "quotaExceeded" }] } }),
      gone: plain(404, { error: { code: 404, errors: [{ reason: "parentCommentNotFound" }] } }),
    },
    refuses: bearer("youtube-token"),
    shows: (platform, asked) => {
      if (match(asked, "GET", /^\/youtube\/v3\/comments$/) === undefined) return undefined;
      const on = new URLSearchParams(asked.path.split("?")[1]).get("parentId");
      const items = platform.said
        .filter((said) => said.on === on)
        .map(({ id, text, at }) => ({ id: `${on}.${id}`, snippet: { textDisplay: text, parentId: on, publishedAt: at.toISOString() } }));
      return { kind: "youtube#commentListResponse", items };
    },
    takes: (platform, asked) => {
      if (match(asked, "POST", /^\/youtube\/v3\/comments$/) === undefined) return undefined;
      const on = string(field(asked.body, "snippet", "parentId"));
      return simple(platform, on, string(field(asked.body, "snippet", "textOriginal")), (said) => ({ id: `${on}.${said.id}` }));
    },
  },
};

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Those that words can be fetched from and nothing can be said to. */
export const READ_ONLY: Record<string, Api> = {
  tiktok: {
    token: "tiktok-token",
    account: { id: "northwind-open-id" },
    post: (id) => flagged("tiktok", id, "comment"),
    canLook: false,
    refusals: {},
    // <https://business-api.tiktok.com/portal/docs>: what goes wrong stands in the body of a 200.
    refuses: (asked) => (asked.headers["access-token"] === "tiktok-token" && asked.headers.authorization === undefined ? undefined : "expired"),
    shows: (platform, asked) => {
      if (match(asked, "GET", /^\/open_api\/v1\.3\/business\/comment\/list\/$/) === undefined) return undefined;
      const query = new URLSearchParams(asked.path.split("?")[1]);
      if (query.get("business_id") !== "northwind-open-id") return { code: 40001, message: "no such account" };
      const wanted = JSON.parse(query.get("comment_ids") ?? "[]") as string[];
      const comments = [...platform.posts.values()].filter((post) => post["video_id"] === query.get("video_id") && wanted.includes(string(post["comment_id"])));
      return { code: 0, message: "OK", data: { comments, has_more: false } };
    },
    takes: () => undefined,
  },
};
