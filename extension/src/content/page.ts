/** One page: posts come into sight, are read, and carry what was read. */

import type { FoundPost, FromBackground, ReadPost } from "../messages.ts";
import type { PostShape, SiteAdapter } from "../sites/adapter.ts";
import { BADGE, makeBadge, placeBadge, showReading } from "./badge.ts";
import { Connection } from "./connection.ts";
import { Detail } from "./detail.ts";
import { ownElement, postIn } from "./fields.ts";
import { Fit } from "./fit.ts";
import { NextFrame } from "./frame.ts";
import { hashOf } from "./hash.ts";
import { message } from "./labels.ts";
import { Lately } from "./lately.ts";
import { Lists } from "./lists.ts";
import { fitPalette, onThemeChange } from "./theme.ts";
import { Visibility } from "./visibility.ts";

/** Readings of more posts than anybody scrolls back to. */
const KEPT_READINGS = 2000;
/** Posts in one message: two screens full. */
const LARGEST_BATCH = 40;

/** What is known of one container. Sites put other posts into the same node, so it never answers for one by itself. */
interface Place {
  shape: PostShape;
  badge?: HTMLElement;
  /** The post that stands here, its reading's key, and what was read. */
  post?: FoundPost;
  key?: string;
  read?: ReadPost;
}

export class Page {
  readonly #adapter: SiteAdapter;
  readonly #places = new Map<Element, Place>();
  readonly #dirty = new Set<Element>();
  readonly #readings = new Lately<ReadPost>(KEPT_READINGS);
  readonly #asked = new Set<string>();
  readonly #frame = new NextFrame(() => this.#look());
  readonly #visibility = new Visibility((container) => this.#touch(container));
  readonly #lists: Lists;
  readonly #connection: Connection;
  readonly #detail: Detail;
  readonly #fit: Fit;
  readonly #containers: string;
  readonly #unwatchTheme: () => void;
  readonly #stopped: () => void;

