/** The line to the service worker, where the engine is. */

import type { Correction, CorrectionOutcome, FlagOutcome, FoundPost, FromBackground, ReadPost, ToBackground } from "../messages.ts";
import { PORT } from "../messages.ts";

/** How often a question is asked again when the service worker was stopped before it could answer. */
const ATTEMPTS = 3;

interface Question {
  message: ToBackground;
  attempts: number;
  answer(message: FromBackground): void;
  giveUp(): void;
}

/**
 * Opened when there is something to say, and again when the browser has stopped the service worker in between. Nothing
 * keeps the worker alive: between questions there is no reason for it to run.
 */
export class Connection {
  readonly #told: (message: FromBackground) => void;
  readonly #gone: () => void;
  readonly #open = new Map<string, Question>();
  #port: chrome.runtime.Port | undefined;
  #last = 0;

  /** `told` hears what is no answer; `gone` when the extension was updated or removed under this page. */
  constructor(told: (message: FromBackground) => void, gone: () => void) {
    this.#told = told;
    this.#gone = gone;
  }

  /** The readings in the posts' order; `undefined` where nobody answered. */
  read(site: string, posts: FoundPost[]): Promise<ReadPost[] | undefined> {
    const batch = ++this.#last;
    return new Promise((resolve) => {
      this.#ask(`readings ${batch}`, {
        message: { say: "read", site, batch, posts },
        attempts: 0,
        answer: (message) => resolve(message.say === "readings" ? message.posts : undefined),
        giveUp: () => resolve(undefined),
      });
    });
  }

  /** Sends a post to the desk. */
  flag(post: FoundPost, unreachable: string): Promise<FlagOutcome> {
    const request = ++this.#last;
    return new Promise((resolve) => {
      this.#ask(`flagged ${request}`, {
        message: { say: "flag", request, post },
        attempts: 0,
        answer: (message) => {
          if (message.say === "flagged") resolve(message.outcome);
        },
        giveUp: () => resolve({ state: "failed", message: unreachable }),
      });
    });
  }

  /** Keeps what a person says of these words of a text. */
  correct(text: string, words: string, says: Correction, unreachable: string): Promise<CorrectionOutcome> {
    const request = ++this.#last;
    return this.#corrected({ say: "correct", request, text, words, says }, request, unreachable);
  }

  /** Takes back what was kept. */
  takeBack(undo: unknown, unreachable: string): Promise<CorrectionOutcome> {
    const request = ++this.#last;
    return this.#corrected({ say: "take_back", request, undo }, request, unreachable);
  }

  #corrected(message: ToBackground, request: number, unreachable: string): Promise<CorrectionOutcome> {
    return new Promise((resolve) => {
      this.#ask(`corrected ${request}`, {
        message,
        attempts: 0,
        answer: (answer) => {
          if (answer.say === "corrected") resolve(answer.outcome);
        },
        giveUp: () => resolve({ state: "failed", message: unreachable }),
      });
    });
  }

  /** Says something that needs no answer. */
  tell(message: ToBackground): void {
    this.#connected()?.postMessage(message);
  }

  stop(): void {
    this.#port?.disconnect();
    this.#port = undefined;
  }

  #ask(key: string, question: Question): void {
    this.#open.set(key, question);
    this.#send(key, question);
  }

  #send(key: string, question: Question): void {
    const port = question.attempts < ATTEMPTS ? this.#connected() : undefined;
    if (!port) {
      this.#open.delete(key);
      question.giveUp();
      return;
    }
    question.attempts += 1;
    port.postMessage(question.message);
  }

  #connected(): chrome.runtime.Port | undefined {
    if (this.#port) return this.#port;
    try {
      const port = chrome.runtime.connect({ name: PORT });
      port.onMessage.addListener((message: FromBackground) => this.#heard(message));
      port.onDisconnect.addListener(() => {
        this.#port = undefined;
        for (const [key, question] of [...this.#open]) this.#send(key, question);
      });
      this.#port = port;
      return port;
    } catch {
      // The extension was updated or removed: this script belongs to nobody any more.
      this.#gone();
      return undefined;
    }
  }

  #heard(message: FromBackground): void {
    const key = keyOf(message);
    const question = this.#open.get(key);
    if (question) {
      this.#open.delete(key);
      question.answer(message);
    } else {
      this.#told(message);
    }
  }
}

/** The question that a message answers; nothing where it answers none. */
function keyOf(message: FromBackground): string {
  switch (message.say) {
    case "readings":
      return `readings ${message.batch}`;
    case "flagged":
    case "corrected":
      return `${message.say} ${message.request}`;
    default:
      return "";
  }
}
