/** A day of webhooks: stories of posts, told as platforms tell them. The same for the same seed. */

import type { Telling, Voice } from "./voices.ts";
import { VOICES } from "./voices.ts";

/** One thing that a delivery tells of. */
export interface Told {
  what: "posted" | "edited" | "deleted";
  post: number;
  /** A word that stands in this version's text and in no other's. */
  mark?: string;
  at?: number;
}

/** One request of a platform, or of somebody who would like to be one. */
export interface Delivery {
  platform: string;
  body: string;
  told: Told[];
  /** What it must be answered in the end. */
  answer: 200 | 400 | 401;
  headers(secret: string, body: string): Record<string, string>;
  /** Another secret than the platform's. */
  forged?: boolean;
  /** What arrives, where that is not the body that was signed. */
  arrives?: string;
}

/** Deliveries about the same posts, in the order in which they are sent; one is answered before the next is sent. */
export type Story = Delivery[];

const WAITING = [
  "I am stranded at the airport with two small kids, flight cancelled, nobody helps us. Please help now!",
  "You charged my card twice and support ignores me for three weeks. I want my money back today!",
  "My suitcase with my insulin is lost since yesterday and nobody answers the phone, this is urgent",
  "Hace tres semanas que espero mi reembolso y nadie contesta. ¡Ayuda por favor!",
  "Our connection leaves in 30 minutes and nobody is at the desk, HELP",
];
const CALM = ["The sky is blue today.", "Nice livery on the new planes.", "Landed on time, thank you!", "good morning", "😍✈️"];

/** Numbers between 0 and 1: the same for the same seed. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Stories of about so many deliveries. */
export function day(deliveries: number, seed: number): Story[] {
  const random = dice(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const one = <T>(of: T[]): T => of[below(of.length)] as T;
  const shuffled = <T>(of: T[]): T[] => of.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
  let posts = 0;
  let versions = 0;
  const telling = (post: number, urgent: boolean, at?: number): Telling & { mark: string } => {
    const mark = `mark${(versions += 1)}x`;
    const words = `${one(urgent ? WAITING : CALM)} ${mark}`;
    return at === undefined ? { post, words, mark } : { post, words, mark, at };
  };
  const delivery = (voice: Voice, body: string, told: Told[], answer: 200 | 400 | 401 = 200): Delivery => ({
    platform: voice.platform, body, told, answer, headers: voice.headers,
  });
  const posted = (voice: Voice, count: number, urgent: boolean): Delivery => {
    const tellings = Array.from({ length: count }, () => telling((posts += 1), urgent || random() < 0.5));
    return delivery(voice, voice.posted(...tellings), tellings.map(({ post, mark }) => ({ what: "posted", post, mark })));
  };
  const edited = (voice: Voice, post: number, at: number): Delivery[] => {
    if (!voice.edited) return [];
    const version = telling(post, random() < 0.6, at);
    return [delivery(voice, voice.edited(version), [{ what: "edited", post, mark: version.mark, at }])];
  };
  const deleted = (voice: Voice, post: number): Delivery[] =>
    voice.deleted ? [delivery(voice, voice.deleted(post), [{ what: "deleted", post }])] : [];
  const forged = (voice: Voice): Delivery => {
    const real = posted(voice, 1, true);
    const { body } = real;
    const at = below(body.length - 2) + 1;
    // Telegram signs no body: whoever has its token may say anything.
    const ways: Partial<Delivery>[] = [{ forged: true }];
    if (voice.platform !== "telegram") ways.push({ arrives: body.slice(0, at) }, { arrives: `${body.slice(0, at)} ${body.slice(at)}` }, { arrives: body.replace("mark", "Mark") });
    return { ...real, told: [], answer: 401, ...one(ways) };
  };
  const broken = (voice: Voice): Delivery => {
    const { body } = posted(voice, 1, true);
    return delivery(voice, body.slice(0, body.length - 1 - below(body.length >> 1)), [], voice.broken);
  };

  const stories: Story[] = [];
  for (let made = 0; made < deliveries; ) {
    const voice = one(VOICES);
    const kind = random();
    let story: Story;
    if (kind < 0.3) story = [posted(voice, 1, true)];
    else if (kind < 0.5) story = [posted(voice, 1, false)];
    else if (kind < 0.58) story = [posted(voice, 1 + below(voice.most), false)];
    else if (kind < 0.7) {
      const first = posted(voice, 1, true);
      const post = posts;
      story = [first, ...Array.from({ length: 1 + below(3) }, () => edited(voice, post, 1_795_370_000 + below(5000))).flat()];
    } else if (kind < 0.8) {
      const first = posted(voice, 1, true);
      const post = posts;
      story = [first, ...(random() < 0.5 ? edited(voice, post, 1_795_370_000 + below(5000)) : []), ...deleted(voice, post)];
    } else if (kind < 0.95) story = [forged(voice)];
    else story = [broken(voice)];
    // Platforms overtake themselves, and send again what was answered long ago.
    if (random() < 0.35) story = shuffled(story);
    while (random() < 0.2) story.splice(below(story.length + 1), 0, one(story));
    stories.push(story);
    made += story.length;
  }
  return stories;
}
