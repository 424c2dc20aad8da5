/** "That's wrong": what a person says these words are. It stays on this computer. */

import type { Correction, CorrectionOutcome, FoundPost, Level, ReadPost } from "../messages.ts";
import { shownEmotions } from "./explanation.ts";
import { message } from "./labels.ts";

const FEELINGS = ["negative", "neutral", "positive"] as const;
const LEVELS: readonly Level[] = ["none", "low", "normal", "high", "critical"];
const EMOTIONS = ["anger", "frustration", "sadness", "fear", "joy", "gratitude", "surprise", "optimism"];

export interface CorrectionActions {
  correct(post: FoundPost, words: string, says: Correction): Promise<CorrectionOutcome>;
  takeBack(undo: unknown): Promise<CorrectionOutcome>;
}

/** The rules of the form's look, for the detail's stylesheet. */
export const CORRECTION_STYLE = `
.wrong { border-top: 1px solid var(--line); margin-top: 12px; padding-top: 10px; display: grid; gap: 8px; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; display: flex; flex-wrap: wrap; gap: 4px; }
legend, .wrong > label { padding: 0; font-weight: 600; margin-bottom: 3px; }
.wrong > label { margin-bottom: -5px; }
.choice { position: relative; display: inline-flex; cursor: pointer; border: 1px solid var(--line); border-radius: 999px; padding: 1px 9px; color: var(--soft); }
.choice:hover { background: var(--hover); }
.choice:has(:checked) { border-color: var(--go); color: var(--ink); font-weight: 600; box-shadow: inset 0 0 0 1px var(--go); }
.choice:has(:focus-visible) { outline: 2px solid var(--go); outline-offset: 2px; }
.choice input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
textarea { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; padding: 4px 8px; width: 100%; box-sizing: border-box; resize: vertical; min-height: 44px; max-height: 140px; field-sizing: content; }
textarea:focus-visible { outline: 2px solid var(--go); outline-offset: -1px; }
.wrong p { font-size: 12px; }
.wrong .row { margin-top: 2px; }
`;

/** A button that opens the form below `row`; the form's place follows it. */
export function correctionParts(
  post: FoundPost,
  read: () => ReadPost,
  selected: string,
  actions: CorrectionActions,
  said: HTMLOutputElement,
): { button: HTMLButtonElement; place: HTMLElement } {
  const button = plain(message("correct"));
  button.setAttribute("aria-expanded", "false");
  const place = document.createElement("div");
  const close = (): void => {
    place.replaceChildren();
    button.setAttribute("aria-expanded", "false");
  };
  const kept = (outcome: CorrectionOutcome): void => {
    if (outcome.state === "failed") {
      said.textContent = outcome.message;
      return;
    }
    close();
    if (outcome.state === "taken_back") {
      said.textContent = message("correct_undone");
      button.focus({ preventScroll: true });
      return;
    }
    const undo = plain(message("correct_undo"));
    undo.addEventListener("click", (event) => {
      if (event.isTrusted) void actions.takeBack(outcome.undo).then(kept);
    });
    said.replaceChildren(message("correct_kept"), " ", undo);
    undo.focus({ preventScroll: true });
  };
  button.addEventListener("click", (event) => {
    if (!event.isTrusted) return;
    if (place.firstChild) {
      close();
      return;
    }
    said.textContent = "";
    button.setAttribute("aria-expanded", "true");
    const before = read();
    const form = new Form(before, selected || post.text, () => {
      close();
      said.textContent = "";
      button.focus({ preventScroll: true });
    });
    form.keep.addEventListener("click", (event) => {
      if (!event.isTrusted) return;
      const says = form.says();
      if (Object.keys(says).length === 0) said.textContent = message("correct_nothing");
      else void actions.correct(post, form.words(), says).then(kept);
    });
    place.replaceChildren(form.element);
    form.focus();
  });
  return { button, place };
}

/** The form; what it starts with is what was read. */
class Form {
  readonly element = document.createElement("div");
  readonly keep = document.createElement("button");
  readonly #before: Required<Correction>;
  readonly #words = document.createElement("textarea");

  constructor(read: ReadPost, words: string, cancel: () => void) {
    const { sentiment, urgency } = read.reading;
    this.#before = {
      // What was not read is nobody's feeling, and any choice is news.
      sentiment: sentiment.label as Required<Correction>["sentiment"],
      urgency: urgency.level,
      emotions: shownEmotions(read.reading).map(([emotion]) => emotion),
      about_us: read.corrected?.about_us ?? true,
    };
    this.element.className = "wrong";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", message("correct_name"));
    this.#words.value = words;
    this.#words.id = "words";
    this.#words.autocomplete = "off";
    const label = document.createElement("label");
    label.htmlFor = "words";
    label.textContent = message("correct_words");
    const hint = document.createElement("p");
    hint.id = "words-hint";
    hint.textContent = message("correct_words_hint");
    this.#words.setAttribute("aria-describedby", "words-hint");
    const row = document.createElement("div");
    row.className = "row";
    this.keep.type = "button";
    this.keep.textContent = message("correct_keep");
    const leave = plain(message("correct_cancel"));
    leave.addEventListener("click", cancel);
    row.append(this.keep, leave);
    this.element.append(
      choices("sentiment", "radio", FEELINGS, [this.#before.sentiment], (name) => message(`sentiment_${name}`)),
      choices("urgency", "radio", LEVELS, [this.#before.urgency], (name) => message(`level_${name}`)),
      choices("emotions", "checkbox", EMOTIONS, this.#before.emotions, (name) => message(`emotion_${name}`, name)),
      choices("about", "checkbox", ["elsewhere"], this.#before.about_us ? [] : ["elsewhere"], () => message("correct_about")),
      label,
      this.#words,
      hint,
      row,
    );
  }

  focus(): void {
    const first = this.element.querySelector<HTMLInputElement>("input:checked") ?? this.element.querySelector("input");
    first?.focus({ preventScroll: true });
  }

  words(): string {
    return this.#words.value;
  }

  /** What differs from what was read. */
  says(): Correction {
    const says: Correction = {};
    const [sentiment] = this.#chosen("sentiment");
    const [urgency] = this.#chosen("urgency");
    const emotions = this.#chosen("emotions");
    const aboutUs = this.#chosen("about").length === 0;
    if (sentiment && sentiment !== this.#before.sentiment) says.sentiment = sentiment as Required<Correction>["sentiment"];
    if (urgency && urgency !== this.#before.urgency) says.urgency = urgency as Level;
    if (emotions.toSorted().join() !== this.#before.emotions.toSorted().join()) says.emotions = emotions;
    if (aboutUs !== this.#before.about_us) says.about_us = aboutUs;
    return says;
  }

  #chosen(name: string): string[] {
    return [...this.element.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)].map(({ value }) => value);
  }
}

function choices(
  name: string,
  type: "radio" | "checkbox",
  values: readonly string[],
  chosen: readonly string[],
  label: (value: string) => string,
): HTMLFieldSetElement {
  const set = document.createElement("fieldset");
  if (values.length > 1) {
    const legend = document.createElement("legend");
    legend.textContent = message(`correct_${name}`);
    set.append(legend);
  }
  for (const value of values) {
    const choice = document.createElement("label");
    choice.className = "choice";
    const input = document.createElement("input");
    Object.assign(input, { type, name, value, checked: chosen.includes(value) });
    choice.append(input, label(value));
    set.append(choice);
  }
  return set;
}

function plain(text: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = text;
  return button;
}
