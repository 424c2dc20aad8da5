/** Answering through the platforms: a person is answered once, whatever breaks, and is told what became of it. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Company, company } from "../support/company.ts";
import { Desk, deliver, json, problem, told } from "../support/desk.ts";
import { APIS, type Refusal } from "../support/platforms/apis.ts";
import { type Fault, type Platform, Platforms } from "../support/platforms/platforms.ts";
import { type Draft, ask, flag, looked, one, reply, settled } from "../support/platforms/replies.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";

const here: Company = company("northwind");
const without: Company = company("without-tokens");
let platforms: Platforms;
let worker: Workerd;
let ida: Desk;
let ben: Desk;
let mona: Desk;
let number = 1000;

before(async () => {
  platforms = await Platforms.start();
  worker = await startWorkerd({
    settings: {
      ...here.settings,
      ...without.settings,
      ...platforms.settings(here.id),
      // A token that would go out in the clear, and one that nobody knows where to send.
      TOKEN_WITHOUT_TOKENS_FACEBOOK: "token-in-the-clear",
      ACCOUNT_WITHOUT_TOKENS_FACEBOOK: JSON.stringify({ address: "http://api.example" }),
      TOKEN_WITHOUT_TOKENS_MASTODON: "token-to-nowhere",
      // Long enough for a busy machine, short enough for a test.
      REPLY_ANSWER_SECONDS: "3",
      REPLY_LOOK_SECONDS: "1",
    },
  });
  [ida, ben, mona] = ["ida", "ben", "mona"].map((who) => new Desk(worker.url, here, who)) as [Desk, Desk, Desk];
});
after(async () => {
  await worker?.close();
  await platforms?.close();
});

interface Case {
  platform: Platform;
  id: string;
  text: string;
}

/** A fresh post on a platform, flagged, with words for it that nobody used before. */
async function fresh(name: string, more: Record<string, unknown> = {}): Promise<Case> {
  const platform = platforms.get(name);
  platform.faults.length = 0;
  platform.looksFail.length = 0;
  const own = String(++number);
  const id = await flag(ida, { ...platform.api.post(own), ...more });
  return { platform, id, text: `So sorry, & on our way <no. ${own}>.` };
}

/** What makes the words others than all before; platforms write what is around it in their own ways. */
const mark = (text: string): string => /no\. \d+/.exec(text)?.[0] ?? text;
/** How often the platform was asked to say these words. */
const asked = (platform: Platform, text: string): number => platform.told.filter((told) => told.includes(mark(text))).length;
/** How often it holds them. */
const held = (platform: Platform, text: string): number => platform.holds(mark(text));

