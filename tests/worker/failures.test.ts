/** When storage fails or code panics: no 2xx for what is not kept, and once it is mended everything is there, once. */

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Company, company, sign } from "../support/company.ts";
import { Desk, post, problem, told, until, urgent } from "../support/desk.ts";
import { type Kind, type Trial, startTrial } from "../support/trial.ts";

const companies = Array.from({ length: 40 }, (_, number) => company(`airline-${number}`));
let worker: Trial;
let here: Company;
let ida: Desk;

before(async () => {
  worker = await startTrial({ settings: Object.assign({}, ...companies.map((one) => one.settings)) });
});
after(() => worker?.close());
beforeEach(async () => {
  const next = companies.pop();
  assert.ok(next, "more tests than companies: raise their number");
  here = next;
  ida = new Desk(worker.url, here, "ida");
  await worker.rule({});
});

type Sent = ["created" | "updated" | "deleted", ...Record<string, unknown>[]];
const send = (...[type, ...posts]: Sent): Promise<Response> => {
  const body = told(type, ...posts);
  return post(worker.url, here.id, "standard", body, sign("standard", here.secret("standard"), body, worker.now()));
};

async function accepted(...sent: Sent): Promise<void> {
  const answer = await send(...sent);
  assert.equal(answer.status, 200, await answer.text());
}

/** What KV and desk hold of this company: id to words, after a look that both say the same. */
async function held(): Promise<Map<string, string>> {
  const { tickets = [], tombstones = [] } = await worker.tables(here.id);
  const desk = new Map(tickets.map((row) => [String(row.id), JSON.parse(String(row.mention)).post.text.words as string]));
  const stored = [...(await worker.kv())].filter(([key]) => key.startsWith(`${here.id}/m/`));
  const kv = new Map(stored.map(([key, { value }]) => [key.slice(`${here.id}/m/`.length), JSON.parse(value).post.text.words as string]));
  const sorted = (map: Map<string, string>): [string, string][] => [...map].sort(([a], [b]) => a.localeCompare(b));
  assert.deepEqual(sorted(kv), sorted(desk), "KV and desk differ");
  for (const { id } of tombstones) assert.ok(!desk.has(String(id)), `${id} is deleted and there`);
  return desk;
}

const WORDS = urgent("one").text as string;
const EDITED = "Still stranded at the airport, and now my daughter is ill. Please help us now!";
const EDIT = urgent("one", { text: EDITED, updated_at: "2026-11-22T18:05:00Z" });

