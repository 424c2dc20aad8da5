/** The parts of a page that posts appear in, found again whenever a site replaces them. */

/**
 * Watches the lists and nothing else: the rest of a page (a player, a composer, a clock) may change as it likes without
 * waking us. Above each list only the chain of its ancestors is watched, for the moment when a site replaces one.
 */
export class Lists {
  readonly #select: string;
  readonly #changed: (records: MutationRecord[], added: Element[]) => void;
  readonly #inside: MutationObserver;
  readonly #above: MutationObserver;
  readonly #attributes: string[];
  #lists: Element[] = [];

  /** `attributes`: those whose change may turn one post into another. */
  constructor(
    select: string,
    attributes: string[],
    changed: (records: MutationRecord[], added: Element[]) => void,
  ) {
    this.#select = select;
    this.#attributes = attributes;
    this.#changed = changed;
    this.#inside = new MutationObserver((records) => {
      // While the whole page stands in for a list, the list itself may be among what was added.
      if (this.#lists[0] === document.body && document.querySelector(this.#select)) this.find();
      this.#changed(records, []);
    });
    this.#above = new MutationObserver(() => this.find());
  }

  /** Finds the lists and reports those that are new. */
  find(): void {
    const matches = [...document.querySelectorAll(this.#select)];
    const outermost = matches.filter((list) => !list.parentElement?.closest(this.#select));
    const lists = outermost.length > 0 ? outermost : [document.body];
    if (lists.length === this.#lists.length && lists.every((list, index) => list === this.#lists[index])) {
      return;
    }
    const added = lists.filter((list) => !this.#lists.includes(list));
    this.#lists = lists;
    this.#inside.disconnect();
    this.#above.disconnect();
    for (const list of lists) {
      this.#inside.observe(list, {
        childList: true,
        characterData: true,
        subtree: true,
        ...(this.#attributes.length > 0 && { attributeFilter: this.#attributes }),
      });
      for (let above = list.parentElement; above; above = above.parentElement) {
        this.#above.observe(above, { childList: true });
      }
    }
    this.#changed([], added);
  }

  stop(): void {
    this.#inside.disconnect();
    this.#above.disconnect();
  }
}
