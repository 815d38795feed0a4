import { ensureUser } from '../../src/tenants/person';
import { createTestHeart, type TestHeart } from '../setup/app-context';
import { type Lines, openLines } from './lines';

/** What stories leave behind slows down those after them. */
const STORIES_A_DATABASE = 100;

/** A database on which one story after the other is played: to make one, and to connect to it, costs as much as a story. */
export interface Theatre {
  world: TestHeart;
  lines: Lines;
  /** Two people of the workspace. */
  userIds: [string, string];
}

export interface Theatres {
  /** Nobody's batch is there. */
  empty(): Promise<Theatre>;
  close(): Promise<void>;
}

export function createTheatres(): Theatres {
  let theatre: Theatre | undefined;
  let stories = 0;

  async function close(): Promise<void> {
    await theatre?.world.close();
    theatre = undefined;
  }

  return {
    close,
    async empty() {
      if (stories % STORIES_A_DATABASE === 0) await close();
      stories += 1;
      theatre ??= await open();
      await clear(theatre.world);
      return theatre;
    },
  };
}

async function open(): Promise<Theatre> {
  const world = await createTestHeart();
  const { db } = world.heart;
  const ben = { tenantId: world.tenantId, slackUserId: 'U0002', locale: 'zh-CN', timeZone: 'UTC' };
  const { id } = await ensureUser(db, { ...ben, role: 'member' });
  return { world, lines: openLines(db), userIds: [world.userId, id] };
}

async function clear({ heart: { db } }: TestHeart): Promise<void> {
  await db.raw(`
    delete from sms_batch;
    delete from sms_push;
    delete from rate_gate;
    delete from graphile_worker._private_jobs;
    update tenant_channel_config set unclear_in_a_row = 0, held_until = null, next_request_at = null`);
}
