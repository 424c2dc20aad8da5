/**
 * A day of webhooks against the real workerd, over storage that fails one time in twenty and a process that is killed
 * in the middle. Afterwards KV and desk hold exactly what the rules say (`support/rules.ts`), and nothing that got a 2xx
 * is missing.
 *
 * About 1,000 deliveries every time; `cargo xtask test --long` sends 10,000 (`EARSHOT_DAY` says how many).
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { company, northwind } from "../support/company.ts";
import { type Delivery, type Story, type Told, day, dice } from "../support/day.ts";
import { Desk, post, until } from "../support/desk.ts";
import { Rules } from "../support/rules.ts";
import { type Trial, startTrial } from "../support/trial.ts";
import { VOICES } from "../support/voices.ts";

const SEED = Number(process.env.EARSHOT_SEED ?? 20261122);
const DELIVERIES = Number(process.env.EARSHOT_DAY ?? 1000);
const repository = resolve(import.meta.dirname, "../..");
const earshot = process.env.EARSHOT ?? join(repository, "target/debug/earshot");

const here = company("northwind");
const neighbour = company("neighbour");
const secrets = new Map(VOICES.map(({ platform }) => [platform, `whsec_${Buffer.from(`${platform} of a day`).toString("base64")}`]));
const folder = mkdtempSync(join(tmpdir(), "earshot-day-"));
let worker: Trial;

before(async () => {
  const settings: Record<string, string> = { ...here.settings, ...neighbour.settings };
  for (const [platform, secret] of secrets) {
    settings[`SECRET_NORTHWIND_${platform.toUpperCase()}`] = secret;
    settings[`SECRET_NEIGHBOUR_${platform.toUpperCase()}`] = anothers(secret);
  }
  worker = await startTrial({ settings });
});
after(async () => {
  await worker?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A secret that is not this one. */
function anothers(secret: string): string {
  return secret.replace("whsec_", "whsec_AAAA");
}

/** What one event of a body comes to, as `earshot triage` says. */
interface Outcome {
  event: "posted" | "edited" | "deleted" | "dropped";
  mention?: string;
  flagged?: boolean;
}

/** What `earshot triage` says of bodies, in their order; `undefined` for one that cannot be read. */
function triaged(platform: string, files: string[]): (Outcome[] | undefined)[] {
  if (!existsSync(earshot)) throw new Error(`${earshot} is missing: run "cargo build -p earshot-cli", or say where it is with EARSHOT`);
  const profile = join(folder, "profile.json");
  writeFileSync(profile, JSON.stringify(northwind()));
  const found: (Outcome[] | undefined)[] = [];
  for (let from = 0; from < files.length; from += 500) {
    const flags = ["triage", "--profile", profile, "--platform", platform, ...files.slice(from, from + 500)];
    const said = execFileSync(earshot, flags, { encoding: "utf8", maxBuffer: 1 << 28 });
    for (const line of said.trim().split("\n")) {
      const { events, refused } = JSON.parse(line) as { events: (Outcome | { event: "also_known_as" })[]; refused?: string };
      // That a post has another id changes nothing but what a deletion may name, and the day's deletions name the first.
      found.push(refused === undefined ? events.filter((one) => one.event !== "also_known_as") : undefined);
    }
  }
  return found;
}

/** A delivery with what it comes to, had it to be taken in. */
interface Sent extends Delivery {
  outcomes: (Outcome & { told?: Told })[];
}

/** The day's stories, and what the engine makes of each body. What is edited, deleted and when is the stories' own word. */
function composed(): Sent[][] {
  const stories: Story[] = [...day(DELIVERIES, SEED), ...asTheyAre()];
  const bodies = new Map<string, Map<string, Outcome[]>>();
  for (const { platform } of VOICES) {
    const unique = [...new Set(stories.flat().filter((one) => one.platform === platform && one.answer === 200).map(({ body }) => body))];
    const files = unique.map((body, number) => {
      const file = join(folder, `${platform}-${number}.json`);
      writeFileSync(file, body);
      return file;
    });
    const said = triaged(platform, files);
    bodies.set(platform, new Map(unique.map((body, number) => [body, said[number] ?? []])));
    for (const file of files) rmSync(file);
  }
  return stories.map((story) =>
    story.map((delivery) => {
      const outcomes = delivery.answer === 200 ? (bodies.get(delivery.platform)?.get(delivery.body) ?? []) : [];
      if (delivery.told.length === 0) return { ...delivery, outcomes };
      assert.equal(outcomes.length, delivery.told.length, `${delivery.platform}: ${delivery.body}`);
      const both = outcomes.map((outcome, number) => {
        const told = delivery.told[number] as Told;
        assert.equal(outcome.event, told.what, delivery.body);
        return { ...outcome, told };
      });
      return { ...delivery, outcomes: both };
    }),
  );
}

/** The bodies of the fixtures as they are, and real ones where they are at hand: a story a platform. */
function asTheyAre(): Story[] {
  const random = dice(SEED);
  const samples = join(repository, "../shared/samples/hooks");
  if (!existsSync(samples)) console.log("skipped: no real bodies beside the repository; the fixtures alone make the day");
  return VOICES.map(({ platform, headers, broken }) => {
    const folders = [join(repository, "tests/fixtures/hooks", platform), join(samples, platform)].filter((one) => existsSync(one));
    const files = folders.flatMap((one) => readdirSync(one).filter((name) => name.endsWith(".json") && !name.endsWith(".headers.json")).map((name) => join(one, name)));
    const outcomes = triaged(platform, files);
    const story: Story = files.map((file, number) => ({
      platform, headers, told: [], body: readFileSync(file, "utf8"),
      answer: outcomes[number] === undefined ? broken : 200,
    }));
    // Whatever comes twice comes twice.
    return story.flatMap((delivery) => (random() < 0.2 ? [delivery, delivery] : [delivery]));
  });
}

