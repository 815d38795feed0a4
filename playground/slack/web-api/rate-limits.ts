import { type Method, TIERS } from './method';

export interface RateLimits {
  /** 0 if the call is allowed, else the seconds to wait. */
  take(name: string, method: Method, channel: string | undefined): number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * A bucket of calls per method, which refills evenly over a minute. chat.postMessage has one more for
 * each channel: one message a second, in bursts of at most five.
 */
export function createRateLimits(now: () => number): RateLimits {
  const buckets = new Map<string, Bucket>();

  const take = (key: string, capacity: number, perSecond: number): number => {
    const bucket = buckets.get(key) ?? { tokens: capacity, filledAt: now() };
    const earned = ((now() - bucket.filledAt) / 1000) * perSecond;
    const tokens = Math.min(capacity, bucket.tokens + earned);
    const waitS = tokens >= 1 ? 0 : Math.ceil((1 - tokens) / perSecond);
    buckets.set(key, { tokens: waitS ? tokens : tokens - 1, filledAt: now() });
    return waitS;
  };

  return {
    take: (name, method, channel) => {
      const perMinute = TIERS[method.tier];
      const waitS = take(name, perMinute, perMinute / 60);
      if (waitS > 0 || name !== 'chat.postMessage') return waitS;
      return take(`${name} ${channel}`, 5, 1);
    },
  };
}
