/** What staff do: list, flag, claim, note, close, each as their role lets them. */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Company, company } from "../support/company.ts";
import { Desk, type View, deliver, json, problem, told, urgent } from "../support/desk.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";

// A company a test: what one does is out of the others' sight, which is a promise of its own.
const companies = Array.from({ length: 32 }, (_, number) => company(`airline-${number}`));
let worker: Workerd;
let here: Company;
let ida: Desk;
let ben: Desk;
let mona: Desk;

before(async () => {
  worker = await startWorkerd({ settings: Object.assign({}, ...companies.map((one) => one.settings)) });
});
after(() => worker?.close());

function moveIn(): void {
  const next = companies.pop();
  assert.ok(next, "more tests than companies: raise their number");
  here = next;
  ida = new Desk(worker.url, here, "ida");
  ben = new Desk(worker.url, here, "ben");
  mona = new Desk(worker.url, here, "mona");
}

/** Puts posts on the desk by webhook. */
async function arrive(...posts: Record<string, unknown>[]): Promise<void> {
  assert.equal((await deliver(worker.url, here, "standard", told("created", ...posts))).status, 200);
}

const words = (view: View): string | undefined => view.mention.post.text.words;
const POST = {
  id: { platform: "reddit", native: "t3_page1" },
  kind: "post",
  channel: "elsewhere",
  text: { state: "delivered", words: "Anyone else waiting three weeks for a refund from Northwind Air?" },
  author: { handle: "delayed_again" },
  visibility: "public",
  permalink: "https://forum.example/t3_page1",
};

describe("keys", () => {
  before(moveIn);
  const ask = (authorization?: string): Promise<Response> =>
    fetch(`${worker.url}/v1/${here.id}/mentions`, { headers: authorization === undefined ? {} : { authorization } });
  for (const [name, header] of [
    ["none", () => undefined],
    ["no key at all", () => "Bearer hello"],
    ["a key that nobody has", () => `Bearer esk_ida_${"0".repeat(64)}`],
    ["another company's key", () => `Bearer ${companies[0]?.key("ida")}`],
    ["a key without the scheme", () => here.key("ida")],
    ["another scheme", () => `Basic ${here.key("ida")}`],
  ] as [string, () => string | undefined][]) {
    test(name, async () => {
      const answer = await ask(header());
      assert.equal((await problem(answer, 401)).type, "unauthorised");
      assert.equal(answer.headers.get("www-authenticate"), "Bearer");
    });
  }
  test("a good one, whatever the scheme's case", async () => {
    assert.equal((await ask(`bearer ${here.key("ida")}`)).status, 200);
  });
  test("every call of staff asks for one", async () => {
    for (const [path, method] of [["", "POST"], ["/x.1", "GET"], ["/x.1/claim", "POST"], ["/x.1/note", "POST"]] as const) {
      await problem(await fetch(`${worker.url}/v1/${here.id}/mentions${path}`, { method }), 401);
    }
  });
});

