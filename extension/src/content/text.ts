/** The words of an element as a person sees them, built from its nodes. */

/** Longer texts are cut: no post has more, and a page must not decide how long we read. */
export const LONGEST_TEXT = 20_000;

const BREAKS = new Set(["BR", "P", "LI", "BLOCKQUOTE", "PRE", "H1", "H2", "H3", "H4", "H5", "H6", "TR"]);
const WORDLESS = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "EARSHOT-BADGE"]);

/** Text nodes and the `alt` of pictures (sites draw emoji as pictures), without what matches `without`. */
export function textOf(element: Element, without?: string): string {
  const pieces: string[] = [];
  gather(element, without, pieces);
  return tidy(pieces.join(""));
}

/** One space between words, no blanks around lines, one empty line at most. */
export function tidy(text: string): string {
  const tidied = text
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return tidied.length > LONGEST_TEXT ? cut(tidied) : tidied;
}

function cut(text: string): string {
  // Not between the two halves of a character outside the basic plane.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
  return text.slice(0, end);
}

function gather(element: Element, without: string | undefined, pieces: string[]): void {
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      pieces.push(node.nodeValue ?? "");
    } else if (node instanceof Element && !WORDLESS.has(node.tagName) && !(without && node.matches(without))) {
      if (node instanceof HTMLImageElement) {
        pieces.push(node.alt);
      } else {
        const breaks = BREAKS.has(node.tagName);
        if (breaks) pieces.push("\n");
        gather(node, without, pieces);
        if (breaks && node.tagName !== "BR") pieces.push("\n");
      }
    }
  }
}