describe("a delivery is refused while storage fails, and taken when it is sent again", () => {
  const deliveries: [string, Sent[], Sent, [string, string][]][] = [
    ["a new post", [], ["created", urgent("one")], [["forum.one", WORDS]]],
    ["an edit", [["created", urgent("one")]], ["updated", EDIT], [["forum.one", EDITED]]],
    ["a deletion", [["created", urgent("one")]], ["deleted", { id: "one", platform: "forum" }], []],
    [
      "a batch",
      [["created", urgent("one")]],
      ["created", urgent("two"), urgent("one"), { id: "calm", platform: "forum", text: "The sky is blue." }, urgent("three")],
      [["forum.one", WORDS], ["forum.three", WORDS], ["forum.two", WORDS]],
    ],
  ];
  const kinds: [string, Kind][] = [
    ["KV refuses", "kv"],
    ["KV takes it and its answer is lost", "kvAnswer"],
    ["the desk is not reached", "desk"],
    ["the desk does it and its answer is lost", "deskAnswer"],
    ["SQLite refuses", "sql"],
  ];
  for (const [what, earlier, delivery, expected] of deliveries) {
    for (const [how, kind] of kinds) {
      test(`${what}, when ${how}`, async () => {
        for (const sent of earlier) await accepted(...sent);
        const { happened } = await worker.rule({ next: { [kind]: 2 } });
        const failedBefore = happened[kind] ?? 0;
        const refused = await problem(await send(...delivery), 503);
        assert.equal(refused.type, "storage-down");
        await worker.rule({});
        assert.ok(((await worker.rule({})).happened[kind] ?? 0) > failedBefore, "nothing failed, so this shows nothing");
        // The platform sends again what it has no 2xx for, and then some.
        for (let time = 0; time < 3; time++) await accepted(...delivery);
        assert.deepEqual([...(await held())].sort(), expected);
        const histories = await Promise.all([...(await held()).keys()].map((id) => ida.one(id)));
        for (const { history = [] } of histories) {
          assert.equal(history.filter((event) => event.what === "admitted").length, 1);
          assert.ok(history.filter((event) => event.what === "edited").length <= 1);
        }
      });
    }
  }
  test("says when to come again", async () => {
    await worker.rule({ next: { kv: 1 } });
    assert.equal((await send("created", urgent("one"))).headers.get("retry-after"), "30");
  });
  test("also what a member of staff flags", async () => {
    const seen = {
      id: { platform: "reddit", native: "t3_page1" }, kind: "post", channel: "elsewhere", visibility: "public",
      text: { state: "delivered", words: "Anyone else waiting three weeks for a refund?" },
    };
    await worker.rule({ next: { kv: 1 } });
    await problem(await ida.flag(seen, "a customer of ours"), 503);
    assert.ok((await ida.flag(seen, "a customer of ours")).ok);
    assert.equal((await held()).size, 1);
    assert.equal((await ida.one("reddit.t3_page1")).notes, 1);
  });
  test("an alarm that cannot be set is a failure: nobody would look after what was left", async () => {
    await worker.rule({ next: { alarm: 1 } });
    await problem(await send("created", urgent("one")), 503);
    await accepted("created", urgent("one"));
    assert.equal((await held()).size, 1);
  });
});

describe("where nobody sends again", () => {
  test("the desk's alarm tells KV what it missed", async () => {
    await worker.rule({ next: { kv: 1 } });
    await problem(await send("created", urgent("one")), 503);
    await worker.rule({});
    await worker.advance(here.id, 61_000);
    await until("KV has it", async () => (await worker.kv()).has(`${here.id}/m/forum.one`));
    assert.deepEqual([...(await held()).keys()], ["forum.one"]);
  });
  test("the alarm comes back for as long as KV fails", async () => {
    await worker.rule({ next: { kv: 3 } });
    await problem(await send("created", urgent("one")), 503);
    for (let time = 0; time < 3; time++) {
      const rang = (await worker.rule({ next: { kv: 2 - time } })).happened.alarms ?? 0;
      await worker.advance(here.id, 61_000);
      await until("the alarm rings", async () => ((await worker.rule({ next: { kv: 1 - time } })).happened.alarms ?? 0) > rang);
    }
    await worker.rule({});
    await worker.advance(here.id, 61_000);
    await until("KV has it", async () => (await worker.kv()).has(`${here.id}/m/forum.one`));
  });
  test("a deletion that KV missed is done by the alarm", async () => {
    await accepted("created", urgent("one"));
    await worker.rule({ next: { kv: 1 } });
    await problem(await send("deleted", { id: "one", platform: "forum" }), 503);
    // The desk forgot it at once, whatever KV did.
    await problem(await ida.ask("/forum.one"), 404);
    await worker.rule({});
    await worker.advance(here.id, 61_000);
    await until("KV forgot it", async () => !(await worker.kv()).has(`${here.id}/m/forum.one`));
  });
});