  constructor(adapter: SiteAdapter, stopped: () => void) {
    this.#adapter = adapter;
    this.#stopped = stopped;
    this.#containers = adapter.posts.map(({ container }) => container).join(", ");
    this.#connection = new Connection(
      (told) => this.#told(told),
      () => this.stop(),
    );
    this.#detail = new Detail({
      flag: (post) => this.#connection.flag(post, message("flag_unreachable")),
      options: () => this.#connection.tell({ say: "options" }),
      correct: (post, words, says) => this.#connection.correct(post.text, words, says, message("correct_unreachable")),
      takeBack: (undo) => this.#connection.takeBack(undo, message("correct_unreachable")),
    });
    this.#fit = new Fit(adapter, (fits) => this.#connection.tell({ say: "fit", fits }));
    this.#lists = new Lists(adapter.lists, identifyingAttributes(adapter), (records, added) => this.#changed(records, added));
    this.#unwatchTheme = onThemeChange(() => this.#fitPalette());
  }

  start(): void {
    this.#lists.find();
  }

  /** Leaves the page as it was. */
  stop(): void {
    this.#lists.stop();
    this.#visibility.stop();
    this.#frame.cancel();
    this.#unwatchTheme();
    this.#detail.close();
    this.#connection.stop();
    for (const { badge } of this.#places.values()) badge?.remove();
    this.#places.clear();
    this.#stopped();
  }

  #changed(records: MutationRecord[], added: Element[]): void {
    for (const list of added) this.#discover(list);
    for (const { target, addedNodes, removedNodes } of records) {
      for (const node of addedNodes) {
        if (node instanceof Element && node.tagName !== BADGE.toUpperCase()) this.#discover(node);
      }
      for (const node of removedNodes) {
        if (node instanceof Element) this.#forgetWithin(node);
      }
      const ours = addedNodes.length > 0 && [...addedNodes].every((node) => node.nodeName === BADGE.toUpperCase());
      if (ours) continue;
      const around = target instanceof Element ? target : target.parentElement;
      const container = around?.closest(this.#containers);
      if (container) this.#touch(container);
    }
    this.#frame.ask();
  }

  #discover(root: Element): void {
    if (root.matches(this.#containers)) this.#meet(root);
    for (const container of root.querySelectorAll(this.#containers)) this.#meet(container);
  }

  #meet(container: Element): void {
    if (this.#places.has(container)) {
      this.#touch(container);
      return;
    }
    const shape = this.#adapter.posts.find(({ container: select }) => container.matches(select));
    if (!shape || (shape.skip && container.closest(shape.skip))) return;
    this.#places.set(container, { shape });
    this.#visibility.watch(container);
  }

  #forgetWithin(root: Element): void {
    const removed = root.matches(this.#containers) ? [root] : [];
    for (const container of [...removed, ...root.querySelectorAll(this.#containers)]) {
      // Moved nodes are removed and added again: those are still there.
      if (container.isConnected || !this.#places.has(container)) continue;
      this.#places.delete(container);
      this.#dirty.delete(container);
      this.#visibility.forget(container);
    }
  }

  #touch(container: Element): void {
    this.#dirty.add(container);
    this.#frame.ask();
  }

  /** Looks at the visible posts that are new or have changed; the others wait until they come into sight. */
  #look(): void {
    const unread: FoundPost[] = [];
    let shown = false;
    for (const container of this.#dirty) {
      const place = this.#places.get(container);
      if (!place || !container.isConnected) {
        this.#dirty.delete(container);
        continue;
      }
      if (!this.#visibility.has(container)) continue;
      this.#dirty.delete(container);
      const found = postIn(container, place.shape, this.#adapter);
      if (typeof found === "string") {
        this.#fit.found(found);
        clear(place);
        continue;
      }
      const key = `${found.id} ${found.stars ?? ""} ${hashOf(found.text)}`;
      if (key !== place.key) delete place.read;
      place.post = found;
      place.key = key;
      const known = this.#readings.get(key);
      if (known) {
        place.read = known;
        this.#show(container, place);
        shown = true;
      } else if (!this.#asked.has(key)) {
        this.#asked.add(key);
        unread.push(found);
        keys.set(found, key);
      }
    }
    if (shown) this.#fitPalette();
    for (let start = 0; start < unread.length; start += LARGEST_BATCH) {
      void this.#read(unread.slice(start, start + LARGEST_BATCH));
    }
    this.#fit.judge(this.#places.size);
  }

  async #read(posts: FoundPost[]): Promise<void> {
    const readings = await this.#connection.read(this.#adapter.site, posts);
    posts.forEach((post, index) => {
      const key = keys.get(post) ?? "";
      this.#asked.delete(key);
      const read = readings?.[index];
      if (read) this.#readings.set(key, read);
    });
    for (const [container, place] of this.#places) {
      const read = place.key === undefined || place.read ? undefined : this.#readings.get(place.key);
      if (!read) continue;
      place.read = read;
      this.#show(container, place);
    }
    this.#fitPalette();
    this.#fit.judge(this.#places.size);
  }

  #show(container: Element, place: Place): void {
    const { post, read, shape } = place;
    if (!post || !read) return;
    const spot = shape.badge.at.map((select) => ownElement(container, shape, select)).find((element) => element);
    if (!spot) {
      this.#fit.found("no place");
      return;
    }
    this.#fit.found("read");
    place.badge ??= makeBadge((badge) => this.#open(container, badge));
    showReading(place.badge, post.id, read);
    this.#detail.refresh(place.badge, read);
    placeBadge(place.badge, spot, shape.badge.where);
  }

  #fitPalette(): void {
    // One look at the page's colours a batch: its posts stand on the same paper.
    const around = document.querySelector(BADGE)?.parentElement;
    if (around) fitPalette(around);
  }

  #open(container: Element, badge: HTMLElement): void {
    const place = this.#places.get(container);
    if (!place?.post || !place.read) return;
    const { post, read, shape } = place;
    const partial = shape.partial !== undefined && ownElement(container, shape, shape.partial) !== undefined;
    const text = shape.text.parts.map((part) => ownElement(container, shape, part)).findLast((element) => element);
    this.#detail.toggle(badge, { post, read, partial, selected: selectedIn(container), text });
  }

  #told(told: FromBackground): void {
    if (told.say === "off") this.stop();
    if (told.say !== "changed") return;
    this.#readings.clear();
    for (const [container, place] of this.#places) {
      delete place.key;
      this.#touch(container);
    }
  }
}

/** The words that a person marked inside of this post. */
function selectedIn(container: Element): string {
  const selection = getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  if (!selection || !anchorNode || !focusNode) return "";
  return container.contains(anchorNode) && container.contains(focusNode) ? selection.toString().trim() : "";
}

/** The reading's key of each post that is being read. */
const keys = new WeakMap<FoundPost, string>();

function clear(place: Place): void {
  place.badge?.remove();
  delete place.badge;
  delete place.post;
  delete place.key;
  delete place.read;
}

/** Attributes that say which post stands in a node: when one changes, the node holds another post. */
function identifyingAttributes(adapter: SiteAdapter): string[] {
  const attributes = adapter.posts.flatMap(({ id, stars }) => [id.attribute, stars?.attribute]);
  return [...new Set(attributes.filter((name) => name !== undefined))];
}
