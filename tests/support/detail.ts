/** The open detail as people have it: its shadow root is closed to scripts, not to eyes, keys and the mouse. */

import assert from "node:assert/strict";
import type { CDPSession, Page } from "playwright-core";

export interface Seen {
  role: string;
  name: string;
  value: string;
  checked: boolean;
  node: number;
}

export class OpenDetail {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /** The detail of the badge inside of the post with these words. */
  static async of(page: Page, words: string, post = "article"): Promise<OpenDetail> {
    await page.locator(post, { hasText: words }).first().locator("earshot-badge").click();
    await page.locator("earshot-detail").waitFor({ state: "visible" });
    return new OpenDetail(page, await page.context().newCDPSession(page));
  }

  /** Everything in it that has a name, in order. */
  async seen(): Promise<Seen[]> {
    const { nodes } = await this.#session.send("Accessibility.getFullAXTree");
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const found: Seen[] = [];
    const walk = (id: string): void => {
      const node = byId.get(id);
      if (!node) return;
      const text = (value: { value?: unknown } | undefined): string => String(value?.value ?? "");
      const checked = node.properties?.find(({ name }) => name === "checked");
      found.push({
        role: text(node.role), name: text(node.name), value: text(node.value), checked: text(checked?.value) === "true", node: node.backendDOMNodeId ?? 0,
      });
      node.childIds?.forEach(walk);
    };
    const dialog = nodes.find(({ role, name }) => role?.value === "dialog" && /Earshot/.test(String(name?.value)));
    if (dialog) walk(dialog.nodeId);
    return found;
  }

  /** Its words, as a screen reader says them. */
  async text(): Promise<string> {
    return (await this.seen()).filter(({ role }) => role === "StaticText").map(({ name }) => name).join(" ");
  }

  /** Waits until its words fit. */
  async says(words: RegExp): Promise<void> {
    while (!words.test(await this.text())) await this.#page.evaluate(() => new Promise(requestAnimationFrame));
  }

  /** The control of this role and name, once it is there. */
  async control(role: string, name: string): Promise<Seen> {
    for (;;) {
      const found = (await this.seen()).find((each) => each.role === role && each.name === name);
      if (found) return found;
      await this.#page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  /** Presses a control with the mouse. */
  async press(role: string, name: string): Promise<void> {
    const { node } = await this.control(role, name);
    await this.#session.send("DOM.scrollIntoViewIfNeeded", { backendNodeId: node });
    const { model } = await this.#session.send("DOM.getBoxModel", { backendNodeId: node });
    const [left = 0, top = 0, right = 0, , , bottom = 0] = model.content;
    assert.ok(right > left && bottom > top, `${name} can be seen`);
    await this.#page.mouse.click((left + right) / 2, (top + bottom) / 2);
  }
}
