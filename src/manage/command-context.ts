import type { Knex } from 'knex';

/** What a command works with. */
export interface CommandContext {
  /** The bot's database, opened at the first call. Throws DatabaseError, ConfigError. */
  open(): Promise<Knex>;
  /** Prints a line for the operator: no number, no text of an SMS, no secret. */
  print(line: string): void;
}
