// How the series of a binary operation's two sides found each other.
import { code } from './ast.js';
import { h } from './dom.js';
import { seriesText } from './seriesName.js';

const MOST_GROUPS = 12;
const WAYS = {
  'one-to-one': 'One series on the left meets one on the right',
  'many-to-one': 'Many series on the left meet one on the right',
  'one-to-many': 'One series on the left meets many on the right',
  'many-to-many': 'Series on the left meet all on the right',
};

/// Elements that tell the rule, and once both sides are known, who met whom.
export function matchingOf({ ast: { op, matching }, children: [left, right] }) {
  const { card, include, labels, on } = matching;
  const names = labels.flatMap((name, i) => (i ? [', ', code(name)] : [code(name)]));
  const rule = on ? [' that has the same ', names.length ? names : 'empty set of labels'] : [' that has the same labels', names.length ? [' but for ', ...names] : ''];
  const words = [h('p', {}, WAYS[card], ...rule, '.')];
  if (include.length) words.push(h('p', {}, 'The result also takes ', include.flatMap((name, i) => (i ? [', ', code(name)] : [code(name)])), ' from the one side.'));
  if (left.result?.resultType === 'vector' && right.result?.resultType === 'vector') {
    words.push(...meetings(groupsOf(left.result.result, right.result.result, matching), op, matching));
  }
  return words;
}

/// Map of the labels that are compared to the series of each side that carry them.
export function groupsOf(left, right, { labels, on }) {
  const groups = new Map();
  const add = (side, series) => {
    for (const { metric } of series) {
      const shared = Object.entries(metric).filter(([name]) => (on ? labels.includes(name) : name !== '__name__' && !labels.includes(name)));
      const key = JSON.stringify(shared.sort(([a], [b]) => (a < b ? -1 : 1)));
      if (!groups.has(key)) groups.set(key, { labels: Object.fromEntries(shared), left: 0, right: 0 });
      groups.get(key)[side]++;
    }
  };
  add('left', left);
  add('right', right);
  return [...groups.values()];
}

function verdict({ left, right }, op, { card, fillValues }) {
  if (card === 'many-to-many') return left && right ? 'meet' : left ? 'left only' : 'right only';
  if (left > 1 && card !== 'many-to-one') return `refused: ${left} on the left`;
  if (right > 1 && card !== 'one-to-many') return `refused: ${right} on the right`;
  if (left === 0) return fillValues?.lhs !== null && fillValues?.lhs !== undefined ? `left filled with ${fillValues.lhs}` : 'none on the left';
  if (right === 0) return fillValues?.rhs !== null && fillValues?.rhs !== undefined ? `right filled with ${fillValues.rhs}` : 'none on the right';
  return 'meet';
}

function meetings(groups, op, matching) {
  if (groups.length === 0) return [h('p', { class: 'soft' }, 'Both sides are empty.')];
  const judged = groups.map((group) => ({ ...group, verdict: verdict(group, op, matching) }));
  const met = judged.filter((group) => group.verdict === 'meet').length;
  const rank = (group) => (group.verdict.startsWith('refused') ? 0 : group.verdict === 'meet' ? 2 : 1);
  judged.sort((a, b) => rank(a) - rank(b));
  const rows = judged.slice(0, MOST_GROUPS).map((group) => h('tr', { class: rank(group) === 0 ? 'bad' : '' },
    h('td', {}, code(seriesText(group.labels))), h('td', { class: 'num' }, group.left), h('td', { class: 'num' }, group.right), h('td', {}, group.verdict)));
  const more = judged.length - rows.length;
  return [
    h('p', {}, `${met} of ${judged.length} groups have both sides.`),
    h('table', { class: 'meetings' }, h('thead', {}, h('tr', {}, h('th', {}, 'Group'), h('th', { class: 'num' }, 'Left'), h('th', { class: 'num' }, 'Right'), h('th', {}, 'Outcome'))), h('tbody', {}, rows)),
    more > 0 && h('p', { class: 'soft' }, `${more} more groups.`),
  ].filter(Boolean);
}
