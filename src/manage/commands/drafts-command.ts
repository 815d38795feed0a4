import type { Command } from 'commander';
import type { Knex } from 'knex';
import { deleteDraft } from '../../batches/administering/delete-draft';
import { listDraftsOfAll } from '../../batches/administering/list-use';
import { operator } from '../../tenants/actor';
import { chooseWorkspaces } from '../choose-workspaces';
import type { CommandContext } from '../command-context';
import { MOST_SHOWN, printList } from '../print-list';
import { Refused } from '../refused';

/** `manage drafts`: drafts that are open, and the deletion of one. */
export function addDrafts(program: Command, { open, print }: CommandContext): void {
  const drafts = program.command('drafts').description('open drafts of all people');
  drafts
    .command('list')
    .description('lists them, oldest first: who and how large, nothing of what is in them')
    .action(async () => listDrafts(await open(), print));
  drafts
    .command('delete')
    .description('deletes one, and its writer is told; a batch that was started is not touched')
    .argument('<id>', 'the id that `drafts list` shows')
    .action(async (id: string) => print(await deleteOne(await open(), id)));
}

async function listDrafts(db: Knex, print: (line: string) => void): Promise<void> {
  const rows: string[][] = [];
  for (const { id, slackTeamId } of await chooseWorkspaces(db, undefined)) {
    for (const draft of await listDraftsOfAll({ db, reads: db }, operator(id), MOST_SHOWN)) {
      const { batchId, externalId, createdAt } = draft;
      rows.push([batchId, slackTeamId, externalId, createdAt.toISOString(), String(draft.rows)]);
    }
  }
  printList(print, 'No draft is open.', ['id', 'workspace', 'user', 'begun', 'rows'], rows);
}

async function deleteOne(db: Knex, batchId: string): Promise<string> {
  for (const { id } of await chooseWorkspaces(db, undefined)) {
    const { kind } = await deleteDraft({ db, reads: db }, operator(id), batchId);
    if (kind === 'deleted') return `Draft ${batchId} is deleted. Its writer is told.`;
    if (kind === 'already_closed') return `Draft ${batchId} is closed already.`;
    if (kind === 'already_started')
      throw new Refused(
        `Batch ${batchId} was sent. An admin of the workspace may pause or cancel it in Slack.`,
      );
  }
  throw new Refused(
    `No draft has the id ${JSON.stringify(batchId)}. \`manage drafts list\` shows those that are open.`,
  );
}
