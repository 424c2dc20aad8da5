/** The two WebAssembly modules, by the names that `build.mjs` gives them. */

declare module "#background" {
  /** Loads the module. */
  export default function start(options: { module_or_path: string }): Promise<unknown>;

  /** `crates/background`. */
  export class Background {
    constructor();
    apply_settings(settings: unknown): void;
    apply_corrections(corrections: unknown): void;
    read_batch(posts: unknown): unknown;
    flag(post: unknown): Promise<unknown>;
    correct(text: string, words: string, says: unknown): Promise<unknown>;
    take_back(undo: unknown): Promise<unknown>;
    waiting(): Promise<unknown>;
  }
}

declare module "#panel" {
  /** Loads the module. */
  export default function start(options: { module_or_path: string }): Promise<unknown>;
  export function start_popup(): void;
  export function start_options(): void;
}
