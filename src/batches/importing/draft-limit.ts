import type { Knex } from 'knex';
import type { ApiKeyActor, PersonActor } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { countDrafts } from './open-drafts.sql';

/** Somebody begins a draft beside as many as may be open. A door turns it into words. */
export class TooManyDrafts extends Error {
  readonly code = 'too_many_drafts';
  constructor(
    /** Whose they are. */
    readonly of: 'person' | 'key' | 'workspace',
    readonly most: number,
  ) {
    super(`more than ${most} open drafts of a ${of}`);
    this.name = 'TooManyDrafts';
  }
}

/** After the new one is stored, under the lock of the workspace's drafts. Throws TooManyDrafts. */
export async function refuseTooManyDrafts(
  app: AppContext,
  trx: Knex.Transaction,
  actor: PersonActor | ApiKeyActor,
): Promise<void> {
  const { ofOwner, ofWorkspace } = await countDrafts(trx, actor);
  const most = mostDraftsOf(app, actor);
  if (ofOwner > most) throw new TooManyDrafts(actor.kind === 'person' ? 'person' : 'key', most);
  const { perWorkspace } = app.settings.maxDrafts;
  if (ofWorkspace > perWorkspace) throw new TooManyDrafts('workspace', perWorkspace);
}

/** How many this person or key may have open. */
export function mostDraftsOf({ settings }: AppContext, actor: PersonActor | ApiKeyActor): number {
  return actor.kind === 'person' ? settings.maxDrafts.perPerson : settings.maxDrafts.perKey;
}