describe("the list", () => {
  before(async () => {
    moveIn();
    // Flagged by people, so that what is here does not hang on what the engine makes of it.
    const there = (platform: string, native: string, text: string, author: Record<string, string>): Promise<Response> =>
      ida.flag({ ...POST, id: { platform, native }, text: { state: "delivered", words: text }, author });
    const marisa = { handle: "marisa_h", name: "Marisa Hollbrook" };
    await there("forum", "a", "URGENT: my father had a heart attack at gate B4 and your staff ignores us, call an ambulance!", marisa);
    await there("shop", "b", "My suitcase was lost three weeks ago and nobody answers. When do I get it back?", marisa);
    await there("forum", "c", "Question: can I bring a cello as hand luggage?", { handle: "cellist", name: "Ömer Ünal" });
    await ida.flag({ ...POST, id: { platform: "reddit", native: "praise" }, text: { state: "delivered", words: "I love Northwind Air, the best crew, wonderful flight, thank you!" } });
  });
  const order = ["none", "low", "normal", "high", "critical"];

  test("is most urgent first", async () => {
    const { mentions, workspace, you } = await ida.list();
    const ranks = mentions.map((view) => order.indexOf(view.ticket.level));
    assert.deepEqual(ranks, ranks.toSorted((a, b) => b - a));
    assert.ok(new Set(ranks).size > 1, "mentions of different urgency, or this shows nothing");
    assert.equal(workspace, "Northwind Air");
    assert.equal(you, "ida");
  });
  test("narrows by platform", async () => {
    assert.deepEqual((await ida.list({ platform: "shop" })).mentions.map((view) => view.mention.id), ["shop.b"]);
  });
  test("narrows by level", async () => {
    const { mentions } = await ida.list({ level: "high" });
    assert.ok(mentions.length > 0);
    for (const view of mentions) assert.ok(["high", "critical"].includes(view.ticket.level));
  });
  for (const [search, ids] of [
    ["suitcase", ["shop.b"]],
    ["SUITCASE weeks", ["shop.b"]],
    ["suitcase cello", []],
    ["ömer", ["forum.c"]],
    ["ÜNAL", ["forum.c"]],
    ["cellist", ["forum.c"]],
    ["%", []],
    ["marisa_", ["forum.a", "shop.b"]],
    ["marisaxh", []],
    ["m_risa", []],
    ["' OR 1=1 --", []],
  ] as [string, string[]][]) {
    test(`searches for ${search}`, async () => {
      assert.deepEqual((await ida.list({ search })).mentions.map((view) => view.mention.id).toSorted(), ids);
    });
  }
  test("comes in pages that miss nothing and repeat nothing", async () => {
    const all = (await ida.list()).mentions.map((view) => view.mention.id);
    const paged: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await ida.list(cursor === "" ? { limit: "2" } : { limit: "2", cursor });
      assert.ok(page.mentions.length <= 2);
      paged.push(...page.mentions.map((view) => view.mention.id));
      cursor = page.next;
    }
    assert.deepEqual(paged, all);
  });
  for (const [name, query] of [
    ["a cursor of nobody's", "cursor=abc"],
    ["a shelf there is not", "shelf=attic"],
    ["a level there is not", "level=urgent"],
    ["a limit that is no number", "limit=many"],
  ]) {
    test(`refuses ${name}`, async () => {
      assert.equal((await problem(await ida.ask(`?${query}`), 400)).type, "bad-request");
    });
  }
  test("shelves hold what their counts say", async () => {
    const id = (await ida.list()).mentions[0]?.mention.id ?? "";
    await ida.act(id, "claim");
    for (const desk of [ida, ben]) {
      const { counts } = await desk.list();
      for (const shelf of ["urgent", "waiting", "mine", "praise", "open", "closed"] as const) {
        const { mentions } = await desk.list({ shelf, limit: "200" });
        assert.equal(mentions.length, counts[shelf], `${shelf} of ${desk.who}`);
      }
    }
    assert.equal((await ida.list()).counts.mine, 1);
    assert.equal((await ben.list()).counts.mine, 0);
    assert.ok((await ida.list()).counts.praise > 0);
    await ida.act(id, "resolve");
    assert.equal((await ida.list()).counts.closed, 1);
    await ben.act(id, "reopen");
    assert.equal((await ida.list()).counts.closed, 0);
  });
});

