import type { ApiKeyActor, PersonActor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import { mostDraftsOf } from '../importing/draft-limit';
import { countDrafts, findNewestDraft } from '../importing/open-drafts.sql';
import { authoriseReading } from '../store/find-for-act';

/** A draft that was begun and neither sent nor discarded. */
export interface OpenDraft {
  batchId: string;
  content: string;
  begunAt: Date;
  /** `waits`: for its writer to say which column has the numbers. */
  step: 'reading' | 'waits' | 'ready';
  /** Recipients; 0 until the list is read. */
  recipients: number;
}

/** The newest open draft of somebody who may not begin another beside it. Null where they may. */
export async function findDraftInTheWay(
  app: AppContext,
  actor: PersonActor | ApiKeyActor,
): Promise<OpenDraft | null> {
  const db = readsOf(app, actor);
  await authoriseReading(db, actor, 'send');
  const { ofOwner } = await countDrafts(db, actor);
  if (ofOwner < mostDraftsOf(app, actor)) return null;
  const draft = await findNewestDraft(db, actor);
  if (!draft) return null;
  const isRead = draft.status === 'ready';
  return {
    batchId: draft.id,
    content: draft.content,
    begunAt: draft.created_at,
    step: isRead ? 'ready' : draft.column_questions.length > 0 ? 'waits' : 'reading',
    recipients: draft.total_count,
  };
}
