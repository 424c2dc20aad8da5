/** The contract as a document, held against what the worker does and against the shapes that worker and extension share. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Company, company } from "../support/company.ts";
import { APIS } from "../support/platforms/apis.ts";
import { Platforms } from "../support/platforms/platforms.ts";
import { type Schema, misfits } from "../support/schema.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";

interface Operation {
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const here: Company = company("northwind");
const METHODS = ["get", "post", "put", "patch", "delete"];
let platforms: Platforms;
let worker: Workerd;
let contract: Document;

before(async () => {
  platforms = await Platforms.start();
  worker = await startWorkerd({ settings: { ...here.settings, ...platforms.settings(here.id) } });
  contract = (await (await fetch(`${worker.url}/v1/openapi.json`)).json()) as Document;
});
after(async () => {
  await worker?.close();
  await platforms?.close();
});

/** What does not fit the named schema. */
const unfit = (value: unknown, name: string): string[] => misfits(value, { $ref: `#/components/schemas/${name}` }, contract.components.schemas);

/** Asks, and holds the answer against what the contract says of it. */
async function call(method: string, path: string, address: string, body?: unknown): Promise<unknown> {
  const operation = contract.paths[path]?.[method];
  assert.ok(operation, `the contract says nothing of ${method} ${path}`);
  if (body !== undefined) {
    const schema = operation.requestBody?.content["application/json"]?.schema;
    assert.ok(schema, `${method} ${path} takes no body`);
    assert.deepEqual(misfits(body, schema, contract.components.schemas), []);
  }
  const answer = await fetch(worker.url + address, {
    method: method.toUpperCase(),
    headers: { authorization: `Bearer ${here.key("ida")}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const told = (await answer.json()) as unknown;
  const type = answer.headers.get("content-type") ?? "";
  const response = operation.responses[String(answer.status)] ?? operation.responses["default"];
  const schema = response?.content?.[type]?.schema;
  assert.ok(schema, `the contract has no ${answer.status} in ${type} for ${method} ${path}: ${JSON.stringify(told)}`);
  assert.deepEqual(misfits(told, schema, contract.components.schemas), [], `${method} ${path}`);
  return told;
}

describe("the document", () => {
  test("names every address that the worker answers, with its methods", async () => {
    assert.equal(contract.openapi, "3.1.0");
    for (const [path, operations] of Object.entries(contract.paths)) {
      const address = path.replace("{workspace}", here.id).replace("{platform}", "facebook").replace("{id}", "x.1");
      for (const method of METHODS) {
        const answer = await fetch(worker.url + address, { method: method.toUpperCase() });
        const told = await answer.text();
        assert.doesNotMatch(told, /nothing at this address/, `${method} ${path}`);
        assert.equal(answer.status === 405, operations[method] === undefined, `${method} ${path}: ${answer.status}`);
      }
    }
  });
  test("names every address that the code has", () => {
    const source = readFileSync(resolve(import.meta.dirname, "../../worker/src/router.rs"), "utf8");
    const verbs = [...source.slice(source.indexOf("impl Verb")).matchAll(/"(\w+)" => Self::\w+,/g)].map(([, verb]) => verb ?? "");
    assert.ok(verbs.length >= 6, "the router's verbs are not where this test looks for them");
    const routes = [...source.matchAll(/\/\/\/ `(\/[^`]*)`/g)].map(([, route]) => route ?? "");
    const all = routes.flatMap((route) => (route.includes("{verb}") ? verbs.map((verb) => route.replace("{verb}", verb)) : [route]));
    assert.deepEqual(Object.keys(contract.paths).toSorted(), all.toSorted());
  });
  test("has every shape of the golden files", () => {
    const files: [string, string][] = [
      ["mention_view", "MentionView"],
      ["mention_page", "MentionPage"],
      ["new_mention", "NewMention"],
      ["note_body", "NoteBody"],
      ["resolve_body", "ResolveBody"],
      ["reply_body", "ReplyBody"],
      ["looked_body", "LookedBody"],
      ["health", "Health"],
      ["problem", "Problem"],
    ];
    const golden = (file: string): unknown =>
      JSON.parse(readFileSync(resolve(import.meta.dirname, `../../crates/api/tests/golden/${file}.json`), "utf8"));
    for (const [file, name] of files) assert.deepEqual(unfit(golden(file), name), [], file);
    for (const reply of golden("replies") as unknown[]) assert.deepEqual(unfit(reply, "Reply"), []);
    for (const answering of golden("answering") as unknown[]) assert.deepEqual(unfit(answering, "Answering"), []);
  });
  test("refuses what is not so", () => {
    for (const [value, name] of [
      [{ status: "ok", version: "1", model: 7 }, "Health"],
      [{ status: "ok", version: "1" }, "Health"],
      [{ status: "ok", version: "1", model: "m", more: true }, "Health"],
      [{ key: "short", found: true }, "LookedBody"],
      [{ way: "nowhere" }, "Answering"],
    ] as [unknown, string][]) {
      assert.notDeepEqual(unfit(value, name), [], JSON.stringify(value));
    }
  });
});

test("a mention's life is as the contract says, call by call", async () => {
  const mentions = `/v1/${here.id}/mentions`;
  await call("get", "/healthz", "/healthz");
  const post = APIS["x"]?.post("7001");
  await call("post", "/v1/{workspace}/mentions", mentions, { post, note: "Look at this." });
  await call("post", "/v1/{workspace}/mentions", mentions, { post });
  const id = `${mentions}/x.20997001`;
  const act = (verb: string, body?: unknown): Promise<unknown> => call("post", `/v1/{workspace}/mentions/{id}/${verb}`, `${id}/${verb}`, body);
  await act("claim");
  await act("note", { text: "Called her back." });
  platforms.get("x").faults.push("limited");
  await act("reply", { key: "first-key", text: "On our way.", privately: false });
  await act("reply", { key: "second-key", text: "On our way." });
  await act("looked", { key: "second-key", found: true });
  await act("looked", { key: "no-such-key", found: true });
  await act("resolve", { outcome: "elsewhere" });
  await act("reopen");
  await act("release");
  await act("release");
  await act("dismiss");
  await call("get", "/v1/{workspace}/mentions/{id}", id);
  await call("get", "/v1/{workspace}/mentions/{id}", `${mentions}/x.404`);
  await call("get", "/v1/{workspace}/mentions", `${mentions}?shelf=closed&limit=1`);
  await call("get", "/v1/{workspace}/mentions", `${mentions}?limit=none`);
});
