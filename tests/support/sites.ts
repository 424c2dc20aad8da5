/** Every host of the internet, as far as a test's browser can tell. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The policy that X's pages come with, as far as it concerns scripts: no source for WebAssembly. */
export const LIKE_X =
  "default-src 'self'; script-src 'self' 'nonce-bm9uY2U' https://*.twimg.com; style-src 'self' 'unsafe-inline'; img-src 'self' data: https://*.twimg.com; connect-src 'self'; object-src 'none'; worker-src 'self' blob:";

/** Nothing at all is allowed, and no string becomes markup. */
export const STRICTEST =
  "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'; sandbox allow-scripts allow-same-origin";

/** What a server of ours answers. */
interface Answer {
  body: string;
  policy?: string;
}

export interface Sites {
  port: number;
  /** Every request that reached us, as `host/path`: all that the browser sent anywhere. */
  requests: string[];
  /** Answers `https://host/path` with this page. */
  serve(address: string, body: string, policy?: string): void;
  close(): Promise<void>;
}

/** Starts the server; it answers 404 to whatever was not given. */
export async function serveSites(): Promise<Sites> {
  const answers = new Map<string, Answer>();
  const requests: string[] = [];
  const server = createServer(throwAwayCertificate(), (request, response) => {
    const address = `${request.headers.host ?? ""}${(request.url ?? "").replace(/\?.*$/, "")}`;
    requests.push(address);
    const answer = answers.get(address);
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      ...(answer.policy && { "content-security-policy": answer.policy }),
    });
    response.end(answer.body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    serve(address, body, policy = LIKE_X) {
      answers.set(address.replace(/^https:\/\//, ""), { body, policy });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Made for one run and trusted by nobody: the browser is told not to mind. */
function throwAwayCertificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "earshot-certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  try {
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"].concat([
        "-subj", "/CN=earshot.test", "-keyout", key, "-out", cert,
      ]),
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
