import type { Command } from 'commander';
import type { Knex } from 'knex';
import { enqueueInbox } from '../../batches/enqueue-jobs';
import {
  dropRefused,
  type InboxKey,
  listRefused,
  type RefusedWebhook,
  retryRefused,
} from '../../batches/store/webhook-inbox';
import type { CommandContext } from '../command-context';
import { MOST_SHOWN, printList } from '../print-list';
import { Refused } from '../refused';

/** A bigint of PostgreSQL has at most 19 digits. */
const ID = /^\d{1,18}$/;

/** `manage webhooks`: pushed bodies that the database has refused. */
export function addWebhooks(program: Command, { open, print }: CommandContext): void {
  const webhooks = program
    .command('webhooks')
    .description('what providers pushed and the database refused')
    .addHelpText('after', '\nWhat to do about them: docs/OPERATIONS.md, "Pushed bodies put aside".');
  webhooks
    .command('list')
    .description('lists them, oldest first, without what is in them')
    .action(async () => listWebhooks(await open(), print));
  webhooks
    .command('retry')
    .description('applies one again now, after its cause is mended')
    .argument('<id>', 'the id that `webhooks list` shows')
    .action(async (id: string) => print(await retryWebhook(await open(), id)));
  webhooks
    .command('drop')
    .description('gives one up; what it reported is polled, as far as the provider still knows it')
    .argument('<id>', 'the id that `webhooks list` shows')
    .action(async (id: string) => print(await dropWebhook(await open(), id)));
}

async function listWebhooks(db: Knex, print: (line: string) => void): Promise<void> {
  const webhooks = await listRefused(db, MOST_SHOWN + 1);
  const headings = ['id', 'provider', 'kind', 'received', 'refusals', 'why', 'tried again'];
  printList(print, 'No pushed body is put aside.', headings, webhooks.slice(0, MOST_SHOWN).map(cellsOf));
  if (webhooks.length > MOST_SHOWN)
    print(`There are more than ${MOST_SHOWN}: retry or drop some to see the others.`);
}

const cellsOf = (one: RefusedWebhook): string[] => [
  one.id,
  one.provider,
  one.kind,
  one.receivedAt.toISOString(),
  String(one.refusals),
  one.fault ?? '-',
  one.nextTryAt?.toISOString() ?? 'when you retry it',
];

async function retryWebhook(db: Knex, id: string): Promise<string> {
  return db.transaction(async (trx) => {
    const { provider, kind } = known(id, ID.test(id) ? await retryRefused(trx, id) : null);
    await enqueueInbox(trx, { provider, kind }, 0);
    return `Pushed body ${id} is applied again now. If the database refuses it again, it is put aside again.`;
  });
}

async function dropWebhook(db: Knex, id: string): Promise<string> {
  return db.transaction(async (trx) => {
    known(id, ID.test(id) ? await dropRefused(trx, id) : null);
    return `Pushed body ${id} is given up. It is deleted a week after it came.`;
  });
}

function known(id: string, webhook: InboxKey | null): InboxKey {
  if (webhook) return webhook;
  throw new Refused(
    `No pushed body of the id ${JSON.stringify(id)} is put aside. \`manage webhooks list\` shows those that are.`,
  );
}