// Each platform has its own faults, so they need not wait for each other.
describe("every platform", { concurrency: true }, () => {
  for (const [name, api] of Object.entries(APIS)) {
    describe(name, { concurrency: false }, () => {
      test("can be answered, and says so", async () => {
        const { id } = await fresh(name);
        const { answering } = await one(ida, id);
        assert.equal(answering?.way, "here", answering?.detail);
        assert.ok((answering?.publicly ?? answering?.privately)?.longest);
      });

      test("holds the answer once", async () => {
        const { platform, id, text } = await fresh(name);
        const answered = await reply(ida, id, { text });
        assert.equal(answered.reply?.state.is, "sent", JSON.stringify(answered.reply));
        assert.deepEqual([held(platform, text), asked(platform, text)], [1, 1]);
        assert.equal(answered.ticket.state.by, "ida");
        const { history = [] } = await one(ida, id);
        assert.deepEqual(history.map(({ what, by }) => [what, by]), [["admitted", "ida"], ["claimed", "ida"], ["replied", "ida"]]);
        assert.equal(history[2]?.text, text);
        // What was answered can be closed at once.
        assert.equal((await ida.act(id, "resolve")).ticket.state.is, "resolved");
      });

      for (const refusal of Object.keys(api.refusals) as Refusal[]) {
        // A comment's window never closes.
        const post = refusal === "window closed" && name !== "whatsapp" ? { kind: "message", visibility: "direct" } : {};
        test(`refuses: ${refusal}`, async () => {
          const { platform, id, text } = await fresh(name, post);
          platform.faults.push(refusal);
          const { reply: refused } = await reply(ida, id, { text });
          assert.equal(refused?.state.is, "refused");
          const words: Record<Refusal, RegExp> = {
            expired: /connect the account again/,
            limited: /try again in some minutes/,
            gone: /is gone/,
            "window closed": /wait until they write again/,
          };
          assert.match(refused?.state.why ?? "", words[refusal]);
          assert.deepEqual([held(platform, text), asked(platform, text)], [0, 1]);
          // It may be tried again, as a reply of its own.
          assert.equal((await reply(ida, id, { text })).reply?.state.is, "sent");
          assert.equal(held(platform, text), 1);
        });
      }

      const broken: [Fault, { held: 0 | 1; asked: 1 | 2 }][] = [
        ["trouble before", { held: 1, asked: 2 }],
        ["trouble after", { held: 1, asked: 1 }],
        ["cut before", { held: 1, asked: 2 }],
        ["cut after", { held: 1, asked: 1 }],
        ["half an answer", { held: 1, asked: 1 }],
      ];
      for (const [fault, expected] of broken) {
        const isKept = fault !== "trouble before" && fault !== "cut before";
        test(`breaks: ${fault}`, async () => {
          const { platform, id, text } = await fresh(name);
          platform.faults.push(fault);
          const first = await reply(ida, id, { text });
          if (api.canLook) {
            assert.equal(first.reply?.state.is, "pending");
            // Nothing else can be said until it is known what became of this.
            await problem(await ask(ida, id, { text: "And another thing." }), 409);
            const { reply: known } = await settled(ida, id);
            assert.equal(known.state.is, "sent");
            assert.deepEqual({ held: held(platform, text), asked: asked(platform, text) }, expected);
          } else {
            assert.equal(first.reply?.state.is, "unknown");
            const { detail } = await problem(await ask(ida, id, { text }), 409);
            assert.match(detail ?? "", /look at the post first/);
            assert.deepEqual([held(platform, text), asked(platform, text)], [isKept ? 1 : 0, 1]);
            const told = await json<typeof first>(await looked(ida, id, first.reply?.key ?? "", isKept), 200);
            assert.equal(told.reply?.state.is, isKept ? "sent" : "not_sent");
            if (!isKept) assert.equal((await reply(ida, id, { text })).reply?.state.is, "sent");
            assert.equal(held(platform, text), 1);
          }
        });
      }
    });
  }
});

describe("a platform that goes silent", () => {
  for (const fault of ["silent after", "silent before"] as const) {
    test(`${fault === "silent after" ? "after" : "before"} it kept the answer holds it once`, async () => {
      const { platform, id, text } = await fresh("facebook");
      platform.faults.push(fault);
      assert.equal((await reply(ida, id, { text })).reply?.state.is, "pending");
      assert.equal((await settled(ida, id)).reply.state.is, "sent");
      assert.deepEqual([held(platform, text), asked(platform, text)], [1, fault === "silent after" ? 1 : 2]);
    });
  }
  test("twice is for a person to look at, and is not sent a third time", async () => {
    const { platform, id, text } = await fresh("mastodon");
    platform.faults.push("cut before", "cut before");
    await reply(ida, id, { text });
    assert.equal((await settled(ida, id)).reply.state.is, "unknown");
    assert.deepEqual([held(platform, text), asked(platform, text)], [0, 2]);
  });
  test("and cannot be looked at for a while is looked at again", async () => {
    const { platform, id, text } = await fresh("instagram");
    platform.faults.push("cut after");
    platform.looksFail.push("trouble", "cut");
    await reply(ida, id, { text });
    assert.equal((await settled(ida, id)).reply.state.is, "sent");
    assert.deepEqual([held(platform, text), asked(platform, text)], [1, 1]);
  });
  test("and said the same before holds both, each once", async () => {
    const { platform, id, text } = await fresh("zendesk");
    platform.keep({ on: platform.api.post(String(number))["thread"] as string, text, privately: true }).at = new Date(Date.now() - 3_600_000);
    platform.faults.push("cut before");
    await reply(ida, id, { text });
    assert.equal((await settled(ida, id)).reply.state.is, "sent");
    assert.deepEqual([held(platform, text), asked(platform, text)], [2, 2]);
  });
});

