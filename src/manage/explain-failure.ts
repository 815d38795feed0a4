import { ConfigError } from '../config';
import { DatabaseError } from '../db/errors';
import { Refused } from './refused';

/** undefined_table, invalid_schema_name: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const NO_TABLES = ['42P01', '3F000'];

/** What an operator reads where a command fails: one sentence or more, and no stack. */
export function explainFailure(error: unknown): string {
  if (error instanceof Refused || error instanceof DatabaseError || error instanceof ConfigError) {
    return error.message;
  }
  if (error instanceof Error && 'code' in error && NO_TABLES.includes(String(error.code))) {
    return 'The database lacks tables of this version of the bot. Start the bot once, with the same DATABASE_URL or DATA_DIR, then try again.';
  }
  return `It did not work: ${error instanceof Error ? error.message : String(error)}`;
}
