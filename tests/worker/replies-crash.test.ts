/** Answering while the power fails: workerd is killed between the request and its record, and a person is answered once. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Company, company } from "../support/company.ts";
import { Desk } from "../support/desk.ts";
import { type Fault, Platforms } from "../support/platforms/platforms.ts";
import { ask, flag, looked, one, reply, settled } from "../support/platforms/replies.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";

const here: Company = company("northwind");
let platforms: Platforms;
let worker: Workerd;
let ida: Desk;

before(async () => {
  platforms = await Platforms.start();
  worker = await startWorkerd({
    settings: { ...here.settings, ...platforms.settings(here.id), REPLY_ANSWER_SECONDS: "2", REPLY_LOOK_SECONDS: "1" },
  });
  ida = new Desk(worker.url, here, "ida");
});
after(async () => {
  await worker?.close();
  await platforms?.close();
});

const cases: [string, Fault, { state: "sent" | "unknown"; held: number; asked: number }][] = [
  // The platform kept it and its answer never arrived: a look finds it.
  ["facebook", "silent after", { state: "sent", held: 1, asked: 1 }],
  ["mastodon", "silent after", { state: "sent", held: 1, asked: 1 }],
  // The platform did not keep it: a look finds nothing, so it is sent once more.
  ["x", "silent before", { state: "sent", held: 1, asked: 2 }],
  // The platform cannot be looked at: a person has to.
  ["whatsapp", "silent after", { state: "unknown", held: 1, asked: 1 }],
];

for (const [index, [name, fault, expected]] of cases.entries()) {
  test(`killed while ${name} goes ${fault} it kept the answer`, async () => {
    const platform = platforms.get(name);
    const id = await flag(ida, platform.api.post(String(4000 + index)));
    const text = `On our way, no. ${4000 + index}.`;
    platform.faults.push(fault);
    const heard = platform.heard();
    const lost = ask(ida, id, { text }).then(() => "answered", () => "lost");
    // The request is there and, where the case says so, kept; the worker has not heard.
    await heard;
    await worker.kill();
    assert.equal(await lost, "lost");
    await worker.start();
    const { reply: known, ticket, history = [] } = await settled(ida, id);
    assert.equal(known.state.is, expected.state);
    assert.equal(known.text, text);
    assert.deepEqual([platform.holds(text), platform.told.filter((told) => told.includes(text)).length], [expected.held, expected.asked]);
    assert.equal(ticket.state.by, "ida");
    assert.equal(history.at(-1)?.what, expected.state === "sent" ? "replied" : "reply_unknown");
    if (expected.state === "unknown") {
      assert.equal((await looked(ida, id, known.key, true)).status, 200);
      assert.equal((await one(ida, id)).reply?.state.is, "sent");
    }
    // Whatever was pending is known now: the next one goes out.
    assert.equal((await reply(ida, id, { text: `More to ${text}` })).reply?.state.is, "sent");
  });
}

test("killed after the answer was known, it is still known and nothing is sent again", async () => {
  const platform = platforms.get("slack");
  const id = await flag(ida, platform.api.post("4900"));
  const before = platform.told.length;
  const { reply: sent } = await reply(ida, id, { text: "On our way, no. 4900." });
  assert.equal(sent?.state.is, "sent");
  await worker.kill();
  await worker.start();
  assert.deepEqual((await one(ida, id)).reply, sent);
  assert.equal((await reply(ida, id, { key: sent?.key ?? "", text: "On our way, no. 4900." })).reply?.state.is, "sent");
  assert.equal(platform.told.length, before + 1);
});
