import type { enHistory } from './en-history';
import { createFormats } from './formats';

/** See en-history.ts. */
const { number } = createFormats('zh-CN');

const messages = (count: number) => `${number(count)} 条短信`;

export const zhCnHistory = {
  details: {
    title: '详情',
    close: '关闭',
    reasons: '*失败原因*',
    noReasons: '没有发送失败的短信。',
    recipients: (page, pages) => `*收件人* · 第 ${number(page)} 页，共 ${number(pages)} 页`,
    noRecipients: '没有可显示的收件人。',
    line: (line) => `第 ${line} 行`,
    submit: '显示',
    filter: '范围',
    filters: { all: '所有人', left_out: '名单中未采用的行' },
    search: '号码或其最后几位',
    searchedFirst: (rows) =>
      `只查询了名单的前 ${number(rows)} 行，后面还有。输入收件人的完整号码可在全部名单中查找。`,
    tooFewDigits: '请输入完整号码，或至少最后三位数字。',
    history: {
      sendAttempt: (attempt) => `第 ${number(attempt)} 次发送`,
      submitted: (when) => `提交于 ${when}`,
      submission: (id) => `请求 ${id}`,
      notSubmitted: '尚未提交，或此刻正在提交',
      outcomes: { accepted: '服务商已接受', unclear: '服务商没有明确答复' },
      charged: (sum, segments) => (segments > 0 ? `费用 ${sum}，计费 ${number(segments)} 条` : `费用 ${sum}`),
      implausibleCost: '服务商报告的费用明显有误，未计入总额',
      ids: (order, message) => `订单 ID ${order} · 消息 ID ${message}`,
      other: {
        corrected: (outcome) => `此前：${outcome}`,
        contradicts: (outcome) => `另有相反的报告，未予采信：${outcome}`,
      },
      settledBy: {
        answer: '来自提交时的答复',
        poll: '来自向服务商的查询',
        push: '服务商推送的报告',
        reconcile: '在服务商的记录中找到',
      },
    },
    previous: '上一页',
    next: '下一页',
  },

  find: {
    title: (recipient, total) =>
      total === 0 ? `此工作区没有向 ${recipient} 发送过短信。` : `${recipient}：共 ${messages(total)}`,
    from: (id, sender, when) => `批次 ${id}，${sender} 发送于 ${when}`,
    sendAttempt: (attempt) => `第 ${attempt} 次发送`,
    more: (count) => `另有 ${number(count)} 条更早的短信未显示。`,
    nothingReadable: (recipient) => `没有您可以查看的、发往 ${recipient} 的短信。`,
    hidden: (batches) =>
      `另有 ${number(batches)} 个批次向该号码发送过短信，您无权查看；请向所在频道的成员或管理员了解。`,
    notANumber: (why, command) =>
      `无法识别该号码：${why}。请带上国家代码： \`${command} find +86 138 0013 8000\``,
  },

  usageReport: {
    title: (from, to) => (from === to ? `${from} 汇总` : `${from} 至 ${to} 汇总`),
    nothing: '这段时间没有发送过短信。',
    cost: (cost, priced) => `*目前费用* ${cost}（已知 ${messages(priced)}的价格）`,
    costUnknown: '*费用* 未知：服务商未提供价格',
    day: '日期',
    days: (from, to) => `${from} 至 ${to}`,
    country: '国家或地区',
    recipients: '收件人',
    costTitle: '费用',
    byDay: '按发送日期',
    byCountry: '按国家或地区',
    bySender: '按发送人',
    noCountry: '不属于单一国家',
    more: (count) => `另有 ${number(count)} 项`,
    clock: (timeZone) => `日期按 ${timeZone} 的时间计。每批短信计入开始发送的那一天，结果为目前所知。`,
    unreadable: (command) =>
      `无法识别该时间。请写 \`${command} report today\`、\`${command} report 7d\` 或 \`${command} report 2026-11-01..2026-11-20\`：最多 366 天，较早的日期在前。`,
  },

  comparison: {
    button: '与 Buka 核对',
    coming: '正在向 Buka 查询这段时间的记录，核对结果会以私信发给您。',
    alreadyComing: '这项核对已在进行，结果会以私信发给您。',
    stopping: '这项核对正在停止，请过一分钟再试。',
    tooMany: (most) =>
      `已有 ${number(most)} 项核对正在为您进行，同时最多只能进行这么多，所以没有开始这一项。请收到结果后再试。`,
    title: (from, to) => (from === to ? `与 Buka 核对：${from}` : `与 Buka 核对：${from} 至 ${to}`),
    more: (count) => `另有 ${number(count)} 条，见下方文件`,
    none: 'Buka 的记录与我们的完全一致。',
    noDays: '没有可以核对的日期。',
    kinds: {
      uncertain: '我们记为未知的短信，Buka 有记录',
      perhaps_ours: 'Buka 有记录，可能是我们尚未证实的短信，不作猜测',
      only_theirs: 'Buka 有而我们没有',
      only_ours: '我们有而 Buka 没有',
      no_record_yet: '已提交，Buka 尚无记录，可能仍在排队',
      outcome: '结果不一致',
    },
    theirs: { delivered: '已送达', sending: '发送中', failed: '失败', unknown: '未知' },
    batch: (id) => `批次 ${id}`,
    weSay: (status) => `我们：${status}`,
    theySay: (status) => `Buka：${status}`,
    all: '全部差异，含完整号码。',
    leftOut: (days, kept) =>
      `Buka 只保留 ${number(kept)} 天的记录，这段时间最早的 ${number(days)} 天无法核对。`,
    columns: {
      kind: '差异',
      number: '手机号',
      batch: '批次',
      ours: '我们的记录',
      theirs: 'Buka 的记录',
      messageId: '消息 ID',
    },
  },

  apologies: {
    export: {
      recipients: (id) => `无法为您送达批次 ${id} 的文件。`,
      left_out: (id) => `无法为您送达批次 ${id} 中未采用行的文件。`,
    },
    comparison: (from, to) =>
      from === to
        ? `无法为您送达 ${from} 与 Buka 的核对结果。`
        : `无法为您送达 ${from} 至 ${to} 与 Buka 的核对结果。`,
    review: (id) => `无法为您显示批次 ${id} 的审核内容。`,
    stoppedBot:
      '处理此事时，机器人已两次意外停止，因此已将其搁置，不会自动重试。短信的发送不受影响。请把本消息转给管理员：排除原因后，可以让它再试一次。',
    noPermission: (code) =>
      `Slack 表示应用缺少权限（${code}）。请管理员按应用清单中的全部权限重新安装应用（包括写入文件的权限），然后再次索取。`,
    noUploads: (code) => `此工作区不允许上传文件（${code}）。请管理员允许本应用上传 CSV 文件，然后再次索取。`,
    refused: (code) => `Slack 拒绝接收（${code}）。请再次索取；如果仍然失败，请把本消息转给管理员。`,
    stopped: (person) => `${person} 已在完成前将其停止。如仍需要，请再次索取。`,
    operator: '机器人的管理人员',
    failing:
      '多次尝试均未成功，没有任何内容被他人看到。请几分钟后再次索取；如果仍然失败，请把本消息转给管理员，原因见机器人的日志。',
  },

  exports: {
    button: '导出',
    leftOutButton: '导出未采用的行',
    confirm: {
      title: '导出收件人？',
      text: '含完整号码的 CSV 文件将发到报告的消息列中，该频道的所有人都能打开。',
      ok: '导出',
      cancel: '暂不',
    },
    coming: (rows) => `正在生成 ${number(rows)} 行的文件，完成后会发到报告的消息列中。`,
    alreadyComing: '这个文件已在生成，完成后会发到报告的消息列中，或以私信发给您。',
    stopping: '这项导出正在停止，请过一分钟再试。',
    tooMany: (most) =>
      `已有 ${number(most)} 个文件正在为您生成，同时最多只能生成这么多，所以没有开始这一个。请收到其中一个后再试。`,
    nothing: {
      recipients: '没有可导出的内容：这批短信没有收件人。',
      left_out: '没有可导出的内容：名单中的每一行都已采用。',
    },
    comment: {
      recipients: (person, id, rows) => `${person} 导出了批次 ${id} 此刻的 ${number(rows)} 位收件人。`,
      left_out: (person, id, rows) =>
        `${person} 导出了批次 ${id} 中未采用的 ${number(rows)} 行。请更正第一列的号码，然后把该文件作为新名单发送。重复的行在该列没有号码，因为名单中已有该号码。`,
    },
    moreColumns: (count) => `……另有 ${number(count)} 列，请见您的名单`,
    endsHere: (megabytes) =>
      `文件到此为止：一次导出最多 ${number(megabytes)} MB。请拆分名单，或删除其中不需要的列。`,
    columnsGone: (files) => `其中没有 ${files} 的各列，因为 Slack 已不再保存该文件。`,
    direct: {
      shared: (channel) => `由于 ${channel} 与其他组织共享，文件只发给您本人。`,
      archived: (channel) => `由于 ${channel} 已归档，文件只发给您本人。`,
      not_member: (channel) =>
        `由于机器人不在 ${channel} 中，文件只发给您本人。如需下次发到该频道，请先邀请机器人加入。`,
      not_found: (channel) =>
        `由于机器人已无法在 ${channel} 中发言，文件只发给您本人。如需下次发到该频道，请先邀请机器人加入。`,
      unknown: (channel) =>
        `由于 Slack 未说明谁能查看 ${channel}，文件只发给您本人。如果其中所有人都可以看到号码，您可以自行转发。`,
    },
    pasted: '粘贴',
    columns: {
      line: '行号',
      file: '文件',
      number: '手机号',
      status: '状态',
      reason: '原因',
      sendAttempt: '第几次发送',
      submitted: (timeZone) => `提交时间（${timeZone}）`,
      settled: (timeZone) => `结果时间（${timeZone}）`,
      segments: '计费条数',
      cost: '费用',
      currency: '币种',
      orderId: '订单 ID',
      messageId: '消息 ID',
      mend: '手机号（在此更正）',
      why: '未采用的原因',
      leftOutOf: '原文件',
      leftOutAt: '原行号',
    },
  },
} satisfies typeof enHistory;
