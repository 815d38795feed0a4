import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { changeReading } from '../../../batches/importing/change-reading';
import { getReview } from '../../../batches/views/get-review';
import type { Layout, ReadingChoice } from '../../../recipients/recipient';
import { readCarried } from '../../blocks/carried';
import { ACTIONS, BLOCKS } from '../../blocks/ids';
import { noticeModal } from '../../blocks/modals/notice';
import { type ChangeReadingKey, type Included, NO_COLUMN } from '../../blocks/modals/reading-choices';
import { type ChosenColumn, readColumnValue } from '../../blocks/parts/column-options';
import { showReviewNow } from '../../posts/show-review';
import type { FormReply } from '../form-listeners';
import type { RequestContext } from '../request-context';
import { whyNoReview } from '../why-no-review';

/**
 * Stores how a source is to be read, and its list is read again. The window closes; the review below it shows the
 * progress, then what was read. Where the list was read again since the window was opened, nothing is stored: the person
 * first sees the new review.
 */
export async function submitChangeReading(request: RequestContext, view: ViewOutput): Promise<FormReply> {
  const { slack, actor, words } = request;
  const { batchId, source, version } = readCarried<ChangeReadingKey>(
    view.private_metadata,
    z.object({ batchId: z.string(), source: z.int(), version: z.int() }),
  );
  const afterwards = () => showReviewNow(slack, batchId);
  const review = await getReview(slack.app, actor, batchId);
  const layout = review?.sources.find((one) => one.source === source)?.reading?.layout;
  if (review?.version === version && layout) {
    const changes = [{ source, choice: readChoice(view, layout) }];
    if (await changeReading(slack.app, actor, { batchId, changes })) return { afterwards };
  }
  const why = (await whyNoReview(request, batchId)) ?? words.list.outdated;
  const notice = noticeModal(words, words.list.changeTitle, why);
  return { ack: { response_action: 'update', view: notice }, afterwards };
}

/**
 * A country column and the ticks were chosen for the rows that the window showed: of another sheet they say nothing, and
 * with another column other numbers are read as those of other countries. Then they are not taken over, so that nobody is
 * texted whom the person has not seen counted.
 */
function readChoice(view: ViewOutput, layout: Layout): ReadingChoice {
  const field = (block: string) => view.state.values[block]?.[ACTIONS.value];
  const phone = field(BLOCKS.phoneColumn)?.selected_option?.value;
  const country = field(BLOCKS.countryColumn)?.selected_option?.value;
  const column: Partial<ChosenColumn> = phone === undefined ? {} : readColumnValue(phone);
  const isSameSheet = column.sheet === undefined || column.sheet === layout.sheet?.index;
  const countryColumn = country === undefined || country === NO_COLUMN ? NO_COLUMN : Number(country);
  const isSameReading =
    isSameSheet &&
    column.phoneColumn === layout.phoneColumn &&
    countryColumn === (layout.countryColumn ?? NO_COLUMN);
  const included = new Set(field(BLOCKS.include)?.selected_options?.map(({ value }) => value));
  const isIncluded = (what: Included) => included.has(what);
  return {
    ...column,
    ...(country !== undefined && isSameSheet ? { countryColumn } : {}),
    includeNoConsent: isSameSheet && isIncluded('includeNoConsent'),
    includeForeign: isSameReading && isIncluded('includeForeign'),
    includeHidden: isSameSheet && isIncluded('includeHidden'),
  };
}