describe("in private", () => {
  for (const name of ["facebook", "instagram", "x"]) {
    test(`${name} keeps it between us and the author`, async () => {
      const { platform, id, text } = await fresh(name);
      const { answering } = await one(ida, id);
      assert.ok(answering?.publicly && answering.privately);
      const answered = await reply(ida, id, { text, privately: true });
      assert.equal(answered.reply?.state.is, "sent");
      assert.deepEqual(platform.said.filter((said) => said.text === text).map((said) => said.privately), [true]);
    });
  }
  test("is never said in public where the platform has no such way", async () => {
    const { platform, id, text } = await fresh("youtube");
    assert.equal((await one(ida, id)).answering?.privately, undefined);
    await problem(await ask(ida, id, { text, privately: true }), 409);
    assert.equal(held(platform, text), 0);
  });
  test("a message is answered whatever was asked for", async () => {
    const { platform, id, text } = await fresh("facebook", { kind: "message", visibility: "direct" });
    const view = await one(ida, id);
    assert.deepEqual([view.answering?.publicly, view.answering?.privately?.longest], [undefined, 1000]);
    assert.ok((view.answering?.privately?.until ?? 0) > Date.now());
    assert.equal((await reply(ida, id, { text, privately: false })).reply?.privately, true);
    assert.equal(platform.said.at(-1)?.privately, true);
  });
});

describe("two people", () => {
  test("who answer at once: one wins, the other is told who", async () => {
    const { platform, id } = await fresh("x");
    const texts = { ida: `From ida ${randomUUID()}`, ben: `From ben ${randomUUID()}` };
    const answers = await Promise.all([ask(ida, id, { text: texts.ida }), ask(ben, id, { text: texts.ben })]);
    const statuses = answers.map(({ status }) => status);
    assert.deepEqual(statuses.toSorted(), [200, 409]);
    const winner = statuses[0] === 200 ? "ida" : "ben";
    const { detail } = await problem(answers[winner === "ida" ? 1 : 0] as Response, 409);
    assert.match(detail ?? "", new RegExp(`\\b${winner}\\b`));
    assert.deepEqual([platform.holds(texts.ida), platform.holds(texts.ben)], winner === "ida" ? [1, 0] : [0, 1]);
  });
  test("a manager does not answer who is being answered", async () => {
    const { id, text } = await fresh("x");
    await ida.act(id, "claim");
    const { detail } = await problem(await ask(mona, id, { text }), 409);
    assert.match(detail ?? "", /ida holds/);
  });
  test("who did not write it cannot say what became of it, a manager can", async () => {
    const { platform, id, text } = await fresh("telegram");
    platform.faults.push("cut after");
    const { reply: unknown } = await reply(ida, id, { text });
    const key = unknown?.key ?? "";
    await problem(await looked(ben, id, key, true), 409);
    assert.equal((await json<typeof here & { reply: { state: { is: string } } }>(await looked(mona, id, key, true), 200)).reply.state.is, "sent");
    const { history = [] } = await one(ida, id);
    assert.deepEqual(history.slice(2).map(({ what, by }) => [what, by]), [["reply_unknown", "ida"], ["replied", "mona"]]);
  });
});

describe("the same request again", () => {
  test("sends nothing, also five at once", async () => {
    const { platform, id, text } = await fresh("threads");
    const draft: Draft = { key: randomUUID(), text };
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(ida, id, draft)));
    assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200, 200]);
    const { reply: known } = await settled(ida, id);
    assert.equal(known.state.is, "sent");
    assert.equal((await reply(ida, id, draft)).reply?.state.is, "sent");
    assert.deepEqual([held(platform, text), asked(platform, text)], [1, 1]);
  });
  test("with other words is refused", async () => {
    const { platform, id, text } = await fresh("threads");
    const draft: Draft = { key: randomUUID(), text };
    await reply(ida, id, draft);
    await problem(await ask(ida, id, { ...draft, text: "Something else." }), 409);
    assert.equal(platform.holds("Something else."), 0);
  });
});

describe("what cannot be sent is said before it is tried", () => {
  const refused = async (name: string, draft: Draft, status: number, words: RegExp): Promise<void> => {
    const { platform, id } = await fresh(name);
    const before = platform.told.length;
    const { detail } = await problem(await ask(ida, id, draft), status);
    assert.match(detail ?? "", words);
    assert.equal(platform.told.length, before);
    const view = await one(ida, id);
    assert.deepEqual([view.reply, view.ticket.state.is], [undefined, "waiting"]);
  };
  test("no words", () => refused("x", { text: "  " }, 400, /write something/));
  test("too many", () => refused("x", { text: "a".repeat(281) }, 400, /281 characters and 280/));
  test("a key that is none", () => refused("x", { key: "short", text: "Hello" }, 400, /body/));
  test("a post that is closed", async () => {
    const { id, text } = await fresh("x");
    await ida.act(id, "dismiss");
    assert.match((await problem(await ask(ida, id, { text }), 409)).detail ?? "", /reopen/);
  });
  test("a post that was never there", async () => {
    await problem(await ask(ida, "x.404", { text: "Hello" }), 404);
    await problem(await looked(ida, "x.404", randomUUID(), true), 404);
  });
  test("without a key of staff", async () => {
    const answer = await fetch(`${worker.url}/v1/${here.id}/mentions/x.1/reply`, { method: "POST", body: "{}" });
    await problem(answer, 401);
  });
});

