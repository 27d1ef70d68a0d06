import ts from 'typescript';
import { parseSource, readSource } from './source-tree.ts';

/** The names that the tests of a file give themselves: what stands first in `test(…)` and `describe(…)`. */
export function testNames(file: string, text = readSource(file)): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(test|it|describe)\b/.test(node.expression.getText()))
      names.push(literalText(node.arguments[0]));
    ts.forEachChild(node, visit);
  };
  visit(parseSource(file, text));
  return names.filter((name) => name !== '');
}

function literalText(node: ts.Node | undefined): string {
  if (node === undefined) return '';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return '';
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' … ');
}

/** Whether a name carries an id as a word of its own: `F1` stands in "F1, F2: …" and not in "F10: …". */
export function carries(name: string, id: string): boolean {
  const literal = id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.-])${literal}(?![\\w-]|\\.\\d)`).test(name);
}