describe("claims", () => {
  beforeEach(async () => {
    moveIn();
    await arrive(urgent("one"));
  });

  test("of two people at once, exactly one wins, and the other is told who", async () => {
    const answers = await Promise.all([...Array(10).fill(ida), ...Array(10).fill(ben)].map((desk) => desk.ask("/forum.one/claim", "POST")));
    const holder = (await mona.one("forum.one")).ticket.state.by;
    assert.ok(holder === "ida" || holder === "ben");
    for (const [index, answer] of answers.entries()) {
      const who = index < 10 ? "ida" : "ben";
      if (who === holder) {
        assert.equal((await json<View>(answer, 200)).ticket.state.by, holder);
      } else {
        const told = await problem(answer, 409);
        assert.equal(told.type, "conflict");
        assert.match(told.detail ?? "", new RegExp(`^${holder} holds this mention`));
      }
    }
    const history = (await mona.one("forum.one")).history ?? [];
    assert.deepEqual(history.map((event) => event.what), ["admitted", "claimed"]);
  });
  test("are given back by their holder or a manager, not by a colleague", async () => {
    await ida.act("forum.one", "claim");
    await problem(await ben.ask("/forum.one/release", "POST"), 409);
    await problem(await ben.ask("/forum.one/resolve", "POST"), 409);
    assert.equal((await mona.act("forum.one", "release")).ticket.state.is, "waiting");
    assert.equal((await ben.act("forum.one", "claim")).ticket.state.by, "ben");
    assert.equal((await ben.act("forum.one", "release")).ticket.state.is, "waiting");
  });
  test("of what is closed wait until it is open again", async () => {
    assert.equal((await ida.act("forum.one", "dismiss")).ticket.state.is, "dismissed");
    await problem(await ben.ask("/forum.one/claim", "POST"), 409);
    assert.equal((await ben.act("forum.one", "reopen")).ticket.state.is, "waiting");
    await problem(await ben.ask("/forum.one/reopen", "POST"), 409);
  });
  test("and everything else stand in the history, oldest first", async () => {
    await ida.act("forum.one", "claim");
    await ida.act("forum.one", "note", { text: "Called her: 🧳 found in Lisbon. \"Tomorrow\" — Ünal" });
    await ida.act("forum.one", "resolve", { outcome: "elsewhere" });
    await mona.act("forum.one", "reopen");
    const { history, notes } = await ben.one("forum.one");
    assert.deepEqual(
      history?.map(({ what, by }) => [what, by]),
      [["admitted", undefined], ["claimed", "ida"], ["noted", "ida"], ["resolved", "ida"], ["reopened", "mona"]],
    );
    assert.equal(history?.[2]?.text, "Called her: 🧳 found in Lisbon. \"Tomorrow\" — Ünal");
    assert.equal(history?.[3]?.outcome, "elsewhere");
    assert.equal(notes, 1);
    assert.equal((await ben.list()).mentions[0]?.notes, 1);
  });
  test("given twice change nothing the second time", async () => {
    const first = await ida.act("forum.one", "claim");
    assert.deepEqual(await ida.act("forum.one", "claim"), first);
  });
  test("of what is not there", async () => {
    for (const id of ["forum.two", "nonsense", "forum.%00", "x.1"]) {
      assert.equal((await problem(await ida.ask(`/${id}/claim`, "POST"), 404)).type, "not-found");
    }
  });
  for (const [name, body] of [
    ["empty", { text: "  " }],
    ["too long", { text: "x".repeat(4001) }],
    ["missing", {}],
    ["of the wrong kind", { text: 7 }],
  ] as [string, unknown][]) {
    test(`a note that is ${name} is refused`, async () => {
      await problem(await ida.ask("/forum.one/note", "POST", body), 400);
      assert.equal((await ida.one("forum.one")).notes, 0);
    });
  }
});

