import type { Knex } from 'knex';
import type { SecretBox } from '../tenants/secret-box';

/** What a command works with. */
export interface CommandContext {
  /** The bot's database, opened at the first call. Throws DatabaseError, ConfigError. */
  open(): Promise<Knex>;
  /** Opens what the bot has sealed. Throws ConfigError, Refused where its key is not given. */
  openSecrets(): Promise<SecretBox>;
  /** Where providers reach the bot, without a slash at the end. Throws ConfigError. */
  publicUrl(): string;
  /** Prints a line for the operator: no number, no text of an SMS, and no secret but the one that was asked for. */
  print(line: string): void;
}
