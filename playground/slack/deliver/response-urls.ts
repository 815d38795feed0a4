import { randomText } from '../ids';

/** Where an answer to a `response_url` goes. */
export interface ResponseTarget {
  user: string;
  channel: string;
  /** The message that the act happened on, for `replace_original` and `delete_original`. */
  messageTs?: string;
}

export interface ResponseUrls {
  make(target: ResponseTarget): string;
  /** Uses one of the five answers. */
  use(secret: string): ResponseTarget | 'used_url' | 'expired_url';
}

const USES = 5;
const LIFE_MS = 30 * 60_000;

/** Response URLs: five answers within thirty minutes, also in channels without the bot. */
export function createResponseUrls(options: { now: () => number; origin: () => string }): ResponseUrls {
  const made = new Map<string, { target: ResponseTarget; madeAt: number; uses: number }>();
  return {
    make: (target) => {
      const secret = randomText(24);
      made.set(secret, { target, madeAt: options.now(), uses: 0 });
      return `${options.origin()}/response/${secret}`;
    },
    use: (secret) => {
      const entry = made.get(secret);
      if (!entry || options.now() - entry.madeAt > LIFE_MS) return 'expired_url';
      if (entry.uses >= USES) return 'used_url';
      entry.uses += 1;
      return entry.target;
    },
  };
}
