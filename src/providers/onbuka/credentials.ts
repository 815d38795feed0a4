import { z } from 'zod';
import type { ProviderAccount } from '../provider-account';

/** What an account at Buka is used with. Whatever holds it must not be logged. */
export interface BukaAccount {
  /** With the version: `https://api.onbuka.com/v3`. */
  baseUrl: string;
  apiKey: string;
  apiSecret: string;
  /** The sub-account. */
  appId: string;
}

/** As stored. A version before this one stored the secret alone as `secret`. */
export const bukaCredentials = z
  .object({
    baseUrl: z.string().min(1),
    apiKey: z.string().min(1),
    apiSecret: z.string().min(1).optional(),
    secret: z.string().min(1).optional(),
  })
  .transform(({ baseUrl, apiKey, apiSecret, secret }, context) => {
    const known = apiSecret ?? secret;
    if (known !== undefined) return { baseUrl, apiKey, apiSecret: known };
    context.addIssue({ code: 'custom', path: ['apiSecret'], message: 'is missing' });
    return z.NEVER;
  });

/** As a request needs it. `credentials` were checked with the schema above. */
export function readAccount({ credentials, subAccount, address }: ProviderAccount): BukaAccount {
  const stored = credentials as z.output<typeof bukaCredentials>;
  return { ...stored, baseUrl: address ?? stored.baseUrl, appId: subAccount };
}
