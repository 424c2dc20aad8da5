/** The mark beside a post. */

import type { ReadPost } from "../messages.ts";
import type { BadgeSpot } from "../sites/adapter.ts";
import { message, reasonLabel } from "./labels.ts";
import { shapeOf } from "./shapes.ts";
import { Sheet } from "./sheet.ts";
import { applyPalette } from "./theme.ts";

/** The element's name. Never registered: a content script has no registry, and needs none. */
export const BADGE = "earshot-badge";

// `!important` in a shadow root outranks the page's own `!important`: no site's stylesheet can bend a badge.
// The badge is sized by the row that it stands in, and its height never counts: the row keeps what the site gave it.
const STYLE = new Sheet(`
:host {
  all: initial !important; display: inline-flex !important; align-items: center !important; flex: none !important;
  box-sizing: border-box !important; height: 1.4em !important; margin: -2px 4px -2px 6px !important;
  vertical-align: middle !important; align-self: center !important; position: relative !important;
  border-radius: 999px !important; cursor: pointer !important; user-select: none !important;
  font: 600 clamp(9.5px, 0.85em, 11.5px)/1.4 system-ui, "Noto Sans", sans-serif !important;
  -webkit-tap-highlight-color: transparent !important;
}
:host(:focus-visible) { outline: 2px solid var(--go) !important; outline-offset: 2px !important; }
.mark { display: inline-flex; align-items: center; gap: 0.35em; height: 1.4em; border-radius: 999px; white-space: nowrap; }
.mark span { max-width: 22ch; overflow: hidden; text-overflow: ellipsis; }
svg { width: 0.95em; height: 0.95em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.quiet { padding: 0 3px; color: var(--faint); }
.quiet.positive { color: var(--good); }
.quiet.negative { color: var(--bad); }
:host(:hover) .quiet { background: var(--hover); }
.word { padding: 0 0.7em 0 0.5em; }
.none, .low, .normal { background: var(--normal); color: var(--normal-ink); }
.high { background: var(--high); color: var(--high-ink); }
.critical { background: var(--critical); color: var(--critical-ink); }
@media (forced-colors: active) { .word { border: 1px solid; } }
`);

const roots = new WeakMap<HTMLElement, ShadowRoot>();

/** A badge that opens on click, Enter and Space. */
export function makeBadge(open: (badge: HTMLElement) => void): HTMLElement {
  const badge = document.createElement(BADGE);
  const root = badge.attachShadow({ mode: "closed" });
  roots.set(badge, root);
  applyPalette(root);
  STYLE.applyTo(root);
  badge.setAttribute("role", "button");
  badge.setAttribute("tabindex", "0");
  badge.setAttribute("aria-haspopup", "dialog");
  badge.setAttribute("aria-expanded", "false");
  badge.addEventListener("click", (event) => {
    // The row may be a link, and a click on a post opens it.
    event.preventDefault();
    event.stopPropagation();
    open(badge);
  });
  badge.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    open(badge);
  });
  // Words that the person marked stay marked: they say what a correction is about.
  badge.addEventListener("mousedown", (event) => event.preventDefault());
  // Pages start drags, previews and navigation on these.
  for (const name of ["pointerdown", "mousedown", "mouseup", "keyup", "keypress", "dblclick", "auxclick"]) {
    badge.addEventListener(name, (event) => event.stopPropagation());
  }
  return badge;
}

/** Says on the badge what was read. */
export function showReading(badge: HTMLElement, post: string, read: ReadPost): void {
  const root = roots.get(badge);
  if (!root) return;
  const { sentiment, urgency } = read.reading;
  badge.setAttribute("post", post);
  badge.setAttribute("sentiment", sentiment.label);
  badge.setAttribute("urgency", urgency.level);
  badge.setAttribute("aria-label", nameOf(read));
  badge.title = nameOf(read);
  const mark = document.createElement("span");
  mark.append(shapeOf(sentiment.label, urgency.level, read.word));
  const top = urgency.reasons[0];
  if (read.word) {
    mark.className = `mark word ${urgency.level}`;
    const word = document.createElement("span");
    word.textContent = top ? reasonLabel(top.code) : message(`level_${urgency.level}`);
    mark.append(word);
  } else {
    mark.className = `mark quiet ${sentiment.label}`;
  }
  root.querySelector(".mark")?.remove();
  root.append(mark);
}

/** Puts a badge where the adapter wants it; leaves it where it already is. */
export function placeBadge(badge: HTMLElement, spot: Element, where: BadgeSpot["where"]): void {
  if (where === "append" || where === "prepend") {
    if (badge.parentElement !== spot) spot[where](badge);
  } else if (badge.parentElement !== spot.parentElement || !badge.isConnected) {
    spot[where](badge);
  }
}

/** "Critical, stranded, negative, corrected by you. Show why." */
function nameOf({ reading, word, corrected }: ReadPost): string {
  const { sentiment, urgency } = reading;
  const parts: string[] = [];
  if (word || urgency.level === "high" || urgency.level === "critical") {
    parts.push(message(`level_${urgency.level}`));
    const top = urgency.reasons[0];
    if (top) parts.push(reasonLabel(top.code));
  }
  parts.push(message(`sentiment_${sentiment.label}`));
  if (corrected?.about_us === false) parts.push(message("not_about_us"));
  if (corrected) parts.push(message("corrected_here"));
  return message("badge_name", parts.join(", "), parts.join(", "));
}
