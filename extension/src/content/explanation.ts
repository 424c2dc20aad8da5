/** A reading in words: what it says, why, and how sure it is. */

import type { ReadPost, Reading } from "../messages.ts";
import { languageName, message, reasonLabel } from "./labels.ts";
import { quote } from "./quote.ts";
import { inUnits } from "./spans.ts";

/** An emotion that shows less than this is not worth a word. */
const EMOTION_SHOWS = 0.35;
const MOST_EMOTIONS = 3;
const MOST_REASONS = 5;
/** From here a sentiment is called "very". */
const VERY = 0.85;

/** "● Critical · very negative" */
export function heading({ reading, corrected }: ReadPost): HTMLElement {
  const { sentiment, urgency } = reading;
  const title = document.createElement("h2");
  const dot = document.createElement("span");
  dot.className = `dot ${urgency.level}`;
  const feeling = document.createElement("small");
  feeling.textContent = `· ${feelingOf(reading)}`;
  if (corrected?.about_us === false) feeling.textContent += ` · ${message("not_about_us")}`;
  title.append(dot, message(`level_${urgency.level}`), feeling);
  if (sentiment.label === "unknown" && urgency.reasons.length === 0) {
    title.replaceChildren(message("sentiment_unknown"));
  }
  return title;
}

/** Each reason once, with the words that gave it. */
export function reasonsList(text: string, { reading, brand }: ReadPost): HTMLElement[] {
  const codes = new Map<string, HTMLElement[]>();
  for (const reason of inUnits(text, reading.urgency.reasons)) {
    const quotes = codes.get(reason.code) ?? [];
    quotes.push(quote(text, reason));
    codes.set(reason.code, quotes);
  }
  const list = document.createElement("dl");
  for (const [code, quotes] of [...codes].slice(0, MOST_REASONS)) {
    list.append(term(reasonLabel(code)), description(...quotes.slice(0, 2)));
  }
  if (brand) list.append(term(message("about")), description(brand));
  if (list.childElementCount > 0) return [list];
  const why = reading.sentiment.label !== "unknown" ? "detail_quiet" : reading.language.code === "und" ? "detail_too_little" : "detail_language";
  return [note(message(why))];
}

/** The emotions that show. */
export function shownEmotions(reading: Reading): [string, number][] {
  return Object.entries(reading.emotions).filter(([, strength]) => strength >= EMOTION_SHOWS);
}

/** The strongest emotions, each with a bar as long as it is strong. */
export function emotionsRow(reading: Reading): HTMLElement[] {
  const strongest = shownEmotions(reading)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_EMOTIONS);
  if (strongest.length === 0) return [];
  const row = document.createElement("div");
  row.className = "emotions";
  for (const [emotion, strength] of strongest) {
    const item = document.createElement("span");
    const bar = document.createElement("i");
    bar.style.width = `${Math.round(strength * 60)}px`;
    item.append(message(`emotion_${emotion}`, emotion), bar);
    item.title = percent(strength);
    row.append(item);
  }
  return [row];
}

/** "Read on this computer · corrected by you · English 99 % · urgency 86 of 100" */
export function footer({ reading, corrected }: ReadPost): HTMLElement {
  const { language, sentiment, urgency } = reading;
  const parts = [message("read_here")];
  if (corrected) parts.push(message("corrected_here"));
  if (language.code !== "und") parts.push(`${languageName(language.code)} ${percent(language.confidence)}`);
  parts.push(message("urgency_of", "", String(urgency.score)));
  if (sentiment.label !== "unknown") {
    parts.push(`${message(`sentiment_${sentiment.label}`)} ${percent(sentiment[sentiment.label])}`);
  }
  const line = note(parts.join(" · "));
  line.className = "small";
  return line;
}

export function note(text: string): HTMLElement {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

function feelingOf({ sentiment }: Reading): string {
  const { label } = sentiment;
  const very = (label === "negative" || label === "positive") && sentiment[label] >= VERY;
  return message(very ? `sentiment_very_${label}` : `sentiment_${label}`);
}

function percent(share: number): string {
  return new Intl.NumberFormat(chrome.i18n.getUILanguage(), { style: "percent" }).format(share);
}

function term(text: string): HTMLElement {
  const element = document.createElement("dt");
  element.textContent = text;
  return element;
}

function description(...content: (Node | string)[]): HTMLElement {
  const element = document.createElement("dd");
  element.append(...content);
  return element;
}
