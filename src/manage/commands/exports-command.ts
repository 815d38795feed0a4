import type { Command } from 'commander';
import type { Knex } from 'knex';
import { listLongRequests, stopLongRequest } from '../../batches/long-requests/stop-long-request';
import { operator } from '../../tenants/actor';
import { getUser } from '../../tenants/person';
import { chooseWorkspaces } from '../choose-workspaces';
import type { CommandContext } from '../command-context';
import { printList } from '../print-list';
import { Refused } from '../refused';

/** `manage exports`: exports and comparisons that wait or run, and the stop of one. */
export function addExports(program: Command, { open, print }: CommandContext): void {
  const exports = program.command('exports').description('exports and comparisons that wait or run');
  exports
    .command('list')
    .description('lists them, oldest first')
    .action(async () => listExports(await open(), print));
  exports
    .command('stop')
    .description('stops one; who asked for it is told')
    .argument('<id>', 'the id that `exports list` shows')
    .action(async (id: string) => print(await stopOne(await open(), id)));
}

async function listExports(db: Knex, print: (line: string) => void): Promise<void> {
  const rows: string[][] = [];
  for (const tenant of await chooseWorkspaces(db, undefined)) {
    for (const one of await listLongRequests({ db }, operator(tenant.id))) {
      const user = (await getUser(db, one.userId))?.slackUserId ?? '-';
      const state = one.stopAskedAt ? 'stops' : one.startedAt ? 'runs' : 'waits';
      const what = [one.kind, one.batchId ?? '-', user, one.askedAt.toISOString(), state];
      rows.push([one.id, tenant.slackTeamId, ...what]);
    }
  }
  const headings = ['id', 'workspace', 'kind', 'batch', 'user', 'asked', 'state'];
  printList(print, 'No export and no comparison waits or runs.', headings, rows);
}

async function stopOne(db: Knex, requestId: string): Promise<string> {
  for (const { id } of await chooseWorkspaces(db, undefined)) {
    const { kind } = await stopLongRequest({ db }, operator(id), requestId);
    if (kind === 'stopping') return `${requestId} stops within seconds. Who asked for it is told.`;
  }
  throw new Refused(
    `No export and no comparison of the id ${JSON.stringify(requestId)} waits or runs. \`manage exports list\` shows those that do.`,
  );
}
