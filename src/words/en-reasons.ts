import type { RejectReason } from '../recipients/recipient';

/** What happened, and what a person can do about it. */
interface Explanation {
  what: string;
  next: string;
}

/** Reasons by code: why rows were left out, why batches stopped, why texts failed. */
export const enReasons = {
  /** Why rows were left out. */
  reject: {
    not_a_phone_number: 'Not a phone number',
    no_number: 'No number in the row',
    too_short: 'Too short',
    too_long: 'Too long',
    not_valid_in_country: 'Not a valid number of its country',
    country_missing: 'No country code, and no default country was chosen',
    country_unclear: 'The country column names no country',
    foreign_without_plus: 'Number of another country, written without its +',
    landline: 'Landline, cannot receive texts',
    not_a_mobile: 'Not a mobile number (toll-free, premium rate or the like)',
    damaged_by_spreadsheet: 'Damaged by a spreadsheet (such as 8.61E+12)',
    several_numbers: 'Several numbers in one cell',
    other_width: 'More or fewer cells than the header: which one is the number?',
    no_consent: 'Says no to messages',
    hidden_row: 'Hidden in the workbook',
    duplicate: 'Duplicate',
    cell_too_long: 'The cell is longer than a number can be (over 8,192 characters)',
    unreadable_row: 'Row cannot be read',
  } satisfies Record<RejectReason['code'], string> as Record<RejectReason['code'], string>,
  sameAs: (place: string) => `same as ${place}`,
  rejectForCountry: (country: string) => `for ${country}`,

  /** By a batch's reason code. Used if the provider's own code is not listed below. */
  batch: {
    account: {
      what: 'The SMS account cannot send at the moment.',
      next: 'Ask your administrator to look at the account. *Resume* then goes on with a paused batch.',
    },
    content: {
      what: 'The provider does not accept this text.',
      next: 'Change the text and send a new batch. Nothing more of this one is sent.',
    },
    request: {
      what: 'The provider calls our request wrong.',
      next: 'This is a fault of the bot. Tell your administrator; nothing is sent until it is mended.',
    },
    unreadable_file: {
      what: 'A file could not be read.',
      next: 'Save the list as .xlsx or CSV, add it again and start anew. Nothing was sent.',
    },
    file_unavailable: {
      what: 'A file could not be fetched from Slack.',
      next: 'Add it again and start anew. Nothing was sent.',
    },
    too_many_recipients: {
      what: 'The list is too long: a batch takes 1,000,000 recipients, and as many rows that are left out.',
      next: 'Split it and send the parts one after the other. Nothing was sent.',
    },
    reading_too_long: {
      what: 'Reading the list took longer than 15 minutes, so it was given up.',
      next: 'Split it and send the parts one after the other. Nothing was sent.',
    },
    text_too_long: {
      what: 'The text is longer than the provider takes.',
      next: 'Shorten it and send a new batch. Nothing was sent.',
    },
    stopped_bot: {
      what: 'Reading this list has stopped the bot twice, so the list was put aside.',
      next: 'Save only the columns that you need as CSV, add it again and start anew. If that fails as well, show this to your administrator. Nothing was sent.',
    },
    retryable: {
      what: 'The provider keeps putting us off.',
      next: 'Press *Resume* later. Nothing is lost: what waits is kept.',
    },
    person: { what: 'Somebody has paused this batch.', next: 'Press *Resume* to go on.' },
    unclear_answers: {
      what: 'The provider gave several unclear answers in a row, so sending waits before more becomes uncertain.',
      next: 'One small request asks the way again by itself. What may have gone is shown as unknown.',
    },
  } as Record<string, Explanation>,
  other: {
    what: 'The batch has stopped.',
    next: 'Tell your administrator what is written here.',
  },

  /** By codes that all providers share. A provider's own codes come with it (src/providers). */
  provider: {
    unreadable_reply: {
      what: 'The provider’s answer cannot be read.',
      next: 'Try again in a minute; if it stays so, tell your administrator.',
    },
    out_of_time: {
      what: 'There was no time to ask the provider about all of them.',
      next: 'Try again: what it told is kept, and the rest is asked about then.',
    },
    turn: {
      what: 'The provider is asked too much at the moment, so this question had to wait.',
      next: 'Try again in a minute.',
    },
    http_429: { what: 'The provider was asked too often.', next: 'Try again in a minute.' },
  } as Record<string, Explanation>,
  /** Both parts of an explanation, one after the other. */
  whatAndNext: (what: string, next: string) => `${what} ${next}`,
  providerBusy: { what: 'The provider cannot be reached or is busy.', next: 'Try again in a minute.' },

  /** What is wrong with a file. */
  file: {
    file_too_large: 'It is larger than 10 MB.',
    file_not_ready: 'Slack has not finished taking it in.',
    file_not_found: 'It was deleted.',
    file_forbidden: 'Slack does not let the bot read it.',
    file_unreachable: 'Slack did not answer in time.',
    empty: 'It is empty.',
    no_rows: 'It holds no rows.',
    spreadsheet: 'It is a spreadsheet of another kind than .xlsx. Open it there and save it as .xlsx or CSV.',
    damaged_workbook: 'The workbook is damaged or has a password.',
    workbook_too_large: 'The workbook is too large. Save the sheet with the numbers as CSV.',
    web_page: 'It is a web page under another name. Open it in a spreadsheet and save it as .xlsx or CSV.',
    contact_cards: 'It holds contact cards (vCard). Export the contacts as CSV instead.',
    binary: 'It is not a text file.',
    not_a_table: 'Its rows cannot be told apart.',
  } as Record<string, string>,
  /** Which bound a file passes, where, and by how much. */
  beyondBound: {
    too_many_columns: (line, count, most) =>
      `Line ${line} has ${count} columns; at most ${most} can be read. Delete the columns that the list does not need.`,
    header_too_long: (line, _count, most) =>
      `The header in line ${line} is longer than ${most} characters. Shorten the names of its columns, or delete some.`,
    too_many_cells: (line, _count, most) =>
      `It has more than ${most} cells up to line ${line}. Delete the columns that the list does not need, or split it.`,
  } as Record<string, (line: string, count: string, most: string) => string>,

  /**
   * Why single texts failed, by the stored code. A code that is not listed is shown as the provider wrote it.
   */
  failure: {
    refused: 'The provider refused the number: check it',
    not_sent: 'The bot was held up before it was sent: send again',
    '': 'The provider gave no reason: ask its support, with the message ID',
    // States that networks report: those of SMPP 3.4 (section 5.2.28), and two other common ones.
    UNDELIV: 'Could not be delivered: ask the person whether the number is still theirs (UNDELIV)',
    UNDELIVERABLE:
      'Could not be delivered: ask the person whether the number is still theirs (UNDELIVERABLE)',
    EXPIRED: 'The phone was out of reach too long: send again later (EXPIRED)',
    REJECTD: 'The network refused it: ask the provider why (REJECTD)',
    REJECTED: 'The network refused it: ask the provider why (REJECTED)',
    DELETED: 'The network deleted it before delivery: ask the provider why (DELETED)',
    UNKNOWN_SUBSCRIBER: 'The number is not in use: leave it out (UNKNOWN_SUBSCRIBER)',
    UNKNOWN: 'The network does not know what became of it: ask the person before sending again (UNKNOWN)',
    ABSENT_SUBSCRIBER: 'The phone was off or out of reach: send again later (ABSENT_SUBSCRIBER)',
    BLACKLISTED: 'The number is on a block list: leave it out (BLACKLISTED)',
  } as Record<string, string>,
};
