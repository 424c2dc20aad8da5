/** What is behind a badge: why, and what can be done. One at a time, above the page and outside of its flow. */

import type { FlagOutcome, FoundPost, ReadPost } from "../messages.ts";
import { CORRECTION_STYLE, type CorrectionActions, correctionParts } from "./correction.ts";
import { reasonsList, emotionsRow, heading, footer, note } from "./explanation.ts";
import { message } from "./labels.ts";
import { Sheet } from "./sheet.ts";
import { applyPalette, fitPalette } from "./theme.ts";

/** Everything that the detail shows. */
export interface Explained {
  post: FoundPost;
  read: ReadPost;
  partial: boolean;
  /** The words of the post that the person had marked, if any. */
  selected: string;
  /** The post's own text on the page, which the detail must not cover. */
  text: Element | undefined;
}

/** What a person can do from it. */
export interface Actions extends CorrectionActions {
  flag(post: FoundPost): Promise<FlagOutcome>;
  options(): void;
}

const STYLE = new Sheet(`
:host {
  all: initial !important; position: absolute !important; inset: var(--top) auto auto var(--left) !important; margin: 0 !important;
  box-sizing: border-box !important; width: min(420px, calc(100vw - 16px)) !important; max-height: none !important;
  padding: 0 !important; border: 0 !important; overflow: visible !important; background: transparent !important;
}
:host(:not(:popover-open)) { display: none !important; }
:host(:popover-open) { display: block !important; }
.card {
  font: 13px/1.45 system-ui, "Noto Sans", sans-serif; color: var(--ink); background: var(--paper);
  border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 8px 28px var(--shade); padding: 12px 14px; outline: none;
}
h2 { margin: 0 0 6px; font-size: 13px; font-weight: 650; display: flex; gap: 6px; align-items: baseline; }
h2 small { font: inherit; font-weight: 400; color: var(--soft); }
h2 .dot { width: 8px; height: 8px; border-radius: 50%; background: var(--soft); align-self: center; }
h2 .dot.critical { background: var(--critical); } h2 .dot.high { background: var(--high-ink); } h2 .dot.normal { background: var(--normal-ink); }
dl { margin: 0; display: grid; grid-template-columns: minmax(88px, max-content) 1fr; gap: 4px 12px; }
dt { font-weight: 600; max-width: 130px; } dd { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
dd q { display: block; } q { quotes: "“" "”"; }
mark { background: var(--mark); color: var(--mark-ink); border-radius: 2px; padding: 0 1px; }
p { margin: 0; color: var(--soft); } p + p, dl + p { margin-top: 6px; }
.emotions { display: flex; flex-wrap: wrap; gap: 4px 14px; margin-top: 8px; color: var(--soft); }
.emotions span { display: inline-flex; align-items: center; gap: 6px; }
.emotions i { height: 4px; border-radius: 2px; background: var(--bar); }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; align-items: center; }
button { font: inherit; font-weight: 600; white-space: nowrap; border-radius: 6px; padding: 4px 10px; cursor: pointer;
  border: 1px solid var(--go); background: var(--go); color: var(--go-ink); }
button.plain { background: transparent; color: var(--ink); border-color: var(--line); }
button[aria-disabled] { background: transparent; color: var(--soft); border-color: var(--line); cursor: default; }
[hidden] { display: none; }
button:focus-visible { outline: 2px solid var(--go); outline-offset: 2px; }
output { color: var(--ink); flex: 1 1 100%; }
output:empty { display: none; }
output button { margin-left: 4px; padding: 1px 8px; }
.small { font-size: 12px; color: var(--soft); margin-top: 10px; }
${CORRECTION_STYLE}
@media (forced-colors: active) { .card { border: 1px solid; } }
`);

/** The room between badge and card, and between card and the window's edge. */
const GAP = 6;

export class Detail {
  readonly #host = document.createElement("earshot-detail");
  readonly #root = this.#host.attachShadow({ mode: "closed" });
  readonly #actions: Actions;
  #badge: HTMLElement | undefined;
  #explained: Explained | undefined;

