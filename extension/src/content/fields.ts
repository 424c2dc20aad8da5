/** Reading the values of one post out of its nodes, as its site's adapter says where they stand. */

import type { FoundPost } from "../messages.ts";
import type { Field, PostShape, SiteAdapter } from "../sites/adapter.ts";
import { textOf } from "./text.ts";

/** The post that stands in `container`, or what of it is missing. */
export function postIn(container: Element, shape: PostShape, adapter: SiteAdapter): FoundPost | "no id" | "no text" {
  const id = valueOf(container, shape, shape.id);
  if (!id) return "no id";
  const text = words(container, shape);
  const stars = shape.stars && numberIn(valueOf(container, shape, shape.stars));
  if (!text && !stars) return "no text";
  const post: FoundPost = { platform: adapter.platform, id, kind: shape.kind, text };
  const value = (field: Field | undefined): string | undefined => field && valueOf(container, shape, field);
  const language = value(shape.language);
  // X marks texts without words as `qme`, `zxx` and the like, which name no language.
  if (language && /^[a-z]{2}(-\w+)*$/i.test(language)) post.language = language;
  const permalink = value(shape.permalink);
  if (permalink) post.permalink = new URL(permalink, document.baseURI).href;
  const published = Date.parse(value(shape.published) ?? "");
  if (!Number.isNaN(published)) post.published = published;
  if (stars !== undefined && stars >= 1 && stars <= 5) post.stars = stars;
  set(post, "author", value(shape.author));
  set(post, "handle", value(shape.handle));
  set(post, "likes", numberIn(value(shape.likes)));
  set(post, "shares", numberIn(value(shape.shares)));
  set(post, "replies", numberIn(value(shape.replies)));
  return post;
}

/** The first element that matches and belongs to this post itself, not to one inside it. */
export function ownElement(container: Element, shape: PostShape, select: string): Element | undefined {
  for (const element of container.querySelectorAll(select)) {
    if (isOwn(element, container, shape)) return element;
  }
  return undefined;
}

function isOwn(element: Element, container: Element, shape: PostShape): boolean {
  const others = shape.nested ? `${shape.container}, ${shape.nested}` : shape.container;
  return element.closest(others) === container || element === container;
}

/** `1,234 Likes. Like`, `490`, `1.2K` as a number. */
export function numberIn(text: string | undefined): number | undefined {
  const found = /(\d[\d.,\u00A0\u202F ]*)([KMB]?)/i.exec(text ?? "");
  if (!found) return undefined;
  const digits = found[1] ?? "";
  const factor = { K: 1e3, M: 1e6, B: 1e9 }[(found[2] ?? "").toUpperCase()];
  const number = factor ? Number.parseFloat(digits.replace(",", ".")) * factor : Number(digits.replace(/\D/g, ""));
  return Number.isSafeInteger(Math.round(number)) ? Math.round(number) : undefined;
}

function words(container: Element, shape: PostShape): string {
  const parts: string[] = [];
  for (const select of shape.text.parts) {
    const element = ownElement(container, shape, select);
    const text = element && textOf(element, shape.text.without);
    if (!text) continue;
    // A review's title is often nothing but the beginning of the review.
    const last = parts.at(-1)?.replace(/[.…]+$/, "");
    if (last && text.startsWith(last)) parts.pop();
    parts.push(text);
  }
  return parts.join("\n");
}

function valueOf(container: Element, shape: PostShape, field: Field): string | undefined {
  const element = field.select === undefined ? container : ownElement(container, shape, field.select);
  if (!element) return undefined;
  const value = field.attribute === undefined ? textOf(element) : element.getAttribute(field.attribute);
  if (value === null) return undefined;
  return (field.match === undefined ? value.trim() : new RegExp(field.match).exec(value)?.[1]) || undefined;
}

function set<K extends keyof FoundPost>(post: FoundPost, key: K, value: FoundPost[K]): void {
  if (value !== undefined) post[key] = value;
}
