/** Which posts a person can see. */
export class Visibility {
  readonly #seen = new WeakSet<Element>();
  readonly #observer: IntersectionObserver;

  constructor(appeared: (container: Element) => void) {
    this.#observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          this.#seen.add(target);
          appeared(target);
        } else {
          this.#seen.delete(target);
        }
      }
    });
  }

  watch(container: Element): void {
    this.#observer.observe(container);
  }

  forget(container: Element): void {
    this.#observer.unobserve(container);
    this.#seen.delete(container);
  }

  has(container: Element): boolean {
    return this.#seen.has(container);
  }

  stop(): void {
    this.#observer.disconnect();
  }
}
