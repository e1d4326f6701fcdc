// What a number measures, found in the expression, and numbers as people read them.
import { parser } from '@prometheus-io/lezer-promql';

const SAME_UNIT = new Set(['sum', 'avg', 'min', 'max', 'topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio', 'stddev',
  'avg_over_time', 'min_over_time', 'max_over_time', 'sum_over_time', 'last_over_time', 'first_over_time',
  'quantile_over_time', 'stddev_over_time', 'increase', 'delta', 'idelta', 'abs', 'ceil', 'floor',
  'round', 'sort', 'sort_desc', 'clamp', 'clamp_min', 'clamp_max', 'label_replace', 'label_join', 'histogram_sum']);
const OBSERVED = new Set(['histogram_quantile', 'histogram_avg', 'histogram_stddev', 'histogram_quantiles']);
const PER_SECOND = new Set(['rate', 'irate', 'deriv']);

/// `bytes`, `bytes/s`, `seconds`, `ratio`, or empty where the expression does not tell. Names carry
/// units by convention (`_bytes`, `_seconds`); arithmetic between series loses them.
export function unitOf(expression) {
  const node = parser.parse(expression).topNode.firstChild;
  return node ? unit(node, expression) : '';
}

/// What the observations of the expression's histograms are measured in, whatever was done to their
/// counts.
export const observedUnitOf = (expression) => observed(parser.parse(expression).topNode, expression);

function observed(top, text) {
  let found = '';
  top.cursor().iterate((node) => {
    if (node.name === 'VectorSelector') found ||= unit(node.node, text);
    return found === '';
  });
  return found;
}

function unit(node, text) {
  switch (node.name) {
    case 'VectorSelector':
      return unitOfName(text.slice(node.from, node.to).match(/^[a-zA-Z_:][\w:]*/)?.[0] ?? '');
    case 'ParenExpr':
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return unitOfChildren(node, text);
    case 'AggregateExpr':
    case 'FunctionCall':
      return unitOfCall(node, text);
    default:
      return '';
  }
}

function unitOfChildren(node, text) {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const found = unit(child, text);
    if (found) return found;
  }
  return '';
}

function unitOfCall(node, text) {
  const name = text.slice(node.from, node.to).match(/^\w+/)?.[0].toLowerCase() ?? '';
  const body = node.getChild('FunctionCallBody');
  if (!body) return '';
  if (OBSERVED.has(name)) return observed(body, text);
  const inner = unitOfChildren(body, text);
  if (SAME_UNIT.has(name)) return inner;
  if (PER_SECOND.has(name)) return inner === 'bytes' ? 'bytes/s' : '';
  return '';
}

function unitOfName(name) {
  const stem = name.replace(/_(total|sum|bucket|max|min)$/, '');
  if (name.endsWith('_count') || /_timestamp_seconds$|_time_seconds$/.test(stem) && !/cpu|processing/.test(stem)) return '';
  if (stem.endsWith('_bytes')) return 'bytes';
  if (stem.endsWith('_seconds')) return 'seconds';
  if (stem.endsWith('_ratio')) return 'ratio';
  return '';
}

const DECIMAL_STEPS = Array.from({ length: 48 }, (_, i) => [1, 2, 5].map((n) => Number(`${n}e${i - 24}`))).flat();
const BINARY_STEPS = Array.from({ length: 72 }, (_, i) => 2 ** (i - 8));
const TIME_STEPS = [...DECIMAL_STEPS.filter((step) => step <= 20), 30, ...[1, 2, 5, 10, 20, 30].map((n) => n * 60),
  ...[1, 2, 3, 6, 12].map((n) => n * 3600), ...DECIMAL_STEPS.filter((step) => step >= 1).map((n) => n * 86400)];

/// Distances between ticks that look round in the unit.
export function increments(unitName) {
  if (unitName.startsWith('bytes')) return BINARY_STEPS;
  return unitName === 'seconds' ? TIME_STEPS : DECIMAL_STEPS;
}

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/// `value` with three or four significant digits and its unit: `1.46 GiB`, `12.3 ms`, `4.2k`.
export function humanNumber(value, unitName = '', digits = 4) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return unitName.startsWith('bytes') ? '0 B' + unitName.slice(5) : '0';
  switch (unitName) {
    case 'bytes':
    case 'bytes/s':
      return scaled(value, 1024, BINARY, digits, ' ') + 'B' + unitName.slice(5);
    case 'seconds':
      return humanSeconds(value, digits);
    case 'ratio':
      return `${significant(value * 100, digits)}%`;
    default:
      return plain(value, digits);
  }
}

function plain(value, digits) {
  const size = Math.abs(value);
  if (size >= 1e21 || size < 1e-6) return value.toExponential(2);
  return size >= 1e4 ? scaled(value, 1000, DECIMAL, digits, '') : significant(value, digits);
}

function scaled(value, by, prefixes, digits, gap) {
  let power = 0;
  let scaledValue = value;
  while (Math.abs(scaledValue) >= by && power < prefixes.length - 1) {
    scaledValue /= by;
    power++;
  }
  return significant(scaledValue, digits) + gap + prefixes[power];
}

function humanSeconds(value, digits) {
  const size = Math.abs(value);
  if (size < 1e-3) return `${significant(value * 1e6, digits)} µs`;
  if (size < 1) return `${significant(value * 1e3, digits)} ms`;
  if (size < 120) return `${significant(value, digits)} s`;
  if (size < 7200) return `${significant(value / 60, digits)} min`;
  if (size < 172800) return `${significant(value / 3600, digits)} h`;
  return `${significant(value / 86400, digits)} d`;
}

function significant(value, digits) {
  return String(Number(value.toPrecision(digits)));
}
