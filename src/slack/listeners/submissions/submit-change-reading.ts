import type { ViewOutput } from '@slack/bolt';
import { changeReading } from '../../../batches/importing/change-reading';
import type { ReadingChoice } from '../../../recipients/recipient';
import { ACTIONS, BLOCKS } from '../../blocks/ids';
import { noticeModal } from '../../blocks/modals/notice';
import { type ChangeReadingKey, type Included, NO_COLUMN } from '../../blocks/modals/reading-choices';
import { readColumnValue } from '../../blocks/parts/column-options';
import { showReview } from '../../posts/show-review';
import type { FormReply } from '../bolt-listeners';
import type { RequestContext } from '../request-context';
import { whyNoReview } from '../why-no-review';

/**
 * Stores how a source is to be read, and its list is read again. The window closes; the review below it shows the
 * progress, then what was read.
 */
export async function submitChangeReading(request: RequestContext, view: ViewOutput): Promise<FormReply> {
  const { slack, actor, words } = request;
  const { batchId, source } = JSON.parse(view.private_metadata) as ChangeReadingKey;
  const changes = [{ source, choice: readChoice(view) }];
  const isChanged = await changeReading(slack.app, actor, { batchId, changes });
  const why = isChanged ? null : ((await whyNoReview(request, batchId)) ?? words.list.notNow);
  if (why !== null) {
    return { ack: { response_action: 'update', view: noticeModal(words, words.list.changeTitle, why) } };
  }
  return {
    afterwards: async () => {
      await showReview(slack, batchId);
    },
  };
}

function readChoice(view: ViewOutput): ReadingChoice {
  const field = (block: string) => view.state.values[block]?.[ACTIONS.value];
  const phone = field(BLOCKS.phoneColumn)?.selected_option?.value;
  const country = field(BLOCKS.countryColumn)?.selected_option?.value;
  const included = new Set(field(BLOCKS.include)?.selected_options?.map(({ value }) => value));
  const isIncluded = (what: Included) => included.has(what);
  return {
    ...(phone === undefined ? {} : readColumnValue(phone)),
    ...(country === undefined ? {} : { countryColumn: country === NO_COLUMN ? country : Number(country) }),
    includeNoConsent: isIncluded('includeNoConsent'),
    includeForeign: isIncluded('includeForeign'),
    includeHidden: isIncluded('includeHidden'),
  };
}
