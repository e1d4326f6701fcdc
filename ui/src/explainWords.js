// What a part of an expression means, in words.
import { functionIdentifierTerms, aggregateOpTerms } from '@prometheus-io/codemirror-promql/dist/esm/complete/promql.terms.js';
import { code } from './ast.js';
import { h } from './dom.js';
import { matchingOf } from './explainMatching.js';
import { formatDuration } from './time.js';

/// Elements that explain `node`.
export function wordsFor(node) {
  const { ast } = node;
  switch (ast.type) {
    case 'vectorSelector': return selector(ast, 'The latest value of each series ', '');
    case 'matrixSelector': return selector(ast, `All values of the last ${spanText(ast, 'range')} of each series `, '');
    case 'call': return call(ast);
    case 'aggregation': return aggregation(ast);
    case 'binaryExpr': return binary(node);
    case 'subquery': return subquery(ast);
    case 'unaryExpr': return [h('p', {}, ast.op === '-' ? 'Turns the sign of each value; series lose their metric names.' : 'Changes nothing.')];
    case 'parenExpr': return [h('p', {}, 'Parentheses: evaluated first.')];
    case 'numberLiteral': return [h('p', {}, 'The number ', code(ast.val), '.')];
    case 'stringLiteral': return [h('p', {}, 'A text.')];
    default: return [];
  }
}

const MATCH_WORDS = { '=': 'is', '!=': 'is not', '=~': 'matches all of', '!~': 'does not match all of' };

function selector(ast, lead, tail) {
  const conditions = ast.matchers.filter(({ name, type, value }) => !(name === '__name__' && type === '=' && value === ast.name));
  return [
    h('p', {}, lead, ast.name ? ['named ', code(ast.name)] : '', conditions.length ? ' where' : '', tail, conditions.length ? '' : '.'),
    conditions.length > 0 && h('ul', {}, conditions.map(({ name, type, value }) => h('li', {}, code(name), ` ${MATCH_WORDS[type]} `, code(JSON.stringify(value)),
      value === '' && type === '=' ? ' (or is missing)' : ''))),
    ...moved(ast),
    ast.anchored && h('p', {}, 'Anchored: the range also takes the sample at its start.'),
    ast.smoothed && h('p', {}, 'Smoothed: values at the bounds of the range are interpolated.'),
  ].filter(Boolean);
}

/// What offset and @ do.
function moved(ast) {
  const words = [];
  if (ast.offset || ast.offsetExpr) words.push(h('p', {}, ast.offset < 0 ? `Seen ${formatDuration(-ast.offset)} later than the evaluation time.` : `Seen ${spanText(ast, 'offset')} before the evaluation time.`));
  if (ast.timestamp !== null) words.push(h('p', {}, `Always seen at ${new Date(ast.timestamp).toISOString()}.`));
  if (ast.startOrEnd) words.push(h('p', {}, `Always seen at the ${ast.startOrEnd} of the graph.`));
  return words;
}

const spanText = (ast, name) => (ast[`${name}Expr`] ? `${name} that the expression gives` : formatDuration(ast[name]));

function call({ func }) {
  const about = functionIdentifierTerms.find(({ label }) => label === func.name)?.info;
  const args = func.argTypes.map(typeWords).join(', ');
  return [
    h('p', {}, code(`${func.name}()`), about ? `: ${about}.` : ''),
    h('p', { class: 'soft' }, `Takes ${args || 'nothing'}${func.variadic ? ' (the last may be left out or repeated)' : ''}, gives ${typeWords(func.returnType)}.`),
  ];
}

const TYPES = { vector: 'series with one value each', matrix: 'series with a range of values', scalar: 'a number', string: 'a text' };
const typeWords = (type) => TYPES[type] ?? type;

function aggregation({ op, grouping, without }) {
  const about = aggregateOpTerms.find(({ label }) => label === op)?.info;
  const labels = grouping.flatMap((name, i) => (i ? [', ', code(name)] : [code(name)]));
  const groups = without
    ? ['Series that are alike in all labels', labels.length ? [' but ', ...labels] : '', ' form a group.']
    : labels.length ? ['Series with the same ', ...labels, ' form a group.'] : ['All series form one group.'];
  return [h('p', {}, code(op), about ? `: ${about}.` : ''), h('p', {}, groups)];
}

const OPERATORS = {
  '+': 'adds', '-': 'subtracts', '*': 'multiplies', '/': 'divides', '%': 'takes the remainder of', '^': 'raises to the power of', atan2: 'takes the arc tangent of',
};
const SETS = {
  and: 'Keeps the series on the left that have a partner on the right.',
  or: 'All series on the left, and those on the right without a partner there.',
  unless: 'Keeps the series on the left that have no partner on the right.',
};

function binary(node) {
  const { op, bool, matching } = node.ast;
  const what = SETS[op] ?? (OPERATORS[op] ? `${OPERATORS[op][0].toUpperCase()}${OPERATORS[op].slice(1)} the two sides.`
    : bool ? 'Compares the two sides: 1 where it holds, 0 where not.' : 'Compares the two sides and keeps what holds.');
  return [h('p', {}, code(op), `: ${what}`), ...(matching ? matchingOf(node) : [])];
}

function subquery(ast) {
  const step = ast.step || ast.stepExpr ? `every ${spanText(ast, 'step')}` : 'at the default interval of evaluation';
  return [h('p', {}, `Evaluates the inner expression ${step} over the last ${spanText(ast, 'range')}.`), ...moved(ast)];
}
