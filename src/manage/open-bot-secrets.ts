import type { AddressConfig } from '../config';
import { developmentKey } from '../tenants/development-key';
import { createSecretBox, type SecretBox } from '../tenants/secret-box';
import { Refused } from './refused';

/** What the bot has sealed, with the key that it runs with. Throws Refused where that is not given. */
export async function openBotSecrets(config: AddressConfig): Promise<SecretBox> {
  if (config.encryptionKey) return createSecretBox(config.encryptionKey.bytes);
  if (config.databaseUrl)
    throw new Refused('ENCRYPTION_KEY is not set. Give this command the key that the bot runs with.');
  return createSecretBox((await developmentKey(config)).key);
}
