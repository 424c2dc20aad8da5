/** Quoting a post with the telling words marked. */

import type { Span } from "../messages.ts";

/** How much of the text stands around the marked words, in characters. */
const AROUND = 28;

/** “… words around **the marked ones** and after …”, cut at words. */
export function quote(text: string, { start, end }: Span): HTMLElement {
  const from = wordBefore(text, start);
  const to = wordAfter(text, end);
  const element = document.createElement("q");
  const mark = document.createElement("mark");
  mark.textContent = flat(text.slice(start, end));
  const after = flat(text.slice(end, to));
  element.append(
    from > 0 ? "… " : "",
    flat(text.slice(from, start)),
    mark,
    to < text.length ? `${after.replace(/[\s.,;:!?–-]+$/, "")} …` : after,
  );
  return element;
}

function wordBefore(text: string, start: number): number {
  if (start <= AROUND) return 0;
  const space = text.slice(start - AROUND, start).search(/\s\S/);
  return space < 0 ? start : start - AROUND + space + 1;
}

function wordAfter(text: string, end: number): number {
  if (end + AROUND >= text.length) return text.length;
  const after = /^.*(?=\s)/s.exec(text.slice(end, end + AROUND));
  return after ? end + after[0].length : end;
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ");
}