test("storage that fails one time in five loses nothing and keeps nothing twice", async () => {
  const chances = { kv: 0.05, kvAnswer: 0.05, desk: 0.04, deskAnswer: 0.04, sql: 0.03 };
  await worker.rule({ seed: 7, chances });
  let refusals = 0;
  const untilAccepted = async (...sent: Sent): Promise<void> => {
    for (let time = 0; time < 50; time++) {
      const answer = await send(...sent);
      await answer.arrayBuffer();
      if (answer.status === 200) return;
      assert.equal(answer.status, 503);
      refusals++;
    }
    assert.fail("fifty refusals in a row");
  };
  const expected = new Map<string, string>();
  await Promise.all(
    Array.from({ length: 8 }, async (_, sender) => {
      for (let number = 0; number < 12; number++) {
        const id = `s${sender}-${number}`;
        await untilAccepted("created", urgent(id));
        expected.set(`forum.${id}`, WORDS);
        if (number % 3 === 0) {
          await untilAccepted("updated", urgent(id, { text: EDITED, updated_at: "2026-11-22T18:05:00Z" }));
          expected.set(`forum.${id}`, EDITED);
        }
        if (number % 4 === 0) {
          await untilAccepted("deleted", { id, platform: "forum" });
          expected.delete(`forum.${id}`);
        }
      }
    }),
  );
  await worker.rule({});
  assert.ok(refusals > 20, `only ${refusals} refusals: this shows little`);
  assert.deepEqual([...(await held())].sort(), [...expected].sort());
});

describe("a panic", () => {
  /** A delivery whose length is not stated, which is where the trial makes the worker's code panic. */
  const streamed = (id: string): Promise<Response> => {
    const body = told("created", urgent(id));
    const stream = new Blob([body]).stream();
    const headers = sign("standard", here.secret("standard"), body, worker.now());
    const init = { method: "POST", body: stream, duplex: "half", headers } as RequestInit;
    return fetch(`${worker.url}/v1/hooks/${here.id}/standard`, init);
  };
  test("fails its request, and the next one is answered", async () => {
    await worker.rule({ next: { panic: 1 } });
    assert.equal((await problem(await streamed("one"), 500)).type, "internal");
    await until("it was a panic", () => worker.log.join("").includes("panicked at"));
    for (let time = 0; time < 3; time++) assert.equal((await streamed("one")).status, 200);
    assert.deepEqual([...(await held()).keys()], ["forum.one"]);
  });
  test("that is a trap within one call fails its request, and the next one is answered", async () => {
    await worker.rule({ next: { trap: 1 } });
    assert.equal((await problem(await send("created", urgent("one")), 500)).type, "internal");
    for (let time = 0; time < 3; time++) await accepted("created", urgent("one"));
    assert.deepEqual([...(await held()).keys()], ["forum.one"]);
  });
  for (const kind of ["deskPanic", "deskTrap"] as const) {
  test(`in the desk (${kind}) fails its request at once, and the next one is answered`, async () => {
    await accepted("created", urgent("zero"));
    await worker.rule({ next: { [kind]: 1 } });
    // The worker says that its desk failed or, where both share an instance, that it did.
    const failed = await send("deleted", { id: "zero", platform: "forum" });
    await problem(failed, failed.status === 500 ? 500 : 503);
    await accepted("deleted", { id: "zero", platform: "forum" });
    await accepted("created", urgent("one"));
    assert.deepEqual([...(await held()).keys()], ["forum.one"]);
  });
  }
  test("loses nothing of the requests around it", async () => {
    const sent = Array.from({ length: 120 }, (_, number) => `n-${number}`);
    const promised = new Set<string>();
    await worker.rule({ chances: { panic: 0.1 } });
    let failures = 0;
    for (let from = 0; from < sent.length; from += 12) {
      await Promise.all(
        sent.slice(from, from + 12).map(async (id) => {
          const answer = await streamed(id);
          await answer.arrayBuffer();
          if (answer.status === 200) promised.add(id);
          else failures++;
          assert.ok(answer.status === 200 || answer.status >= 500, `${answer.status}`);
        }),
      );
    }
    assert.ok(failures > 0, "nothing panicked, so this shows nothing");
    await worker.rule({});
    const kept = await held();
    for (const id of promised) assert.ok(kept.has(`forum.${id}`), `${id} got 200 and is gone`);
    for (const id of sent) assert.equal((await streamed(id)).status, 200);
    assert.equal((await held()).size, sent.length);
  });
});