  constructor(actions: Actions) {
    this.#actions = actions;
    applyPalette(this.#root);
    STYLE.applyTo(this.#root);
    this.#host.setAttribute("popover", "auto");
    this.#host.setAttribute("role", "dialog");
    this.#host.addEventListener("toggle", (event) => {
      if ((event as ToggleEvent).newState === "closed") this.#closed();
    });
    // A page's own keys ("l" likes a post) must not act on what is typed in here.
    for (const name of ["keydown", "keyup", "keypress", "click", "pointerdown", "mousedown", "mouseup"]) {
      this.#host.addEventListener(name, (event) => event.stopPropagation());
    }
    this.#host.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        this.close();
      }
    });
  }

  /** Opens it beside `badge`, or closes it where it is already open there. */
  toggle(badge: HTMLElement, explained: Explained): void {
    if (this.#badge === badge) {
      this.close();
      return;
    }
    this.close();
    fitPalette(badge);
    this.#badge = badge;
    this.#explained = explained;
    const card = this.#card(explained);
    this.#root.querySelector(".card")?.remove();
    this.#root.append(card);
    this.#host.setAttribute("aria-label", message("detail_name"));
    document.documentElement.append(this.#host);
    this.#host.showPopover();
    this.#place(badge, explained.text);
    badge.setAttribute("aria-expanded", "true");
    card.focus({ preventScroll: true });
  }

  /** Says what `badge` now says, where it is the one that is open; what a person has typed stays. */
  refresh(badge: HTMLElement, read: ReadPost): void {
    if (this.#badge !== badge || !this.#explained) return;
    const { post, partial } = this.#explained;
    this.#explained.read = read;
    this.#root.querySelector(".why")?.replaceWith(why(post, read, partial));
    this.#root.querySelector(".card > .small")?.replaceWith(footer(read));
  }

  close(): void {
    if (this.#host.isConnected && this.#host.matches(":popover-open")) this.#host.hidePopover();
    this.#closed();
  }

  #closed(): void {
    const badge = this.#badge;
    if (!badge) return;
    this.#badge = undefined;
    this.#explained = undefined;
    badge.setAttribute("aria-expanded", "false");
    const focus = document.activeElement;
    // Back to the badge, unless the person has already gone elsewhere.
    if (!focus || focus === document.body || focus === this.#host) badge.focus({ preventScroll: true });
    this.#host.remove();
  }

  #card(explained: Explained): HTMLElement {
    const { post, read, partial, selected } = explained;
    const card = document.createElement("div");
    card.className = "card";
    card.tabIndex = -1;
    const said = document.createElement("output");
    const row = this.#row(post, said);
    card.append(why(post, read, partial), row);
    if (post.text) {
      const { button, place } = correctionParts(post, () => explained.read, selected, this.#actions, said);
      said.before(button);
      card.append(place);
    }
    card.append(footer(read));
    return card;
  }

  #row(post: FoundPost, said: HTMLOutputElement): HTMLElement {
    const row = document.createElement("div");
    row.className = "row";
    const send = document.createElement("button");
    send.textContent = message("send_to_desk");
    const options = document.createElement("button");
    options.className = "plain";
    options.textContent = message("open_options");
    options.hidden = true;
    options.addEventListener("click", (event) => {
      if (event.isTrusted) this.#actions.options();
    });
    let busy = false;
    send.addEventListener("click", (event) => {
      // Text leaves the browser on a person's command only, never on a script's.
      if (!event.isTrusted || busy) return;
      // Not `disabled`: that would take the focus from whoever works by key.
      busy = true;
      send.setAttribute("aria-disabled", "true");
      said.textContent = message("sending");
      void this.#actions.flag(post).then((outcome) => {
        busy = false;
        send.removeAttribute("aria-disabled");
        const focused = this.#root.activeElement === send;
        send.hidden = outcome.state === "sent";
        if (focused && send.hidden) row.closest<HTMLElement>(".card")?.focus({ preventScroll: true });
        if (outcome.state === "failed") send.textContent = message("try_again");
        options.hidden = outcome.state !== "no_workspace";
        said.textContent = outcome.state === "failed" ? outcome.message : message(`flag_${outcome.state}`);
      });
    });
    row.append(send, options, said);
    return row;
  }

  /** Below the post's text, so that both can be read at once; above the badge where there is no room below. */
  #place(badge: HTMLElement, text: Element | undefined): void {
    const at = badge.getBoundingClientRect();
    const words = text?.getBoundingClientRect() ?? at;
    const { width, height } = this.#host.getBoundingClientRect();
    const room = document.documentElement;
    const under = Math.max(at.bottom, words.bottom) + GAP;
    const fits = under + height <= room.clientHeight;
    const top = fits || at.top < height + GAP ? Math.min(under, Math.max(at.bottom + GAP, room.clientHeight - height - GAP)) : at.top - GAP - height;
    const left = Math.max(GAP, Math.min(words.left, room.clientWidth - width - GAP));
    // In the document, not in the window: it scrolls away together with its post.
    this.#host.style.setProperty("--top", `${Math.round(top + scrollY)}px`);
    this.#host.style.setProperty("--left", `${Math.round(left + scrollX)}px`);
  }
}

function why(post: FoundPost, read: ReadPost, partial: boolean): HTMLElement {
  const why = document.createElement("div");
  why.className = "why";
  why.append(heading(read), ...reasonsList(post.text, read), ...emotionsRow(read.reading));
  if (partial) why.append(note(message("detail_partial")));
  return why;
}
