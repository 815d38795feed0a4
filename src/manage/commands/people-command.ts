import type { Command } from 'commander';
import type { Knex } from 'knex';
import { blockPerson, unblockPerson } from '../../batches/administering/block-person';
import { listBlockedPeople } from '../../batches/administering/list-use';
import { type Actor, operator } from '../../tenants/actor';
import { findUser } from '../../tenants/person';
import type { Tenant } from '../../tenants/tenant';
import { chooseWorkspaces } from '../choose-workspaces';
import type { CommandContext } from '../command-context';
import { MOST_SHOWN, printList } from '../print-list';
import { Refused } from '../refused';

interface Options {
  workspace?: string;
}

/** `manage people`: blocks and unblocks a person, and lists who is blocked. */
export function addPeople(program: Command, { open, print }: CommandContext): void {
  const people = program.command('people').description('blocks people, and lists who is blocked');
  people
    .command('list')
    .description('lists who is blocked, the latest first')
    .option('--workspace <id>', 'of this workspace alone (T…)')
    .action(async ({ workspace }: Options) => listPeople(await open(), workspace, print));
  people
    .command('block')
    .description(
      'blocks one: they may do and see nothing, at once; their open drafts are deleted, their exports stopped',
    )
    .argument('<user>', 'the Slack id (U…)')
    .option('--workspace <id>', 'the workspace (T…), where the person is in several')
    .action(async (user: string, { workspace }: Options) =>
      print(await block(await open(), user, workspace)),
    );
  people
    .command('unblock')
    .description('lets one use the bot again')
    .argument('<user>', 'the Slack id (U…)')
    .option('--workspace <id>', 'the workspace (T…), where the person is in several')
    .action(async (user: string, { workspace }: Options) =>
      print(await unblock(await open(), user, workspace)),
    );
}

async function listPeople(
  db: Knex,
  workspace: string | undefined,
  print: (line: string) => void,
): Promise<void> {
  const rows: string[][] = [];
  for (const { id, slackTeamId } of await chooseWorkspaces(db, workspace)) {
    const blocked = await listBlockedPeople({ db, reads: db }, operator(id), MOST_SHOWN);
    for (const { slackUserId, blockedAt, blockedBy } of blocked)
      rows.push([slackTeamId, slackUserId, blockedAt.toISOString(), blockedBy ?? 'an operator']);
  }
  printList(print, 'Nobody is blocked.', ['workspace', 'user', 'since', 'by'], rows);
}

async function block(db: Knex, user: string, workspace: string | undefined): Promise<string> {
  const { actor, userId } = await findPerson(db, user, workspace);
  const outcome = await blockPerson({ db, reads: db }, actor, userId);
  if (outcome.kind === 'already_blocked') return `${user} is blocked already.`;
  if (outcome.kind !== 'blocked') throw unknownUser(user);
  const { drafts, requests, sending } = outcome;
  const done = `${user} is blocked. Drafts deleted: ${drafts}. Exports and comparisons stopped: ${requests}.`;
  if (sending === 0) return done;
  return `${done} Batches of theirs that go on: ${sending}; an admin of the workspace may pause or cancel them in Slack.`;
}

async function unblock(db: Knex, user: string, workspace: string | undefined): Promise<string> {
  const { actor, userId } = await findPerson(db, user, workspace);
  const { kind } = await unblockPerson({ db, reads: db }, actor, userId);
  return kind === 'unblocked' ? `${user} may use the bot again.` : `${user} is not blocked.`;
}

/** Throws Refused where nobody, or somebody in several workspaces, has the id. */
async function findPerson(
  db: Knex,
  slackUserId: string,
  workspace: string | undefined,
): Promise<{ actor: Actor; userId: string }> {
  const found: { tenant: Tenant; userId: string }[] = [];
  for (const tenant of await chooseWorkspaces(db, workspace)) {
    const person = await findUser(db, { tenantId: tenant.id, slackUserId });
    if (person) found.push({ tenant, userId: person.id });
  }
  const [one, ...others] = found;
  if (!one) throw unknownUser(slackUserId);
  if (others.length > 0) {
    const ids = found.map(({ tenant }) => tenant.slackTeamId).join(', ');
    throw new Refused(`${slackUserId} is in several workspaces: ${ids}. Say which with --workspace.`);
  }
  return { actor: operator(one.tenant.id), userId: one.userId };
}

const unknownUser = (user: string) =>
  new Refused(
    `Nobody of the id ${JSON.stringify(user)} has used the bot. \`manage usage\` shows who has; the id begins with U.`,
  );