describe("where it cannot be answered from here", () => {
  const cases: [string, Record<string, unknown>, string, RegExp][] = [
    ["no token is set", { platform: "x", native: "1" }, "no_token", /copy the reply and open the post.*TOKEN_WITHOUT_TOKENS_X/],
    ["the platform takes none", { platform: "tiktok", native: "1" }, "no_way", /copy the reply and open the post/],
    ["nobody knows the platform", { platform: "some-forum", native: "1" }, "no_way", /copy the reply and open the post/],
  ];
  for (const [what, id, why, words] of cases) {
    test(`${what}: a person copies and opens the post`, async () => {
      const desk = new Desk(worker.url, without, "ida");
      const flagged = await flag(desk, { ...APIS["x"]?.post("1"), id });
      const { answering } = await one(desk, flagged);
      assert.deepEqual([answering?.way, answering?.why], ["elsewhere", why]);
      assert.match(answering?.detail ?? "", words);
      const { detail } = await problem(await ask(desk, flagged, { text: "Hello" }), why === "no_token" ? 503 : 409);
      assert.match(detail ?? "", words);
    });
  }
  for (const [platform, words] of [["facebook", /must begin with https/], ["mastodon", /address of the platform is not set/]] as const) {
    test(`what is set for ${platform} cannot be used: an admin is told`, async () => {
      const desk = new Desk(worker.url, without, "ida");
      const flagged = await flag(desk, { ...APIS[platform]?.post("2") });
      const { answering } = await one(desk, flagged);
      assert.deepEqual([answering?.way, answering?.why], ["elsewhere", "not_set_up"]);
      assert.match(answering?.detail ?? "", words);
      assert.doesNotMatch(answering?.detail ?? "", /token-/);
      const { detail } = await problem(await ask(desk, flagged, { text: "Hello" }), 503);
      assert.match(detail ?? "", words);
    });
  }
  test("its window is over", async () => {
    const { id } = await fresh("whatsapp", { published: Date.now() - 25 * 3_600_000 });
    assert.equal((await one(ida, id)).answering?.why, "too_late");
  });
});

test("a post that is deleted while its answer is on its way takes the answer with it", async () => {
  const { platform, id, text } = await fresh("linkedin");
  platform.faults.push("cut before");
  assert.equal((await reply(ida, id, { text })).reply?.state.is, "pending");
  const { native } = platform.api.post(String(number))["id"] as { native: string };
  const gone = await deliver(worker.url, here, "standard", told("deleted", { id: native, platform: "linkedin" }));
  assert.equal(gone.status, 200, await gone.text());
  await problem(await ida.ask(`/${encodeURIComponent(id)}`), 404);
  // Another that was left in the same way later is looked after by now, so this one would have been.
  const other = await fresh("linkedin");
  platform.faults.push("cut before");
  await reply(ida, other.id, { text: other.text });
  assert.equal((await settled(ida, other.id)).reply.state.is, "sent");
  assert.deepEqual([held(platform, text), asked(platform, text)], [0, 1]);
});

test("a redirect is not followed: the token goes where the operator said", async () => {
  const { platform, id, text } = await fresh("facebook");
  platform.faults.push("redirected");
  const { reply: refused } = await reply(ida, id, { text });
  assert.equal(refused?.state.is, "refused");
  assert.deepEqual([held(platform, text), platforms.strayed], [0, []]);
});

test("lists show what became of an answer, and logs show neither words nor tokens", async () => {
  const { id, text } = await fresh("slack");
  await reply(ida, id, { text });
  const listed = (await ida.list({ limit: "200" })).mentions.find((view) => view.mention.id === id) as Awaited<ReturnType<typeof one>>;
  assert.equal(listed.reply?.state.is, "sent");
  const log = worker.log.join("");
  assert.ok(!log.includes("So sorry") && !Object.values(APIS).some(({ token }) => log.includes(token)), log);
});
