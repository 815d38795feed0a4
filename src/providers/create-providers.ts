import { createOnbukaProvider } from './onbuka/onbuka';
import type { SmsProvider } from './sms-provider';

/** Every provider, by its name. */
export function createProviders(): Record<string, SmsProvider> {
  return { onbuka: createOnbukaProvider() };
}
