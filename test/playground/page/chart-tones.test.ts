import { coloursOf } from '@bulk-sms/playground/page/blocks/chart-tones';

test('a colour means the same whether or not a slice of zero was left out', () => {
  const all = coloursOf(['Delivered', 'Sending', 'Failed', 'Unknown', 'Waiting', 'Cancelled']);
  expect(new Set(all).size).toBe(6);
  expect(coloursOf(['Delivered', 'Failed'])).toEqual([all[0], all[2]]);
  expect(coloursOf(['已送达', '发送中', '失败', '未知', '待发送', '已取消'])).toEqual(all);
});

test('labels without a meaning get the colours in turn', () => {
  const [china, failed, france] = coloursOf(['China', 'Failed', 'France']);
  expect([china, failed, france]).toEqual(['var(--tone-plain-1)', 'var(--tone-bad)', 'var(--tone-plain-2)']);
});
