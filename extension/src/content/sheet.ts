/** One stylesheet for many shadow roots, whose text may change for all of them at once. */
export class Sheet {
  readonly #sheet: CSSStyleSheet | undefined;
  readonly #roots: WeakRef<HTMLStyleElement>[] = [];
  #text: string;

  constructor(text: string) {
    this.#text = text;
    try {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(text);
    } catch {
      this.#sheet = undefined;
    }
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    if (text === this.#text) return;
    this.#text = text;
    this.#sheet?.replaceSync(text);
    for (const root of this.#roots) {
      const element = root.deref();
      if (element) element.textContent = text;
    }
  }

  applyTo(root: ShadowRoot): void {
    if (this.#sheet) {
      try {
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
        return;
      } catch {
        // Firefox refuses a content script's own sheets (https://bugzilla.mozilla.org/1751346).
      }
    }
    const element = document.createElement("style");
    element.textContent = this.#text;
    root.append(element);
    this.#roots.push(new WeakRef(element));
  }
}
