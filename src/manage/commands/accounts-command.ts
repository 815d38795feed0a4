import type { Command } from 'commander';
import type { Knex } from 'knex';
import { createProviders } from '../../providers/create-providers';
import { type AccountName, createAccounts, listAccountNames } from '../../tenants/accounts';
import { SecretUnreadable } from '../../tenants/secret-box';
import type { CommandContext } from '../command-context';
import { printList } from '../print-list';
import { Refused } from '../refused';

/** `manage accounts`: provider accounts, and where their providers push to. */
export function addAccounts(program: Command, context: CommandContext): void {
  const { open, print } = context;
  const accounts = program
    .command('accounts')
    .description('provider accounts of all workspaces, and where their providers push to')
    .addHelpText('after', '\nWhat to tell the provider: docs/SETUP.md.');
  accounts
    .command('list')
    .description('lists them')
    .action(async () => listAll(await open(), print));
  accounts
    .command('address')
    .description('prints where the provider pushes reports and replies of one to: a secret')
    .argument('<id>', 'the id that `accounts list` shows')
    .action(async (id: string) => printAddress(context, id));
}

async function listAll(db: Knex, print: (line: string) => void): Promise<void> {
  const accounts = await listAccountNames(db);
  const headings = ['id', 'workspace', 'provider', 'name', 'sub-account', 'default'];
  const none = 'There is no account yet: the first start stores the one of the settings.';
  printList(print, none, headings, accounts.map(cellsOf));
}

const cellsOf = (one: AccountName): string[] => [
  one.id,
  one.tenantId,
  one.provider,
  one.name,
  one.subAccount,
  one.isDefault ? 'yes' : 'no',
];

async function printAddress(
  { open, openSecrets, publicUrl, print }: CommandContext,
  id: string,
): Promise<void> {
  const db = await open();
  const account = (await listAccountNames(db)).find((one) => one.id === id);
  if (!account) {
    throw new Refused(
      `No account has the id ${JSON.stringify(id)}. \`manage accounts list\` shows those that there are.`,
    );
  }
  const providers = createProviders();
  const secret = await openSecret(createAccounts(db, await openSecrets(), providers), id);
  for (const path of providers[account.provider]?.webhooks.paths ?? [])
    print(`${publicUrl()}${path}${secret}`);
}

async function openSecret(
  accounts: { findWebhookSecret(id: string): Promise<string | null> },
  id: string,
): Promise<string> {
  const secret = await accounts.findWebhookSecret(id).catch((error) => {
    if (!(error instanceof SecretUnreadable)) throw error;
    throw new Refused(
      'ENCRYPTION_KEY (or, without it, the key in KEY_DIR) does not open the address. Use the key that the bot runs with.',
    );
  });
  if (secret !== null) return secret;
  throw new Refused(
    'The account has no address of its own yet. Start this version of the bot once, then try again.',
  );
}
