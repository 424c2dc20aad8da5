/** Where the posts are on one site's pages: data, so that a site's new markup is a change of data. */

/** Where one value of a post stands. */
export interface Field {
  /** Finds the element inside the post, at the post's own level; the post's container itself where left out. */
  select?: string;
  /** Reads this attribute; the element's text where left out. */
  attribute?: string;
  /** A regular expression; the value is its first group. */
  match?: string;
}

/** The post's own words. */
export interface TextField {
  /** Each finds one part at the post's own level; parts are joined by a new line. */
  parts: string[];
  /** What inside a part is somebody else's words, such as a quotation. */
  without?: string;
}

/** Where a badge goes: the first of `at` that is there, at the post's own level. */
export interface BadgeSpot {
  at: string[];
  where: "append" | "prepend" | "before" | "after";
}

/** One sort of post on a site. */
export interface PostShape {
  kind: "post" | "comment" | "review";
  container: string;
  /** What inside a post is another post: a quoted one. Containers inside containers count as such by themselves. */
  nested?: string;
  /** Matches a post, or something around it, that is none of ours to read: an advertisement. */
  skip?: string;
  id: Field;
  text: TextField;
  language?: Field;
  author?: Field;
  handle?: Field;
  permalink?: Field;
  published?: Field;
  stars?: Field;
  likes?: Field;
  shares?: Field;
  replies?: Field;
  /** There where only the beginning of the text stands in the page. */
  partial?: string;
  badge: BadgeSpot;
}

/** One site. */
export interface SiteAdapter {
  site: string;
  /** The platform's name in the desk, shared by all of its sites. */
  platform: string;
  /** The name that people see. */
  name: string;
  /** `panel` where a site forbids elements in its pages: its posts are listed beside the page. */
  mode: "badge" | "panel";
  /** Hosts; `*.` in front stands for any subdomain. */
  hosts: string[];
  /** The month in which somebody last held this against the site itself. */
  checked: string;
  /** What the posts appear in; the whole page until it is there. */
  lists: string;
  /** There where posts are to be expected: if so and none is found, the site has changed. */
  signsOfPosts: string;
  posts: PostShape[];
  /** How many posts the pages that we know have, for the tests. */
  expected: { fixtures: Record<string, number>; samples: Record<string, number> };
}

/** Whether the adapter is for this host. */
export function servesHost(adapter: SiteAdapter, host: string): boolean {
  return adapter.hosts.some((pattern) =>
    pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern,
  );
}

/** The match patterns that the browser grants a site by. */
export function matchPatterns(adapter: SiteAdapter): string[] {
  return adapter.hosts.map((host) => `https://${host}/*`);
}
