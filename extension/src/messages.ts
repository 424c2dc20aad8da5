/** What content script and service worker say to each other over the port. */

/** The port's name. */
export const PORT = "earshot";

/** A post as a site adapter found it; `crates/background` makes the desk's post of it. */
export interface FoundPost {
  platform: string;
  /** The platform's own id. */
  id: string;
  kind: "post" | "comment" | "review";
  text: string;
  language?: string;
  author?: string;
  handle?: string;
  permalink?: string;
  /** Milliseconds since 1970. */
  published?: number;
  stars?: number;
  likes?: number;
  shares?: number;
  replies?: number;
}

export type SentimentLabel = "negative" | "neutral" | "positive" | "unknown";
export type Level = "none" | "low" | "normal" | "high" | "critical";

/** Words of the text that was read, in UTF-8 bytes. */
export interface Span {
  start: number;
  end: number;
}

/** What the engine says; the names are those of `crates/reading`. */
export interface Reading {
  model: string;
  language: { code: string; confidence: number };
  sentiment: { label: SentimentLabel; negative: number; neutral: number; positive: number };
  emotions: Record<string, number>;
  intents: string[];
  complaint: number;
  irony: number;
  offensive: number;
  urgency: { score: number; level: Level; reasons: (Span & { code: string })[] };
}

/** A reading, and what the settings make of it. */
export interface ReadPost {
  reading: Reading;
  /** The name of the brand that the post names: ours before a competitor's. */
  brand?: string;
  /** Whether the badge carries a word. */
  word: boolean;
  /** There where a person of this browser said what these words are: the reading is as they said. */
  corrected?: Correction;
}

/** What a person says of a wording; what is left out stays as the engine has it. The names are those of `crates/corrections`. */
export interface Correction {
  sentiment?: Exclude<SentimentLabel, "unknown">;
  urgency?: Level;
  /** Those that show; all others then do not. */
  emotions?: string[];
  about_us?: boolean;
}

/** How sending a post to the desk went. */
export type FlagOutcome =
  | { state: "sent" }
  | { state: "no_workspace" }
  | { state: "failed"; message: string };

/** How keeping a correction, or taking it back, went. */
export type CorrectionOutcome =
  /** `undo` is for `take_back`, and nobody else's business. */
  | { state: "kept"; undo: unknown }
  | { state: "taken_back" }
  | { state: "failed"; message: string };

export type ToBackground =
  | { say: "read"; site: string; batch: number; posts: FoundPost[] }
  | { say: "flag"; request: number; post: FoundPost }
  /** `words`: the post's own, or those of them that the person left. */
  | { say: "correct"; request: number; text: string; words: string; says: Correction }
  | { say: "take_back"; request: number; undo: unknown }
  | { say: "fit"; fits: boolean }
  | { say: "options" };

export type FromBackground =
  | { say: "readings"; batch: number; posts: ReadPost[] }
  | { say: "flagged"; request: number; outcome: FlagOutcome }
  | { say: "corrected"; request: number; outcome: CorrectionOutcome }
  /** This site is switched off: read nothing, show nothing. */
  | { say: "off" }
  /** Settings or corrections changed: what was read may look different now. */
  | { say: "changed" };
