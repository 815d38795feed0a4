import type { enSending } from './en-sending';
import { createFormats } from './formats';

/** See en-sending.ts. */
const { number } = createFormats('zh-CN');

const messages = (count: number) => `${number(count)} 条短信`;

export const zhCnSending = {
  statusMessage: {
    heading: {
      pending: (total) => `即将发送 ${messages(total)}`,
      submitting: (total) => `正在发送 ${messages(total)}`,
      submitted: (total) => `${messages(total)}已提交，等待送达回执`,
      completed: (total, delivered) => `已完成：${messages(total)}中有 ${number(delivered)} 条送达`,
      paused: (waiting, total) => `已暂停：${messages(total)}中有 ${number(waiting)} 条尚未发送`,
      cancelled: (total) => `已取消：本批共 ${messages(total)}`,
      failed: (total) => `失败：本批共 ${messages(total)}`,
    },
    by: (sender, id) => `发送人 ${sender} · 批次 ${id}`,
    senderId: (id) => `发送方 ID ${id}`,
    batch: (id) => `批次 ${id}`,
    countsOnly:
      '您只能看到数量。短信内容和收件人仅供该批次所在频道的正式成员、发送人和管理员查看。如果您属于其中之一，则是 Slack 暂时未能确认，请一分钟后再试。',
    countsOnlyInList: '没有显示内容的批次只列出数量：您不在其频道中、是访客，或 Slack 暂时未能确认。',
    bar: (percent) => `已送达 ${percent}`,
    chart: '送达情况',
    curve: '结果随时间的变化',
    curveTime: { minutes: '开始后的时间（分:秒）', hours: '开始后的时间（时:分）', days: '开始后的天数' },
    pace: (aSecond, left) => `*速度* 约每秒 ${number(aSecond)} 条，还需 ${left}`,
    countries: (list) => `*国家或地区* ${list}`,
    cost: {
      title: '*费用*',
      soFar: '*目前费用*',
      known: (priced, taken) =>
        priced < taken ? `已知 ${messages(taken)}中的 ${number(priced)} 条` : `共 ${messages(priced)}`,
      segments: (count) => `计费 ${number(count)} 条`,
      notKnown: '未知：服务商未提供价格',
      estimated: (count) => `*预估（${messages(count)}）*`,
      noEstimate: '当时没有已知价格',
    },
    explain: {
      pending: '第一批短信即将发出。',
      submitting: '正在将短信提交给服务商。尚未提交的短信仍可取消。',
      submitted: '已没有等待提交的短信，正在接收送达回执。',
      completed: '每一条短信都有了结果。',
      completedUnknown: (count) =>
        `有 ${messages(count)}无法证实是否送达，对方可能已经收到。重新发送可能造成重复。`,
      cancelled: (cancelled) => `已拦下 ${messages(cancelled)}，不会再发送。已经发出的短信无法撤回。`,
      unknown: (count) => `有 ${messages(count)}未得到服务商的明确答复。为避免重复，不会重新发送，正在核实。`,
      unanswered: (why) => `最近一次未能向服务商查询这些短信：${why}系统会继续查询。`,
      contradicted: (count) =>
        `有 ${messages(count)}，服务商先报告已送达，后又报告失败。仍记为已送达，“详情”中两者都可查看。`,
    },
    lastChecked: (when) => `最近查询：${when}`,
    neverChecked: '尚未查询',
    asked: (when, asked) =>
      asked > 0 ? `${when} 向服务商查询了 ${messages(asked)}` : `${when} 没有等待结果的短信`,
    notFound: (count) => `其中 ${number(count)} 条暂无记录`,
    notAsked: (count) => `另有 ${number(count)} 条未能查询`,
    moved: '由于我无法在您选择的频道发言，报告改为显示在这里。发送不受影响。',
    follows: 'Slack 不再允许我修改之前的那份报告，请以这份为准。',
    refresh: '刷新状态',
    details: '详情',
    pause: '暂停',
    resume: '继续',
    resolve: (count) => `处理未确定的收件人（${number(count)}）`,
    retryFailed: (count) => `重发失败的短信（${number(count)}）`,
    retry: {
      temporary: (count) => `重发暂时失败的（${number(count)}）`,
      not_told: (count) => `重发原因不明的（${number(count)}）`,
      permanent: (count) => `重发长期失败的（${number(count)}）`,
    },
    retryConfirm: {
      title: '向失败的号码重发？',
      text: {
        temporary: (count) =>
          `有 ${messages(count)}因可能已消除的原因失败，例如手机关机。系统会先再向服务商查询一次，已收到的人不再发送；其余将重新发送并产生费用。`,
        not_told: (count) =>
          `有 ${messages(count)}，服务商只报告失败而未说明原因。系统会先再向服务商查询一次，已收到的人不再发送；其余将重新发送并产生费用。`,
        permanent: (count) =>
          `有 ${messages(count)}因长期存在的原因失败，例如号码不存在：大多会再次失败，并可能产生费用。重新发送前系统会再向服务商查询一次。`,
      },
      ok: '重新发送',
      cancel: '暂不',
    },
    cancel: '取消',
    cancelConfirm: {
      title: '取消这批短信？',
      text: (waiting) => `最多 ${messages(waiting)}尚未发出，将不再发送。已经发出的短信无法撤回。`,
      ok: '取消发送',
      cancel: '继续发送',
    },
    open: '查看报告',
  },

  completion: {
    text: (sender, delivered, total, percent) =>
      `${sender} 您的短信已全部完成：${messages(total)}中有 ${number(delivered)} 条送达（${percent}）。`,
    took: (duration) => `用时 ${duration}。`,
    reasons: '*主要失败原因*',
  },

  alerts: {
    paused: (sender, waiting) => `${sender} 发送已暂停，还有 ${messages(waiting)}待发送。`,
    failed: (sender) => `${sender} 这批短信已失败，不会再发送。`,
    stalled: (sender) => `${sender} 这批短信已有十分钟没有进展。`,
    stalledNext: '没有任何短信丢失。障碍消除后会自动继续；如果没有，请告知管理员。',
    uncertain: (sender, count) =>
      `${sender} 有 ${number(count)} 位收件人的结果无法确定：服务商没有明确答复，也没有相关记录。`,
    uncertainMore: (count) => `……另有 ${number(count)} 位，见“详情”。`,
    uncertainNext:
      '他们可能已经收到短信，也可能没有，无法证实。“保持不变”会将其记为未知；“重新发送”可能使部分人收到两次。',
    unanswered: (sender, count) =>
      `${sender} 有 ${number(count)} 位收件人的结果无法确定：发送时服务商没有明确答复，此后也无法向其查询。`,
    unansweredNext: (why) => `${why}系统会继续查询并告知结果。在此期间不会再向他们发送，您无需操作。`,
    leave: '保持不变',
    resend: '重新发送（可能重复）',
    resendConfirm: {
      title: '重新发送？',
      text: (count) => `将发送 ${messages(count)}并产生费用。其中有些人可能会收到两次。`,
      ok: '重新发送',
      cancel: '暂不',
    },
  },
} satisfies typeof enSending;
