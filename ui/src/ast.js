// The server's syntax tree as a tree of nodes that know their text.
import { h } from './dom.js';

/// A node: `ast` as the API gives it, `text` of the query, `range` of it in UTF-16 units, `children`.
export function treeOf(ast, query) {
  const bytes = new TextEncoder().encode(query);
  const decoder = new TextDecoder();
  const at = (byte) => decoder.decode(bytes.slice(0, byte)).length;
  const node = (part) => {
    const range = { from: at(part.position.start), to: at(part.position.end) };
    return { ast: part, text: query.slice(range.from, range.to), range, children: partsOf(part).map(node), result: null };
  };
  return node(ast);
}

function partsOf(ast) {
  switch (ast.type) {
    case 'call': return ast.args;
    case 'aggregation': return ast.param ? [ast.param, ast.expr] : [ast.expr];
    case 'binaryExpr': return [ast.lhs, ast.rhs];
    case 'parenExpr':
    case 'unaryExpr':
    case 'subquery': return [ast.expr];
    default: return [];
  }
}

export const isLiteral = ({ ast }) => ast.type === 'numberLiteral' || ast.type === 'stringLiteral';

/// The node's text on one line, its larger parts left out: `sum by (job) (…)`.
export function outline(node) {
  let text = '';
  let from = node.range.from;
  const shown = (to) => node.text.slice(from - node.range.from, to - node.range.from);
  for (const child of [...node.children].sort((a, b) => a.range.from - b.range.from)) {
    text += shown(child.range.from) + (isLiteral(child) ? child.text : '…');
    from = child.range.to;
  }
  return (text + shown(node.range.to)).replace(/\s+/g, ' ');
}

export const code = (text) => h('code', {}, text);
