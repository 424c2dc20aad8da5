/** An invented company with a workspace: its settings, its people's keys, and platforms that sign as the real ones do. */

import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const fixtures = resolve(import.meta.dirname, "../fixtures/hooks");

/** The platforms that can be signed for. */
export type SignedPlatform = "facebook" | "instagram" | "x" | "standard";
export const PLATFORMS: SignedPlatform[] = ["facebook", "instagram", "x", "standard"];

export type Role = "staff" | "manager" | "admin";

/** One company's silo. */
export interface Company {
  /** Its name in addresses. */
  id: string;
  /** Variables and secrets for the worker. */
  settings: Record<string, string>;
  /** The key of a member of staff. */
  key(name: string): string;
  /** A platform's secret. */
  secret(platform: SignedPlatform): string;
}

/** Makes a company with a key each for these people and a fresh secret for each platform. */
export function company(
  id: string,
  people: Record<string, Role> = { ida: "staff", ben: "staff", mona: "manager", ada: "admin" },
  profile: Record<string, unknown> = northwind(),
): Company {
  const keys = new Map<string, string>();
  for (const name of Object.keys(people)) keys.set(name, `esk_${name}_${randomBytes(32).toString("hex")}`);
  const secrets = new Map<SignedPlatform, string>();
  for (const platform of PLATFORMS) secrets.set(platform, newSecret(platform));
  const variable = id.toUpperCase().replaceAll("-", "_");
  const settings: Record<string, string> = {
    [`WORKSPACE_${variable}`]: JSON.stringify(profile),
    [`STAFF_${variable}`]: JSON.stringify(
      Object.entries(people).map(([name, role]) => ({ name, role, hash: sha256(keys.get(name) ?? "") })),
    ),
  };
  for (const [platform, secret] of secrets) {
    settings[`SECRET_${variable}_${platform.toUpperCase()}`] = secret;
    settings[`VERIFY_TOKEN_${variable}_${platform.toUpperCase()}`] = `verify-${id}-${platform}`;
  }
  const known = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Error(`${id} has no ${what}`);
    return value;
  };
  return {
    id,
    settings,
    key: (name) => known(keys.get(name), `member of staff called ${name}`),
    secret: (platform) => known(secrets.get(platform), `secret for ${platform}`),
  };
}

/** A secret as a platform would give one. */
export function newSecret(platform: SignedPlatform): string {
  return platform === "standard" ? `whsec_${randomBytes(32).toString("base64")}` : randomBytes(24).toString("hex");
}

/** Northwind Air's profile: the company of the fixtures. */
export function northwind(): Record<string, unknown> {
  return JSON.parse(readFileSync(resolve(fixtures, "../workspace.json"), "utf8"));
}

/** The headers with which a platform would send this body, now or at another time. */
export function sign(platform: SignedPlatform, secret: string, body: string | Uint8Array, now = Date.now()): Record<string, string> {
  const hmac = (key: string | Uint8Array): ReturnType<typeof createHmac> => createHmac("sha256", key);
  const json = { "content-type": "application/json" };
  switch (platform) {
    case "facebook":
    case "instagram":
      return { ...json, "x-hub-signature-256": `sha256=${hmac(secret).update(body).digest("hex")}` };
    case "x":
      return { ...json, "x-twitter-webhooks-signature": `sha256=${hmac(secret).update(body).digest("base64")}` };
    case "standard": {
      const id = `msg_${randomUUID()}`;
      const time = String(Math.floor(now / 1000));
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      const signature = hmac(key).update(`${id}.${time}.`).update(body).digest("base64");
      return { ...json, "webhook-id": id, "webhook-timestamp": time, "webhook-signature": `v1,${signature}` };
    }
  }
}

/** A body of the fixtures, byte for byte. */
export function fixture(name: string): string {
  return readFileSync(resolve(fixtures, name), "utf8");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
