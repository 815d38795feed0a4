import type { Knex } from 'knex';

/** Each account has a push address of its own, so that a report is believed for that account only. The next start fills them. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('provider_account', (table) => {
    /** The last part of the address, sealed like the credentials: operators read it to tell the provider. */
    table.text('webhook_secret_encrypted');
    /** SHA-256 in hex: a push is looked up by it, without the key. */
    table.text('webhook_secret_hash').unique();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('provider_account', (table) =>
    table.dropColumns('webhook_secret_encrypted', 'webhook_secret_hash'),
  );
}
