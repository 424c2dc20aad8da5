/** The marks of a badge, drawn as paths: shape says what colour alone must not. */

import type { Level, SentimentLabel } from "../messages.ts";

const SVG = "http://www.w3.org/2000/svg";

// In a box of 12 by 12.
const PATHS = {
  positive: "M6 2.5v7M2.5 6h7",
  negative: "M2.5 6h7",
  neutral: "M6 3.4a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0-5.2",
  unknown: "M4 4.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M6 9.6v.1",
  critical: "M6 2v5M6 9.9v.1",
  high: "M2.2 8.4L6 3.6l3.8 4.8",
} as const;

/** What a badge is drawn with: the level where it speaks, the sentiment where it is quiet. */
export function shapeOf(sentiment: SentimentLabel, level: Level, word: boolean): SVGSVGElement {
  return draw(word && (level === "critical" || level === "high") ? PATHS[level] : PATHS[sentiment]);
}

function draw(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