/** One request; the status, or `undefined` where the connection broke. */
async function deliver({ platform, body, headers, forged, arrives }: Delivery, to = here.id): Promise<number | undefined> {
  const own = secrets.get(platform) ?? "";
  const secret = forged ? anothers(own) : own;
  const answer = await post(worker.url, to, platform, arrives ?? body, headers(secret, body)).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
  return answer?.status;
}

const CHANCES = { kv: 0.012, kvAnswer: 0.012, desk: 0.012, deskAnswer: 0.012, sql: 0.012, deskPanic: 0.001 };

test(`a day of ${DELIVERIES} deliveries`, { timeout: 1_800_000 }, async () => {
  const stories = composed();
  const total = stories.flat().length;
  const rules = new Rules();
  const answers = new Map<string, number>();
  let answered = 0;
  let attempts = 0;
  let down: Promise<void> | undefined;
  let failed = false;
  let toCome = stories.map((_, index) => index);

  const send = async (delivery: Sent): Promise<void> => {
    while (!failed) {
      await down;
      attempts++;
      const status = await deliver(delivery);
      const kind = status === undefined ? "broken off" : String(status);
      answers.set(kind, (answers.get(kind) ?? 0) + 1);
      if (status === delivery.answer) break;
      // Platforms send again what failed on our side, and nothing else may fail.
      assert.ok(status === undefined || status >= 500, `${delivery.platform} was answered ${status} instead of ${delivery.answer}: ${delivery.body}`);
      await new Promise((done) => setTimeout(done, 5));
    }
    answered++;
    for (const { event, mention, flagged, told } of delivery.outcomes) {
      if (event !== "dropped") rules.tell(told ?? { what: event, post: 0 }, mention ?? "", flagged ?? false);
    }
  };
  const pull = async (): Promise<void> => {
    await worker.kill();
    await worker.start();
    await worker.rule({ seed: SEED + 1, chances: CHANCES });
  };

  await worker.rule({ seed: SEED, chances: CHANCES });
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      for (let index = toCome.shift(); index !== undefined; index = toCome.shift()) {
        for (const delivery of stories[index] ?? []) {
          await send(delivery).catch((error: unknown) => {
            failed = true;
            throw error;
          });
          if (down === undefined && answered > total / 2) {
            console.log(`the plug is pulled after ${answered} of ${total}`);
            down = pull();
          }
        }
      }
    }),
  );
  await down;
  console.log(JSON.stringify({ deliveries: total, attempts, answers: Object.fromEntries(answers), failures: (await worker.rule({})).happened }));

  // What is signed for us proves nothing to the neighbour.
  for (const delivery of stories.slice(0, 200).flat()) {
    assert.equal(await deliver({ ...delivery, forged: false }, "neighbour"), 401);
  }

  const { tickets = [], tombstones = [], events = [] } = await worker.tables(here.id);
  const wanted = [...rules.held.keys()].sort();
  assert.ok(wanted.length > DELIVERIES / 10 && rules.gone.size > 0, "a day without anything shows nothing");
  assert.deepEqual(tickets.map(({ id }) => String(id)).sort(), wanted, "the desk");
  assert.deepEqual(tombstones.filter((row) => row.deleted === 1).map(({ id }) => String(id)).sort(), [...rules.gone].sort(), "what is gone");
  const kv = await worker.kv();
  assert.deepEqual([...kv.keys()].sort(), wanted.map((id) => `northwind/m/${id}`).sort(), "KV, both companies'");

  for (const row of tickets) {
    const id = String(row.id);
    const { mark, edits } = rules.held.get(id) ?? { mark: undefined, edits: 0 };
    const text = (json: string): string => JSON.parse(json).post.text.words ?? "";
    const value = kv.get(`northwind/m/${id}`)?.value ?? "{}";
    if (mark !== undefined) {
      assert.ok(text(String(row.mention)).includes(mark), `${id} on the desk is not the version ${mark}`);
      assert.ok(text(value).includes(mark), `${id} in KV is not the version ${mark}`);
      const history = events.filter((event) => event.ticket === row.id).map((event) => JSON.parse(String(event.event)).what);
      assert.deepEqual(history, Array(edits).fill("edited"), `${id}'s history`);
    } else {
      assert.ok(text(value).startsWith(text(String(row.mention))), `${id} in KV says something else`);
    }
    assert.equal(JSON.parse(String(row.born)).what, "admitted");
  }
  const page = await new Desk(worker.url, here, "ida").list();
  assert.equal(page.counts.open, wanted.length);
  assert.equal((await worker.tables("neighbour")).tickets?.length ?? 0, 0);

  // What the dying desk had not noted of KV, the next alarm writes again: the same values under the same keys.
  await worker.advance(here.id, 25 * 60 * 60 * 1000);
  await until("KV is noted", async () => {
    await worker.advance(here.id, 61_000);
    return ((await worker.tables(here.id)).tickets ?? []).every((row) => row.stored === row.version);
  });
  const values = (entries: typeof kv): string[] => [...entries].map(([key, { value }]) => `${key} ${value}`).sort();
  assert.deepEqual(values(await worker.kv()), values(kv));
});
