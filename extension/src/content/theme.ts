/** Light or dark, as the page really is: sites have dark modes of their own that the system knows nothing of. */

import { Sheet } from "./sheet.ts";

// Contrast of every ink on its paper is 4.5:1 or more; `faint` is held against the page itself.
const LIGHT = `:host {
  color-scheme: light;
  --ink: #1b2129; --soft: #57606a; --faint: #66707b; --paper: #ffffff; --line: #dfe3e8; --hover: #eef1f5;
  --good: #1a7f4b; --bad: #a3322f; --mark: #ffe59a; --mark-ink: #1b2129;
  --normal: #e6edf7; --normal-ink: #2c4a78; --high: #fdeed8; --high-ink: #8f4206; --critical: #b3142b; --critical-ink: #ffffff;
  --go: #2b5fd9; --go-ink: #ffffff; --bar: #8f4206; --shade: #0b15262e;
}`;
const DARK = `:host {
  color-scheme: dark;
  --ink: #e9ecf0; --soft: #a7b0bb; --faint: #8f99a5; --paper: #1c2128; --line: #39414c; --hover: #2a313b;
  --good: #5fcf95; --bad: #f08d86; --mark: #5c4a12; --mark-ink: #fff3cf;
  --normal: #243349; --normal-ink: #b5ccf0; --high: #44300f; --high-ink: #fac27c; --critical: #d42e45; --critical-ink: #ffffff;
  --go: #3869e0; --go-ink: #ffffff; --bar: #e39a4b; --shade: #00000099;
}`;

const palette = new Sheet(LIGHT);

/** Gives a shadow root the page's colours, now and when the page changes its mind. */
export function applyPalette(root: ShadowRoot): void {
  palette.applyTo(root);
}

/** Takes the colours that fit what lies behind `element`. */
export function fitPalette(element: Element): void {
  palette.text = isDarkBehind(element) ? DARK : LIGHT;
}

/** Calls `changed` when the page, or the system, may have turned light or dark. */
export function onThemeChange(changed: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(changed);
  system.addEventListener("change", changed);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributeFilter: ["class", "style", "dark", "data-theme", "data-color-mode"] });
  }
  return () => {
    system.removeEventListener("change", changed);
    observer.disconnect();
  };
}

function isDarkBehind(element: Element): boolean {
  for (let behind: Element | null = element; behind; behind = behind.parentElement) {
    const style = getComputedStyle(behind);
    const colour = parseColour(style.backgroundColor);
    if (colour && colour.alpha > 0.5) return luminance(colour) < 0.4;
    // A page that paints nothing shows the browser's own canvas, which follows `color-scheme`.
    if (behind === document.documentElement) {
      const scheme = style.colorScheme;
      return scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
    }
  }
  return false;
}

interface Colour {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

function parseColour(text: string): Colour | undefined {
  const numbers = /^rgba?\((.+)\)$/.exec(text)?.[1]?.split(/[\s,/]+/).map(Number);
  const [red, green, blue, alpha = 1] = numbers ?? [];
  return red === undefined || green === undefined || blue === undefined ? undefined : { red, green, blue, alpha };
}

/** Relative luminance, <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>. */
function luminance({ red, green, blue }: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
