import {
  explainFailure,
  explainReason,
  reasonLines,
} from '../../../../src/slack/blocks/parts/explain-reason';
import { explainSlackError } from '../../../../src/slack/blocks/parts/explain-slack-error';
import { failureInWords } from '../../../../src/words/explain-codes';
import { wordsFor } from '../../../../src/words/words-for';

const words = wordsFor('en-US');

describe('why a message failed', () => {
  it.each([
    ['UNDELIV', 'Could not be delivered: ask the person whether the number is still theirs (UNDELIV)'],
    ['undeliv', 'Could not be delivered: ask the person whether the number is still theirs (UNDELIV)'],
    [' -9 ', 'The provider does not accept the number. Check the number.'],
    ['refused', 'The provider refused the number: check it'],
    [null, 'The provider gave no reason: ask its support, with the message ID'],
    ['0', 'The provider gave no reason: ask its support, with the message ID'],
    ['003:DND', '003:DND'],
    ['没有路由', '没有路由'],
  ])('%j is shown as %j', (reason, told) => {
    expect(explainFailure(words, reason)).toBe(told);
  });

  it('is explained in the language of the reader, with what to do next', () => {
    const chinese = wordsFor('zh-CN');
    expect(explainFailure(chinese, 'EXPIRED')).toBe('手机长时间无法接通，请稍后重发（EXPIRED）');
    expect(explainFailure(chinese, '-9')).toBe('服务商不接受该号码。请检查号码。');
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    '%s from a provider is only a word',
    (word) => {
      expect(explainFailure(words, word)).toBe(word);
      expect(failureInWords(words, word)).toBe(word);
      expect(explainReason(words, { code: word, detail: word })).toContain('The batch has stopped.');
    },
  );

  it('pings nobody and fills no screen, however long', () => {
    const told = explainFailure(words, '<!channel> & '.repeat(400));
    expect(told).not.toContain('<!');
    expect(told.length).toBeLessThan(600);
  });

  it('is one line for several reasons with the same text', () => {
    const reasons = [
      { reason: 'EXPIRED', count: 5 },
      { reason: '0', count: 4 },
      { reason: '', count: 3 },
    ];
    expect(reasonLines(words, reasons)).toEqual([
      '• *7* · The provider gave no reason: ask its support, with the message ID',
      '• *5* · The phone was out of reach too long: send again later (EXPIRED)',
    ]);
  });
});

it.each([
  ['missing_scope', 'install the app again', '重新安装应用'],
  ['file_uploads_disabled', 'allow CSV files', '允许本应用上传 CSV 文件'],
  ['file_upload_size_restricted', 'allow CSV files', '允许本应用上传 CSV 文件'],
  ['posting_denied', 'Slack refuses it (posting_denied)', 'Slack 拒绝接收（posting_denied）'],
])('explains why Slack refuses a reply, with what to do: %s', (code, english, chinese) => {
  expect(explainSlackError(wordsFor('en-US'), code)).toContain(english);
  expect(explainSlackError(wordsFor('zh-CN'), code)).toContain(chinese);
});