describe("a post that staff flag on a page", () => {
  beforeEach(moveIn);

  test("comes to the desk with its reading, its flag and its note", async () => {
    const view = await json<View>(await ida.flag(POST, "customer since 2019"), 201);
    assert.equal(view.mention.id, "reddit.t3_page1");
    assert.deepEqual(view.mention.flag.by, { source: "staff", name: "ida" });
    assert.equal(view.notes, 1);
    assert.deepEqual(view.history?.map(({ what, by }) => [what, by]), [["admitted", "ida"], ["noted", "ida"]]);
    assert.equal(words(await ben.one("reddit.t3_page1")), POST.text.words);
  });
  test("a second time changes nothing", async () => {
    await json(await ida.flag(POST, "customer since 2019"), 201);
    const again = await json<View>(await ida.flag(POST, "customer since 2019"), 200);
    assert.equal(again.notes, 1);
    assert.deepEqual((await json<View>(await ben.flag(POST), 200)).mention.flag.by, { source: "staff", name: "ida" });
    assert.equal((await ida.list()).counts.open, 1);
  });
  test("is the same mention as the webhook's, whichever comes first", async () => {
    await json(await ida.flag(POST), 201);
    await arrive(urgent("t3_page1", { platform: "reddit" }), urgent("t3_hook1", { platform: "reddit" }));
    assert.equal((await ida.list()).counts.open, 2);
    const view = await json<View>(await ida.flag({ ...POST, id: { platform: "reddit", native: "t3_hook1" } }), 200);
    assert.equal(view.mention.flag.by.source, "triage");
    assert.equal((await ida.list()).counts.open, 2);
  });
  test("at once by twenty is one mention", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ida.flag(POST)));
    assert.deepEqual(answers.map((answer) => answer.status).toSorted(), [...Array(19).fill(200), 201]);
    assert.equal((await ida.list()).counts.open, 1);
    assert.equal([...(await worker.kv()).keys()].filter((key) => key.startsWith(`${here.id}/`)).length, 1);
  });
  test("keeps its words whatever they are written with", async () => {
    const text = "\u0000 تأخرت رحلتي 🧳👩‍👩‍👧 e\u0301 <script>alert(1)</script> \u202E \"'; DROP TABLE tickets; --";
    await json(await ida.flag({ ...POST, text: { state: "delivered", words: text } }), 201);
    assert.equal(words(await ida.one("reddit.t3_page1")), text);
    assert.equal((await ida.list({ search: "drop table" })).mentions.length, 1);
  });
  test("has no link that runs code", async () => {
    const view = await json<View>(await ida.flag({ ...POST, permalink: "javascript:alert(1)" }), 201);
    assert.equal(view.mention.post.permalink, undefined);
  });
  test("longer than lists show is whole where it is opened", async () => {
    const text = `${"Ünglaublich: no refund after eight weeks. ".repeat(150)}The end.`;
    await json(await ida.flag({ ...POST, text: { state: "delivered", words: text } }), 201);
    const listed = words((await ida.list()).mentions[0] as View) ?? "";
    assert.ok(text.startsWith(listed) && Buffer.byteLength(listed) <= 2000, `${listed.length}`);
    assert.equal(words(await ida.one("reddit.t3_page1")), text);
  });
  for (const [name, body] of [
    ["no JSON", "{"],
    ["no post", "{}"],
    ["a post without an id", JSON.stringify({ post: { ...POST, id: { platform: "reddit", native: "" } } })],
    ["a platform's name that breaks out", JSON.stringify({ post: { ...POST, id: { platform: "../m", native: "1" } } })],
  ] as [string, string][]) {
    test(`is refused with ${name}`, async () => {
      const headers = { authorization: `Bearer ${here.key("ida")}` };
      const answer = await fetch(`${worker.url}/v1/${here.id}/mentions`, { method: "POST", headers, body });
      const told = await problem(answer, 400);
      assert.doesNotMatch(told.detail ?? "", /reddit|refund/);
    });
  }
});

describe("browsers", () => {
  before(moveIn);
  test("may ask whether they may ask, without a key", async () => {
    for (const path of [`/v1/${here.id}/mentions`, `/v1/${here.id}/mentions/x.1/claim`, "/healthz"]) {
      const answer = await fetch(worker.url + path, {
        method: "OPTIONS",
        headers: { origin: "chrome-extension://abc", "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
      });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get("access-control-allow-origin"), "*");
      assert.match(answer.headers.get("access-control-allow-headers") ?? "", /authorization/);
      assert.equal(answer.headers.get("access-control-allow-credentials"), null);
      assert.ok(Number(answer.headers.get("access-control-max-age")) > 0);
    }
  });
  test("of every origin may read answers and problems", async () => {
    const bad = await fetch(`${worker.url}/v1/${here.id}/mentions`);
    for (const answer of [await ida.ask(""), bad]) {
      assert.equal(answer.headers.get("access-control-allow-origin"), "*");
      assert.equal(answer.headers.get("cache-control"), "no-store");
    }
  });
});

describe("a workspace", () => {
  test("can neither read nor count another's mentions", async () => {
    moveIn();
    const [theirs, theirDesk] = [here, ida];
    await arrive(urgent("secret"));
    moveIn();
    assert.deepEqual((await ida.list()).counts, { urgent: 0, waiting: 0, mine: 0, praise: 0, open: 0, closed: 0 });
    await problem(await ida.ask("/forum.secret"), 404);
    const headers = { authorization: `Bearer ${here.key("ida")}` };
    await problem(await fetch(`${worker.url}/v1/${theirs.id}/mentions/forum.secret`, { headers }), 401);
    // The same post in both is two mentions.
    await arrive(urgent("secret"));
    await ida.act("forum.secret", "dismiss");
    assert.equal((await theirDesk.one("forum.secret")).ticket.state.is, "waiting");
  });
});
