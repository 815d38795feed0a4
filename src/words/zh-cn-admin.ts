import type { enAdmin } from './en-admin';
import { createFormats } from './formats';

/** See en-admin.ts. */
const { number } = createFormats('zh-CN');

export const zhCnAdmin = {
  admin: {
    title: '管理',
    use: (days) => `最近 ${number(days)} 天使用最多的人`,
    nobody: '还没有人使用过此机器人。',
    sent: (count, messages) => `${number(count)} 个批次，${number(messages)} 条短信`,
    outcomes: (delivered, failed) => `送达 ${number(delivered)} 条，失败 ${number(failed)} 条`,
    cost: (sums) => `费用 ${sums}`,
    files: (count) => `请求导出或核对 ${number(count)} 次`,
    open: (count, listed) => `未完成草稿 ${number(count)} 份，共 ${number(listed)} 行`,
    drafts: '未完成的草稿',
    noDrafts: '没有未完成的草稿。',
    draft: (id, person, begunAt, listed) =>
      `草稿 ${id}，撰写人 ${person}，开始于 ${begunAt}，${number(listed)} 行`,
    requests: '导出和核对',
    noRequests: '没有等待或进行中的导出和核对。',
    export: (batchId, person, since) => `批次 ${batchId} 的导出，请求人 ${person}，始于 ${since}`,
    comparison: (person, since) => `核对，请求人 ${person}，始于 ${since}`,
    stops: '正在停止',
    blockedPeople: '已禁止使用的人',
    nobodyBlocked: '没有人被禁止使用。',
    blockedSince: (person, since, by) => `${person}，自 ${since} 起，操作人 ${by}`,
    operator: '运维人员',
    isBlocked: '已禁止',
    more: (count) => `仅显示 ${number(count)} 项，运维人员可以查看全部。`,
    delete: '删除',
    stop: '停止',
    block: '禁止使用',
    unblock: '恢复使用',
    cancel: '不操作',
    confirmDelete: { title: '删除这份草稿？', text: '草稿内容尚未发送。撰写人会收到通知。' },
    confirmStop: { title: '停止？', text: '已生成的内容会被删除。请求人会收到通知。' },
    confirmBlock: {
      title: '禁止此人使用？',
      text: '此人立即不能在此机器人中做任何操作或查看任何内容。其未完成的草稿会被删除，导出会停止；正在发送的批次会继续。',
    },
    confirmUnblock: { title: '恢复此人使用？', text: '此人可以像以前一样使用机器人。' },
    deleted: (id) => `草稿 ${id} 已删除，撰写人会收到通知。`,
    alreadyStarted: (id) => `批次 ${id} 已在此期间开始发送。您可以在其状态消息中暂停或取消。`,
    alreadyClosed: (id) => `草稿 ${id} 已经关闭。`,
    stopping: '将在几秒内停止，请求人会收到通知。',
    ended: '已经结束。',
    blocked: (closed, stopped) =>
      `已禁止使用。删除草稿 ${number(closed)} 份，停止导出或核对 ${number(stopped)} 个。`,
    sending: (count) => `其 ${number(count)} 个批次会继续发送，您可以在各自的状态消息中暂停或取消。`,
    alreadyBlocked: '此人已被禁止使用。',
    oneself: '不能禁止自己使用，请联系其他管理员。',
    unknownPerson: '此工作区没有这个人。',
    unblocked: '此人可以重新使用机器人。',
    notBlocked: '此人没有被禁止使用。',
  },
} satisfies typeof enAdmin;
