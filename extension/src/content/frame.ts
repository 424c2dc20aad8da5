/** Work gathered until the next frame: asked for any number of times, done once, and then nothing is left running. */
export class NextFrame {
  readonly #work: () => void;
  #asked = 0;

  constructor(work: () => void) {
    this.#work = work;
  }

  ask(): void {
    this.#asked ||= requestAnimationFrame(() => {
      this.#asked = 0;
      this.#work();
    });
  }

  cancel(): void {
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
  }
}
