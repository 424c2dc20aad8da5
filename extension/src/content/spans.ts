/** The engine counts UTF-8 bytes; JavaScript counts UTF-16 units. */

import type { Span } from "../messages.ts";

/** The same spans in UTF-16 units of `text`; those that do not belong to it are left out. */
export function inUnits<S extends Span>(text: string, spans: readonly S[]): S[] {
  const places = new Map<number, number>();
  const wanted = new Set(spans.flatMap(({ start, end }) => [start, end]));
  let bytes = 0;
  let units = 0;
  for (const character of text) {
    if (wanted.has(bytes)) places.set(bytes, units);
    bytes += utf8Length(character);
    units += character.length;
  }
  places.set(bytes, units);
  return spans.flatMap((span) => {
    const start = places.get(span.start);
    const end = places.get(span.end);
    return start === undefined || end === undefined || start >= end ? [] : [{ ...span, start, end }];
  });
}

function utf8Length(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
