import type { Knex } from 'knex';
import { createProgram } from '../../src/manage/create-program';
import { createSecretBox } from '../../src/tenants/secret-box';

/** Runs one command on a test's database. Returns what it prints; throws what ends it with code 1. */
export async function runManage(db: Knex, ...command: string[]): Promise<string> {
  const printed: string[] = [];
  const program = createProgram({
    open: async () => db,
    // As in createTestApp.
    openSecrets: async () => createSecretBox(Buffer.alloc(32, 7)),
    publicUrl: () => 'https://sms.test',
    print: (line) => void printed.push(line),
  });
  await program.parseAsync(command, { from: 'user' });
  return printed.join('\n');
}
